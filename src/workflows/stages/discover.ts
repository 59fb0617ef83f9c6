import type { BotReference } from '../../activities/targets/lex';
import type { Artifact } from '../../domain/artifact';
import type { Cycle } from '../cycle';
import { jobs, lex } from '../stage-activities';

/** What the bot knows, and what discovery found beside it. */
export interface Discovered {
  bot: BotReference;
  /** `known.jsonl` */
  known: Artifact;
  /** `discovery.json` */
  discovery: Artifact;
}

/** Finds new examples for the bot's intents and clusters for new ones. */
export async function discover(
  { number, uri, configuration, state, progress }: Cycle,
  utterances: Artifact,
): Promise<Discovered> {
  return progress.stage('discover', async () => {
    const parameters = {
      embedder: configuration.discover.embedder,
      language: configuration.target.localeId.slice(0, 2),
      minimumSize: configuration.discover.minimumSize,
      seed: configuration.discover.seed,
    };
    const bot = await lex.resolveBot({ target: configuration.target });
    const draft = await lex.readBotDraft({ bot, outputUri: `${uri}draft/` });
    const discovered = await jobs.discoverCategories({
      pipeline: configuration.name,
      cycle: number,
      cycleUri: uri,
      engine: configuration.discover.engine,
      batch: configuration.engines.batch,
      utterancesUri: utterances.uri,
      knownUri: draft.known.uri,
      categoryMapUri: state.categoryMapUri,
      parameters,
    });
    return {
      value: { bot, known: draft.known, discovery: discovered.discovery },
      counts: { ...discovered.counts, proposals: discovered.proposals },
      inputs: { utterances, known: draft.known, categoryMap: state.categoryMapUri },
      parameters: { ...parameters, engine: configuration.discover.engine },
      outputs: { draft: draft.archive, discovery: discovered.discovery },
    };
  });
}
