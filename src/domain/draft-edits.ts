/** What a person is told when DRAFT holds changes that Ciclo did not make, and how to go on. */
export function describeDraftEdits(input: {
  pipeline: string;
  botName: string;
  summary: string;
  diffUri: string;
  /** True while the cycle waits for an answer; false when it was refused to start. */
  waiting: boolean;
}): string {
  const { pipeline, botName, summary, diffUri, waiting } = input;
  const since = waiting ? 'while this cycle ran' : "since Ciclo's last import";
  const command = `npx ciclo run ${pipeline} --keep-console-edits`;
  const next = waiting
    ? `The cycle waits. Take the changes into the new version with "${command}", or undo them in the Lex console and end the cycle.`
    : `Take the changes over with "${command}", or undo them in the Lex console and start again.`;
  return `DRAFT of ${botName} was edited ${since}: ${summary}. All of it: ${diffUri}. ${next}`;
}
