import type { MapPoints } from '../../api';
import { asVisible } from '../text/visible';
import { isToldApart, type Colouring } from './colours';

/** A name on the map. */
export interface MapLabel {
  text: string;
  x: number;
  y: number;
  isCurrent: boolean;
}

/** More names than these would cover the points. */
const mostLabels = 20;
const height = 16;
/** Between two names, in pixels. */
const gap = 4;

/**
 * Names of the largest groups that the colouring tells apart at the middle of their points, and that of the current one:
 * that first, then the ones of most interactions.
 */
export function labelsOf(points: MapPoints, colouring: Colouring, current: string | null): MapLabel[] {
  const members = points.groups.map((): { x: number[]; y: number[]; count: number } => ({
    x: [],
    y: [],
    count: 0,
  }));
  points.group.forEach((group, index) => {
    const of = members[group];
    if (!of) return;
    of.x.push(points.x[index]!);
    of.y.push(points.y[index]!);
    of.count += points.count[index]!;
  });
  const median = (values: number[]) => values.sort((one, other) => one - other)[values.length >> 1] ?? 0;
  return points.groups
    .map((group, index) => ({ group, ...members[index]! }))
    .filter(({ group, x }) => x.length > 0 && (isToldApart(group, colouring) || group.id === current))
    .sort(
      (one, other) =>
        Number(other.group.id === current) - Number(one.group.id === current) || other.count - one.count,
    )
    .slice(0, mostLabels)
    .map(({ group, x, y }) => ({
      text: asVisible(group.name, 40),
      x: median(x),
      y: median(y),
      isCurrent: group.id === current,
    }));
}

/** A name in its place in the window, which `x` and `y` are the middle of. */
export interface PlacedLabel {
  label: MapLabel;
  x: number;
  y: number;
  width: number;
}

/** Those that cover none of the names before them: enlarging the map makes room for the others. */
export function withoutOverlaps(placed: readonly PlacedLabel[]): PlacedLabel[] {
  const shown: PlacedLabel[] = [];
  for (const one of placed) {
    const covers = shown.some(
      (other) =>
        Math.abs(one.x - other.x) < (one.width + other.width) / 2 + gap &&
        Math.abs(one.y - other.y) < height + gap,
    );
    if (!covers) shown.push(one);
  }
  return shown;
}
