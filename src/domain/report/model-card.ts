import type { ArchiveDiff } from '../bot-archive';
import type { Evaluation } from '../evaluation';
import type { GateDecision } from '../gate';
import { decisionSentence } from './reasons';

/** What a person who meets a version in the registry should know of it, as Markdown: `model-card.md`. */
export function renderModelCard(input: {
  modelVersion: number;
  evaluation: Evaluation;
  decision: GateDecision;
  diff: ArchiveDiff;
}): string {
  const { evaluation, decision, diff } = input;
  const { subject, counts, sets } = evaluation;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const rows = (['golden', 'validation'] as const).flatMap((name) => {
    const set = sets[name];
    if (!set) return [];
    const { champion, challenger } = set;
    return [
      `| ${name} | ${set.items} | ${percent(champion.accuracy.value)} | ${percent(challenger.accuracy.value)} | ${percent(champion.macroF1.value)} | ${percent(challenger.macroF1.value)} |`,
    ];
  });
  const added = Object.entries(diff.addedUtterances).map(
    ([intent, utterances]) => `- ${intent}: ${utterances.length} more`,
  );
  const created = diff.newIntents.map(({ name, utterances }) => `- **${name}** (new): ${utterances.length}`);
  return `# Model v${input.modelVersion} of ${subject.pipeline}

Bot version ${subject.challenger}, trained in cycle ${subject.cycle}, compared with version ${subject.champion} on ${subject.evaluatedAt}.

${decisionSentence(decision, evaluation, 'en')}

| set | items | accuracy before | after | macro F1 before | after |
|---|---|---|---|---|---|
${rows.join('\n')}

${counts.notAnsweredByBoth} of ${counts.items} items were not answered by both versions and are left out.

## Utterances that were added

${[...created, ...added].join('\n')}
`;
}
