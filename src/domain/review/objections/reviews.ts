import type { Sentence } from '../../language';

/** What speaks against anything more in a review, and against who does it. */
export const reviewObjections = {
  finished: {
    en: 'The review is finished: its decisions are being used. What is still open comes back in the next cycle.',
    es: 'La revisión está terminada: sus decisiones ya se están usando. Lo que sigue abierto vuelve en el ciclo siguiente.',
  },
  finishedAlready: {
    en: 'The review is finished already: the cycle goes on.',
    es: 'La revisión ya está terminada: el ciclo sigue.',
  },
  deadlinePassed: {
    en: 'The deadline of the review has passed; the proposals come back in the next cycle.',
    es: 'El plazo de la revisión ha vencido; las propuestas vuelven en el ciclo siguiente.',
  },

  historyFull: ({ events, bytes }: { events: number; bytes: number }): Sentence => {
    const megabytes = (bytes / (1024 * 1024)).toFixed(1);
    return {
      en: `The review takes no more decisions: its history is full (${events} events, ${megabytes} MB). Finish it; what is still open comes back in the next cycle.`,
      es: `La revisión no admite más decisiones: su historial está lleno (${events} eventos, ${megabytes.replace('.', ',')} MB). Termínela; lo que sigue abierto vuelve en el ciclo siguiente.`,
    };
  },

  /** A review that has ended: whether it was finished, or its time was up. */
  over: ({
    pipeline,
    cycle,
    finished,
    deadline,
  }: {
    pipeline: string;
    cycle: number;
    finished: boolean;
    deadline: string;
  }): Sentence => {
    const why = finished
      ? {
          en: 'was finished: its decisions are being used',
          es: 'se terminó: sus decisiones ya se están usando',
        }
      : {
          en: `ended at its deadline, ${deadline}: what the pipeline file says under review.onDeadline was done`,
          es: `acabó al vencer su plazo, ${deadline}: se hizo lo que dice review.onDeadline en el archivo del pipeline`,
        };
    return {
      en: `The review of cycle ${cycle} of ${pipeline} ${why.en}. Decide about what is still open in the next cycle: npx ciclo run ${pipeline}`,
      es: `La revisión del ciclo ${cycle} de ${pipeline} ${why.es}. Decida sobre lo que sigue abierto en el ciclo siguiente: npx ciclo run ${pipeline}`,
    };
  },

  notReviewer: (author: string, reviewers: readonly string[]): Sentence => ({
    en: `"${author}" may not decide here. Reviewers of this pipeline (review.reviewers): ${reviewers.join(', ')}.`,
    es: `«${author}» no puede decidir aquí. Deciden en este pipeline (review.reviewers): ${reviewers.join(', ')}.`,
  }),

  notApprover: (author: string, approvers: readonly string[]): Sentence => ({
    en: `"${author}" may not approve here. Approvers of this pipeline (review.approvers): ${approvers.join(', ')}.`,
    es: `«${author}» no puede aprobar aquí. Aprueban en este pipeline (review.approvers): ${approvers.join(', ')}.`,
  }),

  /** @param seen as it came, which may be anything */
  otherDecisions: (decided: number, seen: unknown): Sentence => ({
    en: `There ${decided === 1 ? 'is 1 decision' : `are ${decided} decisions`} now, and you have seen ${JSON.stringify(seen)}. Look again before you approve.`,
    es: `Ahora hay ${decided} ${decided === 1 ? 'decisión' : 'decisiones'}, y usted ha visto ${JSON.stringify(seen)}. Vuelva a mirar antes de aprobar.`,
  }),

  /** @param remaining who may still approve; empty for anyone */
  approvedAlready: (author: string, missing: number, remaining: readonly string[]): Sentence => {
    const isOne = missing === 1;
    const names = remaining.join(', ');
    const who =
      remaining.length > 0
        ? { en: `one of ${names}`, es: `de ${isOne ? 'una de ' : ''}estas personas: ${names}` }
        : { en: 'somebody else', es: isOne ? 'de otra persona' : 'de otras personas' };
    return {
      en: `"${author}" has approved already. ${missing} more ${isOne ? 'approval' : 'approvals'} must come from ${who.en}.`,
      es: `«${author}» ya ha aprobado. ${isOne ? 'Falta' : 'Faltan'} ${missing} ${isOne ? 'aprobación' : 'aprobaciones'} más, ${who.es}.`,
    };
  },
};
