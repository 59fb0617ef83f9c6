import { canonicalJson } from './canonical-json';
import type { Sentence } from './language';
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
  /** Why it was reused, or why it had to run. */
  explanation: Sentence;
}

/** The same text for the same work. An artifact counts by its content, wherever it lies. */
export function identityOf(work: StageWork): string {
  return canonicalJson({
    codeVersion: work.codeVersion,
    inputs: Object.fromEntries(Object.entries(work.inputs).map(([name, input]) => [name, contentOf(input)])),
    parameters: work.parameters,
  });
}

/** Why a stage was not looked up, or was found. */
export const reuseExplanations = {
  switchedOff: { en: 'Ran: reuse was switched off.', es: 'Se ejecutó: la reutilización estaba desactivada.' },

  reused: (cycle: number): Sentence => ({
    en: `Reused from cycle ${cycle}: the same inputs, parameters and code.`,
    es: `Se toma del ciclo ${cycle}: las mismas entradas, los mismos parámetros y el mismo código.`,
  }),

  draftAsBuilt: (runName: string): Sentence => ({
    en: `DRAFT was not imported and built again: "${runName}" left it just so.`,
    es: `DRAFT no se importó ni se compiló otra vez: «${runName}» ya lo dejó así.`,
  }),
};

/**
 * Says what is different from the last time that the stage ran.
 * @param last the work of that run; null when there was none
 */
export function explainMiss(work: StageWork, last: (StageWork & { cycle: number }) | null): Sentence {
  if (last === null) {
    return {
      en: 'Ran: no earlier result of this stage is kept.',
      es: 'Se ejecutó: no se guarda ningún resultado anterior de esta etapa.',
    };
  }
  const inputs = changed(work.inputs, last.inputs, contentOf);
  const parameters = changed(work.parameters, last.parameters, (value) => canonicalJson(value ?? null)).map(
    (name) => ({
      name,
      change: `(${canonicalJson(last.parameters[name] ?? null)} → ${canonicalJson(work.parameters[name] ?? null)})`,
    }),
  );
  const code = work.codeVersion === last.codeVersion ? [] : [`(${last.codeVersion} → ${work.codeVersion})`];
  if (inputs.length + parameters.length + code.length === 0) {
    return {
      en: `Ran: the result of cycle ${last.cycle} is no longer whole.`,
      es: `Se ejecutó: el resultado del ciclo ${last.cycle} ya no está entero.`,
    };
  }
  const list = (words: { input: string; parameter: string; code: string }) =>
    [
      ...inputs.map((name) => `${words.input} "${name}"`),
      ...parameters.map(({ name, change }) => `${words.parameter} "${name}" ${change}`),
      ...code.map((change) => `${words.code} ${change}`),
    ].join(', ');
  return {
    en: `Ran: since cycle ${last.cycle}, changed ${list({ input: 'input', parameter: 'parameter', code: 'code' })}.`,
    es: `Se ejecutó: desde el ciclo ${last.cycle} cambió ${list({ input: 'la entrada', parameter: 'el parámetro', code: 'el código' })}.`,
  };
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
