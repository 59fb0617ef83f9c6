import { strFromU8, strToU8 } from 'fflate';
import { InvalidInputError } from '../errors';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses one file of an archive.
 * @throws InvalidInputError when it holds no JSON object; the message names the file, never its content
 */
export function parseJsonObject(path: string, bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(strFromU8(bytes).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InvalidInputError(`${path} in the bot archive is not valid JSON.`, { path }, true, {
      cause: error,
    });
  }
  if (!isObject(value)) {
    throw new InvalidInputError(`${path} in the bot archive holds no JSON object.`, { path });
  }
  return value;
}

/** JSON as Lex writes it: on one line, without spaces. */
export function serializeJson(value: JsonObject): Uint8Array {
  return strToU8(JSON.stringify(value));
}
