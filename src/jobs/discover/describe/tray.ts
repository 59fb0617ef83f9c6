import type { TrayGroup } from '../../../domain/discovery';
import type { Utterance } from '../../../domain/utterance';
import { mutualNeighbourGraph } from '../numeric/graph';
import { louvain } from '../numeric/louvain';
import { centreOf, selectRows } from '../numeric/matrix';
import { nearestNeighbours } from '../numeric/nearest-neighbours';
import { distinctiveTerms } from '../text/terms';
import { interactionsOf, type Context } from './context';
import { representativesOf } from './phrases';
import { stableId } from './stable-id';

const shownPhrases = 8;
const shownTerms = 5;
/** Of more noise than this only the units that are said most are grouped; the others stand alone. */
const mostGroupedUnits = 20_000;
const neighbourCount = 5;
/** Units to a group at which splitting and merging are about even: the resolution grows with the number of units. */
const usualGroupUnits = 50;
const fewestUnits = 2;

/**
 * All noise, each utterance in one place: groups of phrases that belong together, ranked by size × cohesion (about
 * the number of phrases that agree), then what stands alone, what is close to something rejected, what is surely in
 * another language (the most frequent first), and what has no letter or digit.
 * @param language of the bot
 */
export function fillTray(context: Context, language: string): TrayGroup[] {
  const { units, utterances, grouping } = context;
  const noise = units.flatMap((unit, index) =>
    grouping.fates[index]!.kind === 'noise' && unit.members.length > 0 ? [index] : [],
  );
  const rejected = units.flatMap((_, index) => (grouping.fates[index]!.kind === 'rejected' ? [index] : []));
  const inUnits = new Set(units.flatMap(({ members }) => members));
  const outside = utterances.filter((_, index) => !inUnits.has(index));
  const { groups, loose } = groupNoise(context, noise);
  return [
    ...groups,
    ...pile('loose', null, context.members(loose)),
    ...pile('rejected', null, context.members(rejected)),
    ...byLanguage(outside, language),
    ...pile(
      'wordless',
      null,
      outside.filter((utterance) => !isForeign(utterance, language)),
    ),
  ];
}

function groupNoise(context: Context, noise: readonly number[]): { groups: TrayGroup[]; loose: number[] } {
  const grouped = [...noise]
    .sort((a, b) => context.interactionsOf(b) - context.interactionsOf(a) || a - b)
    .slice(0, mostGroupedUnits)
    .sort((a, b) => a - b);
  const communities = divide(context, grouped).filter((rows) => rows.length >= fewestUnits);
  const inGroup = new Set(communities.flat());
  const terms = distinctiveTerms(
    communities.map((rows) => rows.map((unit) => context.units[unit]!.text)),
    shownTerms,
  );
  const groups = communities.map((rows, index): TrayGroup => {
    const centre = centreOf(context.points, rows);
    const typical = context.byTypicality(rows, centre);
    const members = context.members(typical);
    const memberIds = members.map(({ id }) => id);
    return {
      id: stableId('t', memberIds),
      kind: 'group',
      language: null,
      terms: terms[index]!,
      size: members.length,
      interactions: interactionsOf(members),
      cohesion: context.cohesion(rows, centre),
      representatives: representativesOf(context, typical),
      memberIds,
    };
  });
  const rank = ({ size, cohesion }: TrayGroup) => size * (cohesion ?? 0);
  return {
    groups: groups.sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1)),
    loose: noise.filter((unit) => !inGroup.has(unit)),
  };
}

/** Communities of units that are among each other's nearest. */
function divide({ points, seed }: Context, rows: readonly number[]): number[][] {
  if (rows.length < fewestUnits) return [];
  const width = Math.min(neighbourCount, rows.length - 1);
  const graph = mutualNeighbourGraph(nearestNeighbours(selectRows(points, rows), width, { seed }));
  const resolution = Math.max(rows.length / usualGroupUnits, 1);
  const communities = new Map<number, number[]>();
  louvain(graph, { resolution, seed }).forEach((community, index) => {
    const members = communities.get(community);
    if (members) members.push(rows[index]!);
    else communities.set(community, [rows[index]!]);
  });
  return [...communities.values()];
}

function byLanguage(utterances: readonly Utterance[], language: string): TrayGroup[] {
  const foreign = utterances.filter((utterance) => isForeign(utterance, language));
  const languages = [...new Set(foreign.map((utterance) => utterance.language))];
  return languages
    .flatMap((code) =>
      pile(
        'language',
        code,
        foreign.filter((utterance) => utterance.language === code),
      ),
    )
    .sort((a, b) => b.interactions - a.interactions || (a.id < b.id ? -1 : 1));
}

function isForeign(utterance: Utterance, language: string): boolean {
  return utterance.language !== 'und' && utterance.language !== language;
}

/** Utterances that share nothing but why they are here, those said most first; nothing where there are none. */
function pile(
  kind: Exclude<TrayGroup['kind'], 'group'>,
  language: string | null,
  utterances: readonly Utterance[],
): TrayGroup[] {
  if (utterances.length === 0) return [];
  const bySaid = [...utterances].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
  return [
    {
      id: language === null ? `t-${kind}` : `t-${kind}-${language}`,
      kind,
      language,
      terms: [],
      size: bySaid.length,
      interactions: interactionsOf(bySaid),
      cohesion: null,
      representatives: bySaid.slice(0, shownPhrases).map(({ text }) => text),
      memberIds: bySaid.map(({ id }) => id),
    },
  ];
}
