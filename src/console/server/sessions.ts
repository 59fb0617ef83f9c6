import { createHash, randomBytes } from 'node:crypto';
import type { Identity, PendingSignIn } from './options';

/** A working day: whoever decides in the morning need not come in again in the afternoon. */
const sessionMs = 12 * 3_600_000;
/** A printed link may be opened as late as that. */
const linkMs = 24 * 3_600_000;
const signInMs = 10 * 60_000;
/** More at once are not to be expected; the oldest give way. */
const mostEntries = 10_000;

export interface OpenSession extends Identity {
  authentication: 'link' | 'openid';
  csrfToken: string;
  expiresAt: Date;
}

/**
 * Sessions, links that were not opened yet, and sign-ins under way. In memory only: when the server ends, all are over.
 * What a browser holds is kept as its hash.
 */
export class Sessions {
  private readonly sessions = new ExpiringMap<OpenSession>();
  private readonly links = new ExpiringMap<Identity>();
  private readonly signIns = new ExpiringMap<PendingSignIn>();

  constructor(private readonly now: () => Date) {}

  /** A token that lets somebody in once. */
  issueLink(identity: Identity): string {
    return this.links.add(identity, this.later(linkMs), this.now());
  }

  /** Lets in whoever brings a token; null for one that was used, is too old or never was. */
  redeemLink(token: string): { id: string; session: OpenSession } | null {
    const identity = this.links.take(token, this.now());
    return identity && this.open(identity, 'link');
  }

  open(
    { author, role }: Identity,
    authentication: OpenSession['authentication'],
  ): { id: string; session: OpenSession } {
    const expiresAt = this.later(sessionMs);
    const session = { author, role, authentication, csrfToken: newSecret(), expiresAt };
    return { id: this.sessions.add(session, expiresAt, this.now()), session };
  }

  find(id: string): OpenSession | null {
    return this.sessions.get(id, this.now());
  }

  end(id: string): void {
    this.sessions.take(id, this.now());
  }

  rememberSignIn(pending: PendingSignIn): string {
    return this.signIns.add(pending, this.later(signInMs), this.now());
  }

  /** What was remembered, once. */
  takeSignIn(id: string): PendingSignIn | null {
    return this.signIns.take(id, this.now());
  }

  private later(ms: number): Date {
    return new Date(this.now().getTime() + ms);
  }
}

/** Values under secrets of which only the hash is kept, so that looking one up tells nothing by its time. */
class ExpiringMap<T> {
  private readonly entries = new Map<string, { value: T; expiresMs: number }>();

  /** @returns the secret */
  add(value: T, expires: Date, now: Date): string {
    for (const [key, entry] of this.entries) {
      if (entry.expiresMs > now.getTime() && this.entries.size < mostEntries) continue;
      this.entries.delete(key);
    }
    const secret = newSecret();
    this.entries.set(hash(secret), { value, expiresMs: expires.getTime() });
    return secret;
  }

  get(secret: string, now: Date): T | null {
    const entry = this.entries.get(hash(secret));
    return entry && entry.expiresMs > now.getTime() ? entry.value : null;
  }

  take(secret: string, now: Date): T | null {
    const value = this.get(secret, now);
    this.entries.delete(hash(secret));
    return value;
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
