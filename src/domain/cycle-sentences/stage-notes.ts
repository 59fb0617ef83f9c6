import type { Sentence } from '../language';

/** What a stage of a cycle did, or is doing. */
export const stageNotes = {
  cancelled: { en: 'Cancelled.', es: 'Cancelada.' },
  nothingToDecide: { en: 'There was nothing to decide.', es: 'No había nada que decidir.' },
  deadlinePassed: {
    en: 'The deadline passed before the review was finished.',
    es: 'El plazo venció antes de que se terminara la revisión.',
  },
  makingVersion: { en: 'Making a version.', es: 'Creando una versión.' },
  importingArchive: {
    en: 'Importing the archive into DRAFT.',
    es: 'Importando el archivo del bot en DRAFT.',
  },
  buildingLocale: { en: 'Building the locale.', es: 'Compilando el idioma del bot.' },
  nothingAnsweredByBoth: {
    en: 'No item was answered by both versions.',
    es: 'Ninguna frase obtuvo respuesta de las dos versiones.',
  },

  proposalsLeftForLater: (count: number): Sentence => ({
    en: `${count} more proposals than one review takes come back in the next cycle.`,
    es: `Hay ${count} propuestas más de las que caben en una revisión: vuelven en el ciclo siguiente.`,
  }),

  editsKept: (summary: Sentence): Sentence => ({
    en: `Edits of DRAFT were kept: ${summary.en}.`,
    es: `Se conservaron cambios hechos en DRAFT: ${summary.es}.`,
  }),

  sampleDivided: ({ phrases, of }: { phrases: number; of: number }): Sentence => ({
    en: `Topics were looked for among ${phrases} of ${of} phrases; the others joined.`,
    es: `Los temas se buscaron entre ${phrases} de ${of} frases; las demás se sumaron a ellos.`,
  }),

  versionMade: (botVersion: string, modelVersion: number): Sentence => ({
    en: `Bot version ${botVersion} is model v${modelVersion}.`,
    es: `La versión ${botVersion} del bot es el modelo v${modelVersion}.`,
  }),

  compared: ({
    items,
    accuracy,
    macroF1,
  }: {
    items: number;
    accuracy: { champion: number; challenger: number };
    macroF1: { champion: number; challenger: number };
  }): Sentence => {
    const change = ({ champion, challenger }: typeof accuracy, percent: (share: number) => string) =>
      `${percent(champion)} → ${percent(challenger)}`;
    const english = (share: number) => `${(share * 100).toFixed(1)} %`;
    const spanish = (share: number) => english(share).replace('.', ',');
    return {
      en: `${items} phrases, golden and validation together: accuracy ${change(accuracy, english)}, macro F1 ${change(macroF1, english)}.`,
      es: `${items} frases, de referencia y de validación: exactitud ${change(accuracy, spanish)}, macro-F1 ${change(macroF1, spanish)}.`,
    };
  },

  aliasSwitched: (alias: string, from: string, to: string): Sentence => ({
    en: `Alias ${alias}: version ${from} → ${to}.`,
    es: `Alias ${alias}: versión ${from} → ${to}.`,
  }),

  promotionTakenBack: (modelVersion: number, botVersion: string): Sentence => ({
    en: `The promotion of model v${modelVersion} was broken off and is taken back: version ${botVersion} is live.`,
    es: `El paso a producción del modelo v${modelVersion} se interrumpió y se ha deshecho: la versión ${botVersion} está en producción.`,
  }),
};
