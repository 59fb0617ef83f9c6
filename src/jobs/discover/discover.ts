import { createHash } from 'node:crypto';
import type { Assignment, Discovery, Enrichment, Proposal } from '../../domain/discovery';
import type { DiscoverParameters } from '../../domain/job';
import type { LabelledUtterance, Utterance } from '../../domain/utterance';
import type { ReportProgress } from '../progress';
import { createEmbedder } from './embedders';
import { groupUnits, type Grouping } from './groups';
import { centreOf, centreRows, dot, normalizeRows, type Matrix } from './numeric/matrix';
import { suggestNames } from './text/names';
import { distinctiveTerms } from './text/terms';
import { collectUnits, type Unit } from './units';

export interface DiscoveryInput {
  utterances: readonly Utterance[];
  /** What the bot knows. */
  known: readonly LabelledUtterance[];
  /** Phrases of proposals that a person rejected. */
  rejected: readonly string[];
  parameters: DiscoverParameters;
}

const mostRepresentatives = 8;
const termCount = 10;
/** So many of its most typical members stand for a topic when it is compared with all known phrases. */
const comparedMembers = 50;

/**
 * Finds what the bot does not know yet, and new examples for what it knows. The same input and seed give the same
 * result.
 * @throws InvalidConfigurationError when the embedder cannot be used
 */
export async function discover(
  input: DiscoveryInput,
  onProgress: ReportProgress = () => {},
): Promise<Discovery> {
  const { utterances, known, parameters } = input;
  const units = collectUnits({ ...input, language: parameters.language });
  const embedder = createEmbedder(parameters.embedder, parameters.seed);
  const embedded = await embedder.embed(
    units.map((unit) => unit.text),
    (done, total) => onProgress({ done, total, unit: 'phrases embedded' }),
  );
  const points = normalizeRows(centreRows(embedded));
  const grouping = groupUnits(units, points, parameters.minimumSize, parameters.seed);
  onProgress({ done: units.length, total: units.length, unit: 'phrases grouped' });
  const context = new Context(utterances, units, points, grouping);
  const proposals = describeProposals(context, intentNames(known), parameters.language);
  const assignments = assign(context, proposals);
  return {
    schemaVersion: 1,
    embedder: embedder.name,
    assignments,
    proposals,
    enrichments: describeEnrichments(context),
    counts: {
      utterances: utterances.length,
      assignedToIntents: assignments.filter((one) => 'intent' in one).length,
      inProposals: assignments.filter((one) => 'proposal' in one).length,
      noise: assignments.filter((one) => 'noise' in one).length,
      previouslyRejected: units.reduce(
        (sum, unit, index) => sum + (grouping.fates[index]!.kind === 'rejected' ? unit.members.length : 0),
        0,
      ),
    },
  };
}

function intentNames(known: readonly LabelledUtterance[]): string[] {
  return [...new Set(known.map((one) => one.intent))].sort();
}

/** What all descriptions look at. */
class Context {
  /** Units that are known to belong to each intent. */
  readonly unitsByIntent: ReadonlyMap<string, readonly number[]>;
  /** The centre of the units of each intent. */
  readonly intentCentres: ReadonlyMap<string, Matrix>;

  constructor(
    readonly utterances: readonly Utterance[],
    readonly units: readonly Unit[],
    readonly points: Matrix,
    readonly grouping: Grouping,
  ) {
    const byIntent = new Map<string, number[]>();
    units.forEach((unit, index) => {
      if (unit.intent === null) return;
      const rows = byIntent.get(unit.intent);
      if (rows) rows.push(index);
      else byIntent.set(unit.intent, [index]);
    });
    this.unitsByIntent = new Map([...byIntent].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
    this.intentCentres = new Map(
      [...this.unitsByIntent].map(([intent, rows]) => [intent, centreOf(points, rows)]),
    );
  }

  /** Cosine of a unit and a centre, not below 0. */
  similarity(unit: number, centre: Matrix): number {
    return toShare(dot(this.points, unit, centre, 0));
  }

  /** Units, the most typical first. */
  byTypicality(rows: readonly number[], centre: Matrix): number[] {
    return rows
      .map((unit) => ({ unit, closeness: dot(this.points, unit, centre, 0) }))
      .sort((a, b) => b.closeness - a.closeness || a.unit - b.unit)
      .map(({ unit }) => unit);
  }

  /** Ids of the utterances of units, in the order of the units, the most frequent of each first. */
  memberIds(rows: readonly number[]): string[] {
    return this.members(rows).map((utterance) => utterance.id);
  }

  members(rows: readonly number[]): Utterance[] {
    return rows.flatMap((unit) =>
      this.units[unit]!.members.map((member) => this.utterances[member]!).sort(
        (a, b) => b.count - a.count || (a.id < b.id ? -1 : 1),
      ),
    );
  }
}

function describeProposals(context: Context, known: readonly string[], language: string): Proposal[] {
  const { units, grouping } = context;
  const described = grouping.topics.map((topic) => describeTopic(context, topic));
  const terms = distinctiveTerms(
    [
      ...grouping.topics.map((topic) => topic.map((unit) => units[unit]!.text)),
      ...[...context.unitsByIntent.values()].map((rows) => rows.map((unit) => units[unit]!.text)),
      units.flatMap((unit, index) => (grouping.fates[index]!.kind === 'noise' ? [unit.text] : [])),
    ],
    termCount,
  );
  const ranked = described
    .map((proposal, topic) => ({ ...proposal, terms: terms[topic]! }))
    .sort((a, b) => b.interactions - a.interactions || b.size - a.size || (a.id < b.id ? -1 : 1));
  const names = suggestNames(
    ranked.map((proposal) => proposal.terms),
    known,
    language,
  );
  return ranked.map((proposal, index) => ({ ...proposal, name: names[index]! }));
}

function describeTopic(context: Context, topic: readonly number[]): Proposal {
  const centre = centreOf(context.points, topic);
  const typical = context.byTypicality(topic, centre);
  const members = context.members(typical);
  return {
    id: stableId(members.map((utterance) => utterance.id)),
    name: '',
    terms: [],
    size: members.length,
    interactions: interactionsOf(members),
    cohesion: toShare(topic.reduce((sum, unit) => sum + context.similarity(unit, centre), 0) / topic.length),
    nearestIntent: nearestIntent(context, typical.slice(0, comparedMembers)),
    representatives: typical.slice(0, mostRepresentatives).map((unit) => context.units[unit]!.text),
    memberIds: members.map((utterance) => utterance.id),
  };
}

/** The intent whose examples come closest to the members: the mean over these of the three best cosines. */
function nearestIntent(context: Context, members: readonly number[]): Proposal['nearestIntent'] {
  let nearest: Proposal['nearestIntent'] = null;
  for (const [name, examples] of context.unitsByIntent) {
    let sum = 0;
    for (const member of members) {
      const best = [0, 0, 0];
      for (const example of examples) {
        const similarity = dot(context.points, member, context.points, example);
        if (similarity > best[0]!) best[0] = similarity;
        best.sort((a, b) => a - b);
      }
      sum += (best[0]! + best[1]! + best[2]!) / 3;
    }
    const similarity = toShare(sum / members.length);
    if (nearest === null || similarity > nearest.similarity) nearest = { name, similarity };
  }
  return nearest;
}

/** The same for the same members, in whatever order. */
function stableId(memberIds: readonly string[]): string {
  return `p-${createHash('sha256')
    .update([...memberIds].sort().join('\n'))
    .digest('hex')
    .slice(0, 8)}`;
}

function assign(context: Context, proposals: readonly Proposal[]): Assignment[] {
  const { utterances, units, grouping, intentCentres } = context;
  const proposalOf = new Map(
    proposals.flatMap((proposal) => proposal.memberIds.map((id) => [id, proposal.id])),
  );
  const assignments: Assignment[] = utterances.map(({ id }) => ({ id, noise: true }));
  units.forEach((unit, index) => {
    const fate = grouping.fates[index]!;
    for (const member of unit.members) {
      const { id } = utterances[member]!;
      if (fate.kind === 'topic') assignments[member] = { id, proposal: proposalOf.get(id)! };
      if (fate.kind === 'intent') {
        const centre = intentCentres.get(fate.intent)!;
        assignments[member] = { id, intent: fate.intent, similarity: context.similarity(index, centre) };
      }
    }
  });
  return assignments;
}

/** Phrases that no sample of the bot says yet, held for an intent's by two views or by strong evidence. */
function describeEnrichments(context: Context): Enrichment[] {
  const byIntent = new Map<string, number[]>();
  context.units.forEach((unit, index) => {
    const fate = context.grouping.fates[index]!;
    if (fate.kind !== 'intent' || unit.inTraining || unit.members.length === 0) return;
    if (!isNewExample(context, index, fate.intent)) return;
    const rows = byIntent.get(fate.intent);
    if (rows) rows.push(index);
    else byIntent.set(fate.intent, [index]);
  });
  return [...byIntent]
    .map(([intent, rows]) => {
      const typical = context.byTypicality(rows, context.intentCentres.get(intent)!);
      const members = context.members(typical);
      return {
        id: `e-${intent}`,
        intent,
        size: members.length,
        interactions: interactionsOf(members),
        representatives: typical.slice(0, mostRepresentatives).map((unit) => context.units[unit]!.text),
        memberIds: context.memberIds(typical),
      };
    })
    .sort((a, b) => b.interactions - a.interactions || (a.id < b.id ? -1 : 1));
}

/**
 * The bot's own view (what it understood, or would have guessed) and that of the neighbourhood have to agree; where
 * the bot had no guess, the neighbourhood must be sure.
 */
function isNewExample({ units, utterances, grouping }: Context, unit: number, intent: string): boolean {
  if (grouping.neighbourIntents[unit] !== intent) return false;
  const guesses = units[unit]!.members.map((member) => utterances[member]!)
    .map((utterance) => utterance.intent ?? utterance.alternative?.intent ?? null)
    .filter((guess) => guess !== null);
  return guesses.length > 0 ? guesses.includes(intent) : grouping.isSupported[unit]!;
}

function interactionsOf(utterances: readonly Utterance[]): number {
  return utterances.reduce((sum, utterance) => sum + utterance.count, 0);
}

/** Four decimals are all that anybody reads, and keep rounding differences out of the result. */
function toShare(similarity: number): number {
  return Math.round(Math.min(Math.max(similarity, 0), 1) * 10_000) / 10_000;
}
