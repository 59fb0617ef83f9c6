import type { GateReason } from '../../gate';

/** A number among a reason's facts. */
export function numberOf(reason: GateReason, fact: string): number {
  return Number(reason.facts[fact] ?? 0);
}

/** A name among a reason's facts. */
export function nameOf(reason: GateReason, fact: string): string {
  return String(reason.facts[fact] ?? '');
}
