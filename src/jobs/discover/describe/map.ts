import type { DiscoveryMap } from '../../../domain/discovery-map';
import { layoutMap } from '../map/layout';
import { selectRows } from '../numeric/matrix';
import { nearestNeighbours } from '../numeric/nearest-neighbours';
import type { Context } from './context';

const neighbourCount = 15;
/** More points make a map neither clearer nor quick to draw. */
const mostUnits = 20_000;

/**
 * Lays the utterances out on a plane, those that say the same in the same words at one place. Where there are more
 * than 20,000 such places it takes those of proposals first and then those said most. What takes part in no grouping
 * (other languages, no word) has no place. The same input and seed give the same map.
 */
export function mapUtterances(context: Context): DiscoveryMap {
  const { units, utterances, points, grouping, seed } = context;
  const inTopic = (unit: number) => grouping.fates[unit]!.kind === 'topic';
  const rows = Array.from(units.keys())
    .filter((unit) => units[unit]!.members.length > 0)
    .sort(
      (a, b) =>
        Number(inTopic(b)) - Number(inTopic(a)) ||
        context.interactionsOf(b) - context.interactionsOf(a) ||
        a - b,
    )
    .slice(0, mostUnits)
    .sort((a, b) => a - b);
  const mapped = selectRows(points, rows);
  const neighbours = nearestNeighbours(mapped, Math.min(neighbourCount, Math.max(rows.length - 1, 0)), {
    seed,
  });
  const places = layoutMap(mapped, neighbours, { seed });
  return {
    schemaVersion: 1,
    points: rows.flatMap((unit, row) =>
      units[unit]!.members.map((member) => ({
        id: utterances[member]!.id,
        x: toThousandth(places[2 * row]!),
        y: toThousandth(places[2 * row + 1]!),
      })),
    ),
  };
}

function toThousandth(value: number): number {
  // Adding 0 turns −0 into 0.
  return Math.round(value * 1_000) / 1_000 + 0;
}
