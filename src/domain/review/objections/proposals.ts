import type { Sentence } from '../../language';
import type { ProposalStatus, ReviewedProposal } from '../proposal';

/** How many names an answer lists. */
const mostListed = 20;

/**
 * What a proposal is called: people know its name. Its id stands there too where it is typed, on the command line, and
 * where another one has the same name.
 */
function called({ id, name }: ReviewedProposal, all: readonly ReviewedProposal[]): Sentence {
  const hasTwin = all.some((one) => one.id !== id && one.name === name);
  return { en: `"${name}" (${id})`, es: hasTwin ? `«${name}» (${id})` : `«${name}»` };
}

/** How a proposal stands that cannot be decided about so, and what to do first. */
const stands: Record<Exclude<ProposalStatus, 'merged'>, Sentence> = {
  open: {
    en: 'is open: there is nothing to reopen',
    es: 'está abierta: no hay nada que reabrir',
  },
  accepted: {
    en: 'is accepted already: reopen it first, or undo that',
    es: 'ya está aceptada: reábrala antes, o deshaga esa decisión',
  },
  rejected: {
    en: 'is rejected already: reopen it first, or undo that',
    es: 'ya está rechazada: reábrala antes, o deshaga esa decisión',
  },
  assigned: {
    en: 'is given to an intent already: reopen it first, or undo that',
    es: 'ya está dada a una intención: reábrala antes, o deshaga esa decisión',
  },
  aside: {
    en: 'is put aside: reopen it first, or undo that',
    es: 'está apartada: reábrala antes, o deshaga esa decisión',
  },
};

/** What speaks against a decision about proposals: mostly that somebody else was faster. */
export const proposalObjections = {
  nothingToUndo: { en: 'There is no decision to undo.', es: 'No hay ninguna decisión que deshacer.' },
  nothingToRedo: {
    en: 'There is nothing to redo: nothing was undone since the last decision.',
    es: 'No hay nada que rehacer: no se ha deshecho nada desde la última decisión.',
  },
  nothingOpen: {
    en: 'There is no open proposal left to accept.',
    es: 'No queda ninguna propuesta abierta que aceptar.',
  },

  unknown: (id: string, all: readonly ReviewedProposal[]): Sentence => ({
    en: `There is no proposal "${id}". Proposals: ${listed(all.map((one) => one.id)).en || 'none'}.`,
    es: `Esa propuesta (${id}) no está en la revisión: quizá alguien deshizo lo que la creó. Mire la lista y decida otra vez.`,
  }),

  mergedInto: (proposal: ReviewedProposal, all: readonly ReviewedProposal[]): Sentence => {
    const its = called(proposal, all);
    const target = all.find(({ id }) => id === proposal.mergedInto);
    const other = target
      ? called(target, all)
      : { en: `${proposal.mergedInto}`, es: `${proposal.mergedInto}` };
    return {
      en: `${its.en} was merged into ${other.en}: decide about that one, or undo.`,
      es: `La propuesta ${its.es} se unió a ${other.es}: decida sobre esa, o deshaga la unión.`,
    };
  },

  empty: (proposal: ReviewedProposal, all: readonly ReviewedProposal[]): Sentence => {
    const its = called(proposal, all);
    return {
      en: `${its.en} has no phrases left: they were moved. Undo that, or decide about them where they are now.`,
      es: `A la propuesta ${its.es} no le quedan frases: se movieron. Deshágalo, o decida sobre ellas donde están ahora.`,
    };
  },

  standsOtherwise: (
    proposal: ReviewedProposal,
    status: keyof typeof stands,
    all: readonly ReviewedProposal[],
  ): Sentence => {
    const its = called(proposal, all);
    const how = stands[status];
    return { en: `${its.en} ${how.en}.`, es: `La propuesta ${its.es} ${how.es}.` };
  },

  addsToIntent: (proposal: ReviewedProposal, all: readonly ReviewedProposal[]): Sentence => {
    const its = called(proposal, all);
    return {
      en: `${its.en} has examples for an existing intent: assign the others to that intent instead of merging.`,
      es: `${its.es} amplía una intención que el bot ya tiene: dé las otras a esa intención en lugar de unirlas.`,
    };
  },

  keepsItsName: (proposal: ReviewedProposal, all: readonly ReviewedProposal[]): Sentence => {
    const its = called(proposal, all);
    return {
      en: `${its.en} has examples for an existing intent, which keeps its name: assign them to another intent, or move some, instead.`,
      es: `${its.es} amplía una intención que el bot ya tiene, y su nombre se queda: asigne sus frases a otra intención, o mueva algunas.`,
    };
  },

  oneMustStay: (proposal: ReviewedProposal, all: readonly ReviewedProposal[]): Sentence => {
    const its = called(proposal, all);
    const { size } = proposal;
    return {
      en: `${its.en} has ${size} ${size === 1 ? 'phrase' : 'phrases'}: at least one must stay.`,
      es: `La propuesta ${its.es} tiene ${size} ${size === 1 ? 'frase' : 'frases'}: al menos una tiene que quedarse.`,
    };
  },

  notItsPhrases: (
    strangers: readonly string[],
    proposal: ReviewedProposal,
    all: readonly ReviewedProposal[],
  ): Sentence => {
    const its = called(proposal, all);
    const count = strangers.length;
    return {
      en: `${count} of the phrases do not belong to ${its.en}: ${strangers.slice(0, 5).join(', ')}. List its members with "npx ciclo review" and try again.`,
      es: `${count} de las frases ya no ${count === 1 ? 'pertenece' : 'pertenecen'} a ${its.es}: quizá alguien las movió entretanto. Mire sus frases y decida otra vez.`,
    };
  },

  notInReview: (strangers: readonly string[]): Sentence => ({
    en: `${strangers.length} of the phrases are not in this review: ${strangers.slice(0, 5).join(', ')}. List the phrases and try again.`,
    es: `${strangers.length} de las frases no ${strangers.length === 1 ? 'está' : 'están'} en esta revisión. Mire las frases y decida otra vez.`,
  }),

  thereAlready: (there: readonly string[]): Sentence => ({
    en: `${there.length} of the phrases are there already: ${there.slice(0, 5).join(', ')}. Leave them out.`,
    es: `${there.length} de las frases ya ${there.length === 1 ? 'está' : 'están'} allí: quizá alguien las movió entretanto. Decida sobre las demás.`,
  }),

  noIntent: (intent: string, existing: readonly string[]): Sentence => ({
    en: `The bot has no intent "${intent}". It has: ${listed(existing).en}.`,
    es: `El bot no tiene la intención «${intent}». Tiene: ${listed(existing).es}.`,
  }),

  noIntentName: (name: string): Sentence => ({
    en: `"${name}" is no intent name: Lex takes letters and digits without accents, with single dashes or underscores between them, at most 100.`,
    es: `«${name}» no sirve como nombre de una intención: Lex admite letras y cifras sin acentos, con - o _ sueltos entre ellas, hasta 100.`,
  }),

  intentExists: (intent: string): Sentence => ({
    en: `The bot has an intent "${intent}" already: assign the proposal to it, or choose another name.`,
    es: `El bot ya tiene la intención «${intent}»: dé la propuesta a esa, o elija otro nombre.`,
  }),

  nameTaken: ({ id, category }: ReviewedProposal): Sentence => ({
    en: `Another proposal (${id}) was accepted as "${category}": merge the two, or choose another name.`,
    es: `Otra propuesta ya se aceptó como «${category}»: una las dos, o elija otro nombre.`,
  }),

  sameIntent: (first: ReviewedProposal, other: ReviewedProposal): Sentence => ({
    en: `"${first.name}" (${first.id}) and "${other.name}" (${other.id}) would both become the intent "${first.name}": merge the two, or rename one of them.`,
    es: `Dos propuestas serían la misma intención, «${first.name}»: únalas, o renombre una de ellas.`,
  }),
};

/** The first of many names, and how many more there are. */
function listed(names: readonly string[]): Sentence {
  const more = names.length - mostListed;
  const shown = names.slice(0, mostListed).join(', ');
  return more > 0
    ? { en: `${shown} and ${more} more`, es: `${shown} y ${more} más` }
    : { en: shown, es: shown };
}
