import { readGoldenSet } from '../../activities/golden-set';
import { knownUtterances, localeOf, takesNoUtterances, type BotArchive } from '../../domain/bot-archive';
import { fine, notChecked, warning, type Finding } from '../../domain/doctor';
import type { EvaluationItem } from '../../domain/evaluation';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { comparisonKey } from '../../domain/similarity/comparison';
import { outOfScope } from '../../domain/utterance';
import { readPipelineState } from '../../platform/registry/pipeline-state';
import type { ObjectStore } from '../../platform/storage/object-store';
import { settled, type Check } from '../check';

/** docs/your-bot.md, step 4: with fewer an intent's figures are too uncertain to decide by. */
const wantedPerIntent = 30;
const mostNamed = 6;

/** Whether the golden set can be compared with. */
export function goldenSetCheck(
  store: ObjectStore,
  configuration: PipelineConfiguration,
  draft: () => Promise<BotArchive>,
): Check {
  return {
    id: 'golden-set',
    group: 'pipeline',
    title: 'The golden set',
    async run() {
      const { localeId } = configuration.target;
      const [state, { value: archive }] = await Promise.all([
        readPipelineState(store, configuration.store.uri),
        settled(draft()),
      ]);
      const uri = state.state.goldenSetUri ?? configuration.dataset.goldenSetUri;
      const known = archive ? knownUtterances(archive, localeId) : [];
      const items = await readGoldenSet(store, uri, known);
      if (!archive) {
        return [
          fine(`The golden set ${uri} can be read: ${items.length} utterances.`),
          notChecked('the golden set against the bot, because DRAFT cannot be read.'),
        ];
      }
      const intents = localeOf(archive, localeId)
        .intents.filter((intent) => !takesNoUtterances(intent))
        .map(({ name }) => name);
      const trained = new Set(known.map(({ text }) => comparisonKey(text)));
      const overlap = items.filter(({ text }) => trained.has(comparisonKey(text))).length;
      return judgeGoldenSet(uri, items, intents, overlap);
    },
  };
}

/**
 * @param intents of the bot, without those that take no utterances
 * @param overlap how many of the items are sample utterances of the bot
 */
export function judgeGoldenSet(
  uri: string,
  items: readonly Pick<EvaluationItem, 'intent'>[],
  intents: readonly string[],
  overlap: number,
): Finding[] {
  const sizes = new Map<string, number>();
  for (const { intent } of items) sizes.set(intent, (sizes.get(intent) ?? 0) + 1);
  const facts = { uri, utterances: items.length, perIntent: Object.fromEntries(sizes), overlap };
  const findings = [
    fine(`The golden set ${uri}: ${items.length} utterances of ${sizes.size} intents.`, facts),
  ];
  const small = [...intents, outOfScope]
    .map((intent) => ({ intent, size: sizes.get(intent) ?? 0 }))
    .filter(({ size }) => size < wantedPerIntent)
    .sort((a, b) => a.size - b.size);
  if (small.length > 0) {
    findings.push(
      warning(
        `Fewer than ${wantedPerIntent} golden utterances: ${named(small.map(({ intent, size }) => `${intent} ${size}`))}.`,
        {
          why: 'With so few the gate is likely to say "not enough evidence", or not to see that an intent got worse.',
          next: `Add labelled utterances that people really said; ${outOfScope} is for what the bot should not understand.`,
          facts: { intents: Object.fromEntries(small.map(({ intent, size }) => [intent, size])) },
        },
      ),
    );
  }
  const strange = [...sizes.keys()].filter((intent) => intent !== outOfScope && !intents.includes(intent));
  if (strange.length > 0) {
    findings.push(
      warning(`The golden set names intents that the bot does not have: ${named(strange)}.`, {
        why: 'No version can answer these right.',
        next: 'Correct the names, or make the intents.',
        facts: { intents: strange },
      }),
    );
  }
  if (overlap > 0) {
    findings.push(
      warning(`${overlap} of the golden utterances are sample utterances of the bot.`, {
        why: 'They measure what the bot was told, not what it understands; from more than half on a cycle refuses the set.',
        next: 'Replace them by what people really say.',
        facts: { overlap },
      }),
    );
  }
  return findings;
}

function named(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return rest > 0 ? `${names.slice(0, mostNamed).join(', ')} and ${rest} more` : names.join(', ');
}
