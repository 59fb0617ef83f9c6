import { randomInt } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** An id in the form of Lex V2: ten capital letters and digits. */
export function newLexId(): string {
  return Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

export const draftVersion = 'DRAFT';
export const testAliasId = 'TSTALIASID';
export const testAliasName = 'TestBotAlias';
