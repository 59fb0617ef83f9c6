import { type ServiceError } from '../errors';
import { type WireHandler, type WireRequest, type WireResponse } from '../protocol/wire';

/** What goes wrong with a call. */
export type FaultEffect =
  /** The service refuses the call, which has no effect. */
  | { kind: 'error'; error: ServiceError }
  /** The call has its effect; its answer comes only after this time. */
  | { kind: 'slow'; delayMs: number }
  /** The connection breaks, before the call has its effect or before its answer is sent. */
  | { kind: 'reset'; moment: 'before-effect' | 'after-effect' }
  /** The call has its effect; the connection breaks in the middle of its answer. */
  | { kind: 'truncated' }
  /** The call has its effect; its answer is not in the service's protocol, as from a proxy between. */
  | { kind: 'garbled' };

/** A fault that waits for its calls. */
export interface PlannedFault {
  operation: string;
  effect: FaultEffect;
  passesLeft: number;
  timesLeft: number;
  /** How many calls it made go wrong so far. */
  calls: number;
}

/** Says which calls go wrong, and how. A test changes it while the servers that share it run. */
export class FaultPlan {
  private faults: PlannedFault[] = [];
  private readonly taken = new Map<string, number>();

  /**
   * @param operation e.g. `StartImport`
   * @param times so many calls go wrong; all by default
   * @param passes so many calls go well before; none by default
   */
  inject(operation: string, effect: FaultEffect, times = Infinity, passes = 0): Readonly<PlannedFault> {
    const fault = { operation, effect, passesLeft: passes, timesLeft: times, calls: 0 };
    this.faults.push(fault);
    return fault;
  }

  /** From now on all goes well. */
  clear(): void {
    this.faults = [];
  }

  /** How many calls of an operation had their effect. */
  effects(operation: string): number {
    return this.taken.get(operation) ?? 0;
  }

  /** The fault of this call, if it is to have one. */
  next(operation: string): FaultEffect | undefined {
    const fault = this.faults.find((one) => one.operation === operation && one.timesLeft > 0);
    if (fault === undefined) return undefined;
    if (fault.passesLeft > 0) {
      fault.passesLeft--;
      return undefined;
    }
    fault.timesLeft--;
    fault.calls++;
    return fault.effect;
  }

  /** Notes that a call had its effect. */
  tookEffect(operation: string): void {
    this.taken.set(operation, this.effects(operation) + 1);
  }
}

/** How a service names its operations and words its errors. */
export interface FaultProtocol {
  /** Null for a request that is no call of an operation. */
  operationOf(request: WireRequest): string | null;
  errorAnswer(request: WireRequest, error: ServiceError): WireResponse;
}

/** A server's handler, with the faults of the plan. */
export function withFaults(plan: FaultPlan, protocol: FaultProtocol, handler: WireHandler): WireHandler {
  return async (request) => {
    const operation = protocol.operationOf(request);
    if (operation === null) return handler(request);
    const effect = plan.next(operation);
    if (effect?.kind === 'error') return protocol.errorAnswer(request, effect.error);
    if (effect?.kind === 'reset' && effect.moment === 'before-effect') return brokenConnection;
    const answer = await handler(request);
    if (answer.status < 400) plan.tookEffect(operation);
    switch (effect?.kind) {
      case undefined:
        return answer;
      case 'slow':
        await new Promise<void>((resolve) => setTimeout(resolve, effect.delayMs).unref());
        return answer;
      case 'reset':
        return brokenConnection;
      case 'truncated':
        return { ...answer, breaksOff: 'in-answer' };
      case 'garbled':
        return { status: answer.status, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway' };
    }
  };
}

const brokenConnection: WireResponse = { status: 500, headers: {}, body: '', breaksOff: 'before-answer' };
