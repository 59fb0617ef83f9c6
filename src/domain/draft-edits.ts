import type { Sentence } from './language';

/** What a person is told when DRAFT holds changes that Ciclo did not make, and how to go on. */
export function describeDraftEdits(input: {
  pipeline: string;
  botName: string;
  summary: Sentence;
  diffUri: string;
  /** True while the cycle waits for an answer; false when it was refused to start. */
  waiting: boolean;
}): Sentence {
  const { pipeline, botName, summary, diffUri, waiting } = input;
  const command = `npx ciclo run ${pipeline} --keep-console-edits`;
  return {
    en:
      `DRAFT of ${botName} was edited ${waiting ? 'while this cycle ran' : "since Ciclo's last import"}: ` +
      `${summary.en}. All of it: ${diffUri}. ` +
      (waiting
        ? `The cycle waits. Take the changes into the new version with "${command}", or undo them in the Lex console and end the cycle.`
        : `Take the changes over with "${command}", or undo them in the Lex console and start again.`),
    es:
      `Alguien editó DRAFT de ${botName} ${waiting ? 'durante este ciclo' : 'después de la última importación de Ciclo'}: ` +
      `${summary.es}. Todo el detalle: ${diffUri}. ` +
      (waiting
        ? `El ciclo espera. Lleve los cambios a la versión nueva con «${command}», o deshágalos en la consola de Lex y termine el ciclo.`
        : `Conserve los cambios con «${command}», o deshágalos en la consola de Lex y empiece de nuevo.`),
  };
}
