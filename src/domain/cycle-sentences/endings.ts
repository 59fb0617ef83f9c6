import type { Sentence } from '../language';

/** Why a cycle ended without a comparison; with one, the gate says why. */
export const endingReasons = {
  alreadyRunning: {
    en: 'A cycle of this pipeline is running already.',
    es: 'Ya hay un ciclo de este pipeline en marcha.',
  },
  reviewAbandoned: {
    en: 'Nobody finished the review before its deadline; the logs count again in the next cycle.',
    es: 'Nadie terminó la revisión dentro del plazo; los registros vuelven a contar en el ciclo siguiente.',
  },
  nothingNewAccepted: {
    en: 'No accepted proposal gave the bot a phrase that it did not have.',
    es: 'Ninguna propuesta aceptada dio al bot una frase que no tuviera.',
  },

  noLogs: (logsUri: string): Sentence => ({
    en: `There is no log object below ${logsUri}. Check logs.uri in the pipeline file, and that the bot's logs are delivered there.`,
    es: `No hay ningún objeto de registro bajo ${logsUri}. Compruebe logs.uri en el archivo del pipeline, y que los registros del bot llegan allí.`,
  }),

  noNewLogs: (logsUri: string, readBefore: number): Sentence => ({
    en: `No new log objects since the last completed cycle: all ${readBefore} below ${logsUri} were read before.`,
    es: `No hay objetos de registro nuevos desde el último ciclo completo: los ${readBefore} que hay bajo ${logsUri} ya se habían leído.`,
  }),

  tooFewInteractions: ({ found, needed }: { found: number; needed: number }): Sentence => ({
    en: `Only ${found} new interactions; the pipeline waits for ${needed}. They count again in the next cycle.`,
    es: `Solo hay ${found} interacciones nuevas; el pipeline espera a ${needed}. Vuelven a contar en el ciclo siguiente.`,
  }),
};
