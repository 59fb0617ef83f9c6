import { canonicalJson } from './canonical-json';
import type { StageManifest } from './stage-manifest';

/** What a stage's result depends on: while none of it changes, the result is the same. */
export interface StageWork {
  inputs: StageManifest['inputs'];
  parameters: StageManifest['parameters'];
  /** The version of the code; null for what people decided, which no code changes. */
  codeVersion: string | null;
}

/** How a stage came by its result. */
export interface StageReuse {
  /** The cycle that made the result; null when the stage ran. */
  fromCycle: number | null;
  /** Why it was reused, or why it had to run: one sentence. */
  explanation: string;
}

/** The same text for the same work. An artifact counts by its content, wherever it lies. */
export function identityOf(work: StageWork): string {
  return canonicalJson({
    codeVersion: work.codeVersion,
    inputs: Object.fromEntries(Object.entries(work.inputs).map(([name, input]) => [name, contentOf(input)])),
    parameters: work.parameters,
  });
}

/**
 * Says what is different from the last time that the stage ran.
 * @param last the work of that run; null when there was none
 */
export function explainMiss(work: StageWork, last: (StageWork & { cycle: number }) | null): string {
  if (last === null) return 'Ran: no earlier result of this stage is kept.';
  const changes = [
    ...changed(work.inputs, last.inputs, contentOf).map((name) => `input "${name}"`),
    ...changed(work.parameters, last.parameters, (value) => canonicalJson(value ?? null)).map(
      (name) =>
        `parameter "${name}" (${canonicalJson(last.parameters[name] ?? null)} → ${canonicalJson(work.parameters[name] ?? null)})`,
    ),
    ...(work.codeVersion === last.codeVersion ? [] : [`code (${last.codeVersion} → ${work.codeVersion})`]),
  ];
  return changes.length === 0
    ? `Ran: the result of cycle ${last.cycle} is no longer whole.`
    : `Ran: since cycle ${last.cycle}, changed ${changes.join(', ')}.`;
}

/** The names under which two records differ. */
function changed<T>(
  one: Record<string, T>,
  other: Record<string, T>,
  content: (value: T | undefined) => unknown,
): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names.filter((name) => content(one[name]) !== content(other[name]));
}

function contentOf(input: StageManifest['inputs'][string] | undefined): string | null {
  return typeof input === 'object' && input !== null ? input.sha256 : (input ?? null);
}
