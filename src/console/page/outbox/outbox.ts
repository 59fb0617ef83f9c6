import type { DecisionRequest } from '../../api';
import { RequestError } from '../requests/client';

/** A decision that a person took and the server has not confirmed yet. */
export interface WaitingDecision {
  /** With an id of its own, under which the server takes it once, however often it is sent. */
  request: DecisionRequest;
  /** Whether a try failed or takes long, so that it waits for the server. */
  isDelayed: boolean;
}

export interface OutboxStorage {
  read: () => string | null;
  write: (content: string | null) => void;
}

/** Where decisions go, and who is told what became of them. */
export interface OutboxConnection {
  /**
   * @returns with how many decisions the review holds this one
   * @throws RequestError
   */
  send: (request: DecisionRequest) => Promise<number>;
  stored: (request: DecisionRequest) => void;
  /** The server said no: this one and those taken after it were given up, for they built on it. */
  refused: (request: DecisionRequest, error: RequestError, givenUp: number) => void;
}

/** What was decided here and does not show in the review yet, in the order in which it was decided. */
export interface OutboxContent {
  waiting: readonly WaitingDecision[];
  /** Stored already, but the page has not read a review since that holds so many decisions. */
  stored: readonly { request: DecisionRequest; decisions: number }[];
}

const firstPauseMs = 1_000;
const longestPauseMs = 8_000;
/** A decision that is on its way for longer waits for somebody, and is shown so. */
const patienceMs = 3_000;

/**
 * Sends decisions one after another in the order in which they were taken, and keeps those that cannot be stored yet:
 * beyond a reload, until a worker answers again.
 */
export class Outbox {
  private content: OutboxContent;
  private readonly listeners = new Set<() => void>();
  private isSending = false;
  private connection: OutboxConnection | null = null;

  constructor(private readonly storage: OutboxStorage) {
    this.content = { waiting: parseStored(storage.read()), stored: [] };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): OutboxContent => this.content;

  add(request: Omit<DecisionRequest, 'id'>): void {
    this.set([...this.content.waiting, { request: { ...request, id: randomId() }, isDelayed: false }]);
    void this.send();
  }

  /** Begins to send, or goes on through another connection; takes up what an earlier page left. */
  open(connection: OutboxConnection): void {
    this.connection = connection;
    void this.send();
  }

  /** The page shows a review with so many decisions: those of here among them need not be remembered. */
  shown(decisions: number): void {
    const stored = this.content.stored.filter((one) => one.decisions > decisions);
    if (stored.length < this.content.stored.length) this.set(this.content.waiting, stored);
  }

  private async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    let pauseMs = firstPauseMs;
    try {
      for (;;) {
        const [first] = this.content.waiting;
        if (!first || !this.connection) return;
        const patience = setTimeout(() => this.delayFirst(), patienceMs);
        try {
          this.finishFirst(await this.connection.send(first.request));
          pauseMs = firstPauseMs;
        } catch (error) {
          if (!(error instanceof RequestError)) throw error;
          if (!error.isTemporary && error.status !== 401) this.giveUp(first.request, error);
          else {
            this.delayFirst();
            await new Promise((resolve) => setTimeout(resolve, pauseMs));
            pauseMs = Math.min(pauseMs * 2, longestPauseMs);
          }
        } finally {
          clearTimeout(patience);
        }
      }
    } finally {
      this.isSending = false;
    }
  }

  private finishFirst(decisions: number): void {
    const [first, ...others] = this.content.waiting;
    if (!first) return;
    const { request } = first;
    this.set(others, [...this.content.stored, { request, decisions }]);
    this.connection?.stored(request);
  }

  private giveUp(request: DecisionRequest, error: RequestError): void {
    const givenUp = this.content.waiting.length - 1;
    this.set([]);
    this.connection?.refused(request, error, givenUp);
  }

  private delayFirst(): void {
    const [first, ...others] = this.content.waiting;
    if (first && !first.isDelayed) this.set([{ ...first, isDelayed: true }, ...others]);
  }

  private set(waiting: OutboxContent['waiting'], stored = this.content.stored): void {
    this.content = { waiting, stored };
    this.storage.write(waiting.length === 0 ? null : JSON.stringify(waiting));
    for (const listener of this.listeners) listener();
  }
}

/** The proposals that a decision is about. */
export function subjectsOf({ decision }: DecisionRequest): readonly string[] {
  return [
    ...('proposal' in decision && decision.proposal !== undefined ? [decision.proposal] : []),
    ...('proposals' in decision ? (decision.proposals ?? []) : []),
  ];
}

/** A UUID of version 4; `crypto.randomUUID` is missing where a page comes without TLS. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** What an earlier page of this tab wrote; its own format, so anything else is nothing. */
function parseStored(content: string | null): WaitingDecision[] {
  if (content === null) return [];
  try {
    const waiting = JSON.parse(content) as WaitingDecision[];
    return Array.isArray(waiting) ? waiting.map((one) => ({ ...one, isDelayed: true })) : [];
  } catch {
    return [];
  }
}
