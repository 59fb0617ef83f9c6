import { ServiceError } from '../../../src/local/aws/errors';
import { archiveDownload, archiveUpload } from '../../../src/local/aws/faults/protocols';
import type { FaultEffect } from '../../../src/local/aws/faults/fault-plan';
import { commonErrors, documentedErrors } from './documented-errors';
import { namedFailure, type AttemptEnd, type FaultWorld } from './fault-world';
import { packageOf, type Scenario } from './scenarios';

/** A fault as the table names it. */
export interface NamedFault {
  name: string;
  effect: FaultEffect;
}

/** What one fault that does not pass does to one attempt of an activity, or to one use of the payload codec. */
export interface Measured {
  scenario: Scenario;
  fault: string;
  end:
    | { kind: 'failed'; type: string; message: string; permanent: boolean; delayMs: number | null }
    | { kind: 'goes-on' }
    | { kind: 'cancelled' };
}

/** Longer than any client waits. */
const endlessMs = 120_000;

export const brokenConnections: NamedFault[] = [
  { name: 'connection reset before the effect', effect: { kind: 'reset', moment: 'before-effect' } },
  { name: 'connection reset after the effect', effect: { kind: 'reset', moment: 'after-effect' } },
  { name: 'answer cut short', effect: { kind: 'truncated' } },
  { name: 'answer in another format', effect: { kind: 'garbled' } },
  { name: 'no answer', effect: { kind: 'slow', delayMs: endlessMs } },
];

/** Everything that can go wrong with a scenario's operation. */
export function faultsOf({ service, operation }: Scenario): NamedFault[] {
  if (operation === archiveUpload || operation === archiveDownload) {
    const refused = new ServiceError('AccessDenied', 403, 'Made by a test.');
    return [
      { name: 'HTTP 403', effect: { kind: 'error', error: refused } },
      ...brokenConnections.filter(({ effect }) => effect.kind !== 'garbled'),
    ];
  }
  const protocol = service === 'SNS' ? 'query' : service === 'S3' ? 's3' : 'json';
  const documented = documentedErrors(packageOf[service], operation, protocol);
  const common = commonErrors[protocol].filter(({ name }) => !documented.some((one) => one.name === name));
  return [
    ...[...documented, ...common].map(({ name, wire }) => ({
      name,
      effect: { kind: 'error', error: wire } as const,
    })),
    // An object may be anything: another content of it is no fault of the protocol.
    ...brokenConnections.filter(
      ({ effect }) => !/^(Get|Head)Object$/.test(operation) || effect.kind !== 'garbled',
    ),
  ];
}

/**
 * Lets every call of the scenario's operation go wrong for one attempt of what calls it.
 * @throws Error when the attempt does not end, or never gets as far as the fault
 */
export async function measure(world: FaultWorld, scenario: Scenario, fault: NamedFault): Promise<Measured> {
  const end = await meet(world, scenario, fault);
  const measured = (what: Measured['end']): Measured => ({ scenario, fault: fault.name, end: what });
  if (end.kind === 'done') return measured({ kind: 'goes-on' });
  if (end.kind === 'still-trying') {
    throw new Error(`${scenario.operation}, ${fault.name}: the attempt does not end.`);
  }
  const failure = namedFailure(end);
  if (failure === null) return measured({ kind: 'cancelled' });
  const delay = failure.nextRetryDelay as number | undefined;
  return measured({
    kind: 'failed',
    type: failure.type ?? failure.name,
    message: failure.message,
    permanent: failure.nonRetryable ?? false,
    delayMs: delay ?? null,
  });
}

/**
 * How the attempt that meets the fault ends. A pooled connection may break in the moment of its next use, on a busy
 * machine before all; such an attempt says nothing of the fault.
 */
async function meet(
  world: FaultWorld,
  scenario: Scenario,
  { name, effect }: NamedFault,
): Promise<AttemptEnd> {
  const missed: AttemptEnd[] = [];
  while (missed.length < 3) {
    const attempt = await scenario.prepare();
    const injected = world.faults.inject(scenario.operation, effect);
    const end = await attempt({ impatientClients: effect.kind === 'slow' });
    world.faults.clear();
    if (injected.calls > 0 && !(effect.kind === 'error' && endedByConnection(end))) return end;
    missed.push(end);
  }
  throw new Error(`${scenario.operation}, ${name}: no attempt met the fault: ${JSON.stringify(missed)}`);
}

function endedByConnection(end: AttemptEnd): boolean {
  return /ECONNRESET|EPIPE|socket hang up|TimeoutError/.test(namedFailure(end)?.message ?? '');
}
