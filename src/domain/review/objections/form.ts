import type { Sentence } from '../../language';

/** What a program gets wrong, or a person who writes JSON into the Temporal UI: the console's page sends none of it. */
export const formObjections = {
  notAnObject: {
    en: 'A decision is an object such as {"action":"accept-all","author":"ana"}.',
    es: 'Una decisión es un objeto como {"action":"accept-all","author":"ana"}.',
  },
  noAuthor: {
    en: 'A decision needs its author, e.g. "author": "ana".',
    es: 'A la decisión le falta su autor, p. ej. "author": "ana".',
  },
  asideIsTrue: {
    en: '"aside" of a decision is true, or not there.',
    es: '"aside" de una decisión es true, o no está.',
  },
  oneOrSeveral: {
    en: 'A decision names its "proposal", or several "proposals", not both.',
    es: 'Una decisión nombra su "proposal" o varias "proposals", no ambas cosas.',
  },
  proposalTwice: { en: 'A proposal is named twice.', es: 'Una propuesta está dos veces.' },
  memberTwice: { en: 'A member is named twice.', es: 'Una frase está dos veces.' },
  nameForOne: {
    en: 'A name is for one proposal: accept several under their own names, or merge them.',
    es: 'Un nombre es para una sola propuesta: acepte varias con los suyos, o únalas.',
  },
  mergeNeedsTwo: {
    en: 'A merge needs at least two different proposals.',
    es: 'Para unir hacen falta al menos dos propuestas distintas.',
  },
  splitNeedsMembers: {
    en: 'A split needs the ids of the members that leave.',
    es: 'Para separar hacen falta los id de las frases que salen.',
  },
  moveNeedsMembers: {
    en: 'A move needs the ids of its members.',
    es: 'Para mover hacen falta los id de las frases.',
  },
  moveNeedsTarget: {
    en: 'A move needs one target: a "proposal", an "intent" that the bot has, the "name" of a new one, or "aside": true.',
    es: 'Para mover hace falta un destino: una "proposal", una "intent" que el bot tiene, el "name" de una nueva, o "aside": true.',
  },
  finishNeedsAuthor: {
    en: 'To finish needs an author: {"author":"ana"}.',
    es: 'Para terminar hace falta un autor: {"author":"ana"}.',
  },

  unknownAction: (action: string, known: readonly string[]): Sentence => ({
    en: `Unknown action "${action}". Actions: ${known.join(', ')}.`,
    es: `Acción desconocida: "${action}". Acciones: ${known.join(', ')}.`,
  }),

  unknownField: (field: string, known: readonly string[]): Sentence => ({
    en: `A decision has no field "${field}". Fields: ${known.join(', ')}.`,
    es: `Una decisión no tiene el campo "${field}". Campos: ${known.join(', ')}.`,
  }),

  noText: (field: string): Sentence => ({
    en: `"${field}" of a decision is a text.`,
    es: `"${field}" de una decisión es un texto.`,
  }),

  noIds: (field: string): Sentence => ({
    en: `"${field}" of a decision is a list of ids.`,
    es: `"${field}" de una decisión es una lista de id.`,
  }),

  tooLong: (field: string, characters: number, most: number): Sentence => ({
    en: `"${field}" has ${characters} characters and takes at most ${most}: shorten it.`,
    es: `"${field}" tiene ${characters} caracteres y admite ${most} como mucho: acórtelo.`,
  }),

  authorTooLong: (characters: number, most: number): Sentence => ({
    en: `The author of an approval has ${characters} characters and takes at most ${most}: shorten it.`,
    es: `El autor de una aprobación tiene ${characters} caracteres y admite ${most} como mucho: acórtelo.`,
  }),

  tooManyIds: (field: string, bytes: number, most: number): Sentence => ({
    en: `"${field}" takes up ${bytes} bytes, and at most ${most} are taken: decide in several steps.`,
    es: `Son demasiadas a la vez ("${field}" ocupa ${bytes} bytes, y se admiten ${most}): decida en varios pasos.`,
  }),

  noProposal: (action: string): Sentence => ({
    en: `"${action}" needs a "proposal", or several "proposals".`,
    es: `"${action}" necesita una "proposal" o varias "proposals".`,
  }),
};
