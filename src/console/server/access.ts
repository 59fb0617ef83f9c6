import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { csrfHeader, roles, type Role } from '../api';
import { ForeignRequestError, NoSessionError, NotAllowedError, SignInError } from './errors';
import type { ConsoleOptions } from './options';
import type { OpenSession, Sessions } from './sessions';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever asks; null outside `/api`. */
    consoleSession: OpenSession | null;
  }
  interface FastifyContextConfig {
    /** The least role that the route wants; `viewer` where nothing is said. */
    role?: Role;
  }
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Lets nothing through that does not come from the console's own page, from somebody signed in, with the role that the
 * route wants.
 */
export function guard(server: FastifyInstance, options: ConsoleOptions, sessions: Sessions): void {
  const isSecure = options.publicUrl?.startsWith('https:') ?? false;
  const cookie = {
    // The prefix keeps other hosts of the same domain from setting it.
    name: isSecure ? '__Host-ciclo-session' : 'ciclo-session',
    settings: { path: '/', httpOnly: true, secure: isSecure, sameSite: 'strict' as const },
  };
  // Lax: the provider sends the browser back from its own site.
  const signInCookie = {
    name: isSecure ? '__Host-ciclo-sign-in' : 'ciclo-sign-in',
    settings: { ...cookie.settings, sameSite: 'lax' as const },
  };

  server.decorateRequest('consoleSession', null);

  server.addHook('onRequest', (request, _reply, next) => {
    requireOwnHost(request, options.publicUrl);
    if (!isRoute(request)) return next();
    const id = request.cookies[cookie.name];
    const session = id === undefined ? null : sessions.find(id);
    if (session === null) throw noSession(options);
    requireRole(session, request.routeOptions.config.role ?? 'viewer');
    if (request.method !== 'GET' && request.method !== 'HEAD') requireOwnPage(request, session);
    request.consoleSession = session;
    next();
  });

  /** The link that the start printed: its token is exchanged for a session before the page sees it. */
  server.addHook('onRequest', async (request, reply) => {
    if (isRoute(request) || request.method !== 'GET') return;
    const address = new URL(request.url, 'http://console');
    const token = address.searchParams.get('token');
    if (token === null) return;
    const opened = sessions.redeemLink(token);
    if (opened) signIn(reply, opened.id, opened.session);
    address.searchParams.delete('token');
    // Two slashes would lead to another host.
    const path = address.pathname.replace(/^\/+/, '/');
    return reply.redirect(`${path}${address.search}`, 303);
  });

  server.post('/api/session/end', { schema: { hide: true } }, async (request, reply) => {
    sessions.end(request.cookies[cookie.name] ?? '');
    reply.clearCookie(cookie.name, cookie.settings);
    return { done: true };
  });

  if (options.access.kind === 'openid') {
    const { provider } = options.access;
    server.get('/sign-in', async (_request, reply) => {
      const { location, pending } = await provider.begin();
      reply.setCookie(signInCookie.name, sessions.rememberSignIn(pending), signInCookie.settings);
      return reply.redirect(location, 303);
    });
    server.get('/sign-in/callback', async (request, reply) => {
      const pending = sessions.takeSignIn(request.cookies[signInCookie.name] ?? '');
      reply.clearCookie(signInCookie.name, signInCookie.settings);
      if (pending === null)
        throw new SignInError({
          en: 'This sign-in was not begun here, or too long ago. Begin again at /sign-in.',
          es: 'Este inicio de sesión no empezó aquí, o hace demasiado tiempo. Empiece otra vez en /sign-in.',
        });
      const callback = new URL(request.url, options.publicUrl ?? ownOrigin(request));
      const { id, session } = sessions.open(await provider.complete(callback, pending), 'openid');
      signIn(reply, id, session);
      return reply.redirect('/', 303);
    });
  }

  function signIn(reply: FastifyReply, id: string, { expiresAt }: OpenSession): void {
    reply.setCookie(cookie.name, id, { ...cookie.settings, expires: expiresAt });
  }
}

/** Whoever asks, on a route below `/api`. */
export function sessionOf(request: FastifyRequest): OpenSession {
  if (!request.consoleSession) throw new Error(`${request.url} is no route that wants a session.`);
  return request.consoleSession;
}

export function hasRole({ role }: Pick<OpenSession, 'role'>, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted);
}

/** By the route that was found: an address can be written in many ways. */
function isRoute(request: FastifyRequest): boolean {
  return request.routeOptions.url?.startsWith('/api/') ?? false;
}

function requireRole(session: OpenSession, wanted: Role): void {
  if (hasRole(session, wanted)) return;
  throw new NotAllowedError(
    {
      en: `This takes the role "${wanted}", and ${session.author} has "${session.role}". Ask whoever administers the console.`,
      es: `Esto requiere el rol «${wanted}», y ${session.author} tiene «${session.role}». Pídalo a quien administra la consola.`,
    },
    { role: session.role, wanted },
  );
}

/** A name of somebody else's that leads to this machine would let their pages speak with us (DNS rebinding). */
function requireOwnHost(request: FastifyRequest, publicUrl: string | null): void {
  const host = request.headers.host ?? '';
  const isOurs =
    publicUrl === null
      ? loopbackNames.has(host.toLowerCase().replace(/:\d+$/, ''))
      : host.toLowerCase() === new URL(publicUrl).host;
  if (isOurs) return;
  throw new ForeignRequestError(
    publicUrl === null
      ? {
          en: 'This console answers on the loopback only: open it as http://127.0.0.1 or http://localhost.',
          es: 'Esta consola solo responde en esta máquina: ábrala como http://127.0.0.1 o http://localhost.',
        }
      : {
          en: `This console is ${publicUrl}: open it there.`,
          es: `Esta consola es ${publicUrl}: ábrala allí.`,
        },
  );
}

function requireOwnPage(request: FastifyRequest, session: OpenSession): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const given = request.headers[csrfHeader];
  const isOwn =
    (origin === undefined || new Set([ownOrigin(request), `https://${request.headers.host}`]).has(origin)) &&
    (site === undefined || site === 'same-origin') &&
    typeof given === 'string' &&
    isSame(given, session.csrfToken);
  if (isOwn) return;
  throw new ForeignRequestError({
    en: `A change must come from the console's own page, with the header ${csrfHeader} of its session (GET /api/session). Reload the page.`,
    es: 'Un cambio tiene que venir de la página de la consola y de su sesión actual. Recargue la página.',
  });
}

function ownOrigin(request: FastifyRequest): string {
  return `http://${request.headers.host}`;
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function noSession({ access }: ConsoleOptions): NoSessionError {
  return new NoSessionError(
    access.kind === 'link'
      ? {
          en: 'Nobody is signed in here: open the link that "npm start" or "npx ciclo console" printed. Each lets you in once; starting again prints another.',
          es: 'Nadie ha entrado aquí: abra el enlace que mostró «npm start» o «npx ciclo console». Cada uno sirve una vez; al iniciar de nuevo sale otro.',
        }
      : {
          en: 'Nobody is signed in here: go to /sign-in.',
          es: 'Nadie ha iniciado sesión aquí: vaya a /sign-in.',
        },
    { signIn: access.kind },
  );
}
