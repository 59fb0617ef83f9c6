import type { BotReference } from '../../activities/targets/lex';
import type { Artifact } from '../../domain/artifact';
import { stageNotes } from '../../domain/cycle-sentences';
import type { DiscoverySample } from '../../domain/discovery';
import { joinSentences, type Sentence } from '../../domain/language';
import type { Cycle } from '../cycle';
import { reuseOr } from '../reuse';
import { jobs, lex } from '../stage-activities';
import { refuseUnknownEdits } from './draft-edits';

/** What the bot knows, and what discovery found beside it. */
export interface Discovered {
  bot: BotReference;
  draft: {
    /** `draft.zip` */
    archive: Artifact;
    /** True when it holds phrases that no version was compared with yet. */
    isUntried: boolean;
    /** The run whose import and build left it as it is, when a version of it is still to be compared. */
    builtBy: string | null;
  };
  /** `known.jsonl` */
  known: Artifact;
  /** `discovery.json` */
  discovery: Artifact;
}

/** Finds new examples for the bot's intents and clusters for new ones. */
export async function discover(cycle: Cycle, utterances: Artifact): Promise<Discovered> {
  const { number, uri, configuration, state } = cycle;
  return cycle.progress.stage('discover', async () => {
    const parameters = {
      embedder: configuration.discover.embedder,
      ...(configuration.discover.naming && { naming: configuration.discover.naming }),
      language: configuration.target.localeId.slice(0, 2),
      minimumSize: configuration.discover.minimumSize,
      ...(configuration.discover.granularity && { granularity: configuration.discover.granularity }),
      seed: configuration.discover.seed,
    };
    const bot = await lex.resolveBot({ target: configuration.target });
    const draft = await lex.readBotDraft({ bot, outputUri: `${uri}draft/` });
    const { untried, kept } = await refuseUnknownEdits(cycle, bot, draft.archive);
    const previousDiscoveryUri = state.discoveryUri ?? null;
    const inputs = {
      utterances,
      known: draft.known,
      categoryMap: state.categoryMapUri,
      previousDiscovery: previousDiscoveryUri,
    };
    const discovered = await reuseOr(cycle, 'discover', { inputs, parameters, dependsOnCode: true }, () =>
      jobs.discoverCategories({
        pipeline: configuration.name,
        cycle: number,
        cycleUri: uri,
        engine: configuration.discover.engine,
        batch: configuration.engines.batch,
        utterancesUri: utterances.uri,
        knownUri: draft.known.uri,
        categoryMapUri: state.categoryMapUri,
        previousDiscoveryUri,
        embeddingsUri: `${configuration.store.uri}embeddings/`,
        parameters,
      }),
    );
    return {
      value: {
        bot,
        draft: {
          archive: draft.archive,
          isUntried: untried !== null || kept !== null,
          builtBy: untried?.settled && kept === null ? untried.runName : null,
        },
        known: draft.known,
        discovery: discovered.discovery,
      },
      note: noteOn(kept, discovered.sample),
      counts: {
        ...discovered.counts,
        newCategories: discovered.proposals,
        ...(discovered.intentsWithNewExamples !== undefined && {
          intentsWithNewExamples: discovered.intentsWithNewExamples,
        }),
      },
      inputs,
      parameters: { ...parameters, engine: configuration.discover.engine },
      outputs: {
        draft: draft.archive,
        discovery: discovered.discovery,
        ...(discovered.map && { map: discovered.map }),
      },
    };
  });
}

function noteOn(kept: Sentence | null, sample: DiscoverySample | undefined): Sentence | null {
  return joinSentences([
    ...(kept === null ? [] : [stageNotes.editsKept(kept)]),
    ...(sample ? [stageNotes.sampleDivided(sample)] : []),
  ]);
}
