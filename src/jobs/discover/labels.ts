import type { Unit } from './units';

/** What each unit is known to belong to, as numbers. */
export interface Labels {
  /** For each unit the number of its intent; rejected phrases have the one after; −1 where nothing is known. */
  groups: Int32Array;
  /** Names by number; null for what was rejected. */
  names: (string | null)[];
  /** How many of the numbers are intents. */
  intentCount: number;
  /** Units with a number. */
  known: number[];
}

export function labelUnits(units: readonly Unit[]): Labels {
  const intents = units.flatMap((unit) => (unit.intent === null || unit.rejected ? [] : [unit.intent]));
  const names: (string | null)[] = [...new Set(intents)].sort();
  const intentCount = names.length;
  if (units.some((unit) => unit.rejected)) names.push(null);
  const numbers = new Map(names.map((name, number) => [name, number]));
  const groups = Int32Array.from(units, (unit) =>
    unit.rejected ? intentCount : unit.intent === null ? -1 : numbers.get(unit.intent)!,
  );
  return { groups, names, intentCount, known: Array.from(units.keys()).filter((unit) => groups[unit]! >= 0) };
}
