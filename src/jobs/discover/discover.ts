import type { Discovery, PreviousDiscovery } from '../../domain/discovery';
import type { DiscoveryMap } from '../../domain/discovery-map';
import type { EmbeddingUsage } from '../../domain/embedding';
import type { DiscoverParameters } from '../../domain/job';
import type { LabelledUtterance, Utterance } from '../../domain/utterance';
import type { ReportProgress } from '../progress';
import { assign } from './describe/assignments';
import { clashSimilarity } from './describe/closeness';
import { Context } from './describe/context';
import { describeEnrichments } from './describe/enrichments';
import { mapUtterances } from './describe/map';
import { neighbourhoodOf } from './describe/merges';
import { describeProposals } from './describe/proposals';
import { trafficOf } from './describe/traffic';
import { fillTray } from './describe/tray';
import { createEmbedder, type EmbedderSurroundings } from './embedders';
import { groupUnits } from './groups';
import { nameProposals } from './naming/name-proposals';
import { centreRows, normalizeRows, type Matrix } from './numeric/matrix';
import { collectUnits, type Unit } from './units';

export interface DiscoveryInput {
  utterances: readonly Utterance[];
  /** What the bot knows. */
  known: readonly LabelledUtterance[];
  /** Phrases of proposals that a person rejected. */
  rejected: readonly string[];
  /** The discovery before this one, whose ids are kept for what persists; absent for the first one. */
  previous?: PreviousDiscovery;
  /** Where points are kept and models are read. */
  surroundings?: EmbedderSurroundings;
  parameters: DiscoverParameters;
}

/**
 * Finds what the bot does not know yet, and new examples for what it knows. The same input and seed give the same
 * result.
 * @param onMapped gets the map of the utterances; without it none is made, which saves its time
 * @throws InvalidConfigurationError when the embedder cannot be used
 * @throws BudgetExceededError when embedding would cost more than it may
 */
export async function discover(
  input: DiscoveryInput,
  onProgress: ReportProgress = () => {},
  onMapped?: (map: DiscoveryMap) => void,
): Promise<Discovery> {
  const { parameters } = input;
  const units = collectUnits({ ...input, language: parameters.language });
  const embedder = createEmbedder(parameters.embedder, parameters.seed, input.surroundings);
  const { usage, ...points } = await embedder.embed(
    units.map((unit) => unit.text),
    (done, total, unit) => onProgress({ done, total, unit }),
  );
  return discoverAmong(input, { units, points, embedder: embedder.name, usage }, onProgress, onMapped);
}

/** Units with their points. */
export interface EmbeddedUnits {
  units: readonly Unit[];
  /** One row for each unit, of any length. */
  points: Matrix;
  /** Name of the embedder, and what it used. */
  embedder: string;
  usage: EmbeddingUsage;
}

/** What `discover` does once everything is embedded. */
export async function discoverAmong(
  { utterances, known, previous, surroundings, parameters }: DiscoveryInput,
  embedded: EmbeddedUnits,
  onProgress: ReportProgress = () => {},
  onMapped?: (map: DiscoveryMap) => void,
): Promise<Discovery> {
  const { units, embedder, usage } = embedded;
  const points = normalizeRows(centreRows(embedded.points));
  const grouping = groupUnits(units, points, parameters.minimumSize, parameters.seed, parameters.granularity);
  onProgress({ done: units.length, total: units.length, unit: 'phrases grouped' });
  const context = new Context(utterances, units, points, grouping, parameters.seed);
  const traffic = trafficOf(utterances);
  const clash = clashSimilarity(context);
  const intents = [...new Set(known.map((one) => one.intent))].sort();
  const { proposals, topicIds } = describeProposals(context, {
    traffic,
    intents,
    language: parameters.language,
    clash,
    previous: previous ?? null,
  });
  const { near, suggestedMerges } = neighbourhoodOf(context, topicIds, clash);
  const nearTo = new Map(topicIds.map((id, topic) => [id, near[topic]!]));
  const assignments = assign(context, proposals);
  const tray = fillTray(context, parameters.language);
  onMapped?.(mapUtterances(context));
  const named = await nameProposals(proposals, intents, parameters, onProgress, surroundings?.bedrock);
  return {
    schemaVersion: 2,
    embedder,
    embedding: usage,
    ...(named && { naming: named.usage }),
    traffic,
    ...(grouping.divided < units.length && {
      sample: { phrases: grouping.divided, of: units.length },
    }),
    clashSimilarity: clash,
    assignments,
    proposals: (named?.proposals ?? proposals).map((one) => ({ ...one, near: nearTo.get(one.id)! })),
    enrichments: describeEnrichments(context),
    tray,
    suggestedMerges,
    counts: {
      utterances: utterances.length,
      assignedToIntents: assignments.filter((one) => 'intent' in one).length,
      inProposals: assignments.filter((one) => 'proposal' in one).length,
      noise: assignments.filter((one) => 'noise' in one).length,
      previouslyRejected: tray
        .filter(({ kind }) => kind === 'rejected')
        .reduce((sum, { size }) => sum + size, 0),
    },
  };
}
