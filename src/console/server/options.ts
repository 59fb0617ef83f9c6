import type { Client } from '@temporalio/client';
import type { PipelineConfiguration } from '../../domain/pipeline';
import type { ObjectStore } from '../../platform/storage/object-store';
import type { Role } from '../api';

/** Where the console's pipelines are described. */
export interface PipelineSource {
  names(): Promise<string[]>;
  /** @param name one of `names` */
  read(name: string): Promise<PipelineConfiguration>;
}

/** Who may come in, and how. */
export type ConsoleAccess =
  /** By links that the server hands out, each once: whoever has one is this person. */
  | { kind: 'link'; author: string; role: Role }
  /** By an OpenID Connect provider. */
  | { kind: 'openid'; provider: OpenIdProvider };

/** A person whom a provider vouches for. */
export interface Identity {
  author: string;
  role: Role;
}

/** What has to be remembered of a sign-in between its two halves. */
export interface PendingSignIn {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** An OpenID Connect provider, by the authorization code flow with PKCE. */
export interface OpenIdProvider {
  /** Where the browser goes first, and what has to be remembered until it comes back. */
  begin(): Promise<{ location: string; pending: PendingSignIn }>;
  /**
   * @param callback the whole address that the browser came back to
   * @throws SignInError when the provider, or a claim, says no
   */
  complete(callback: URL, pending: PendingSignIn): Promise<Identity>;
}

export interface ConsoleOptions {
  client: Client;
  store: ObjectStore;
  pipelines: PipelineSource;
  access: ConsoleAccess;
  /** What browsers call this server, e.g. `https://ciclo.example.org`; null on the loopback, whatever the port. */
  publicUrl: string | null;
  /** Base of links into the Temporal UI, with the namespace: `http://127.0.0.1:8233/namespaces/default`. */
  temporalUi: string | null;
  /** The built page; null serves the routes alone. */
  pageFolder: string | null;
  /** What one address may ask in a minute; 600 where nothing is said. */
  requestsAMinute?: number;
  now?: () => Date;
}
