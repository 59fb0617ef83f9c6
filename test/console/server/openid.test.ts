import assert from 'node:assert/strict';
import type { Client } from '@temporalio/client';
import type { ConsoleErrorBody, Session } from '../../../src/console/api';
import { createConsoleServer, type Console } from '../../../src/console/server';
import { startConsole } from '../../../src/console/server/listen';
import { identityOf, openIdAccess } from '../../../src/console/server/openid';
import { InvalidConfigurationError } from '../../../src/domain/errors';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import { withEnvironment } from '../../support/environment';
import { clientId, OpenIdStandIn } from '../openid-stand-in';

describe('console: sign-in by OpenID Connect', function () {
  this.timeout(20_000);
  const provider = new OpenIdStandIn();
  let console: Console;
  const url = 'http://127.0.0.1:8280';
  const host = { host: '127.0.0.1:8280' };
  const environment = () => ({
    CICLO_CONSOLE_URL: url,
    CICLO_CONSOLE_OPENID_ISSUER: provider.issuer,
    CICLO_CONSOLE_OPENID_CLIENT_ID: clientId,
    CICLO_CONSOLE_OPENID_CLIENT_SECRET: 'secret',
    CICLO_CONSOLE_OPENID_ROLE_CLAIM: 'groups',
    CICLO_CONSOLE_OPENID_ROLES: 'reviewer=analysts,admin=owners',
  });
  const options = {
    // Nothing of what is asked here reaches Temporal.
    client: { withAbortSignal: (_signal: AbortSignal, work: () => unknown) => work() } as unknown as Client,
    store: openObjectStore(),
    pipelines: { names: () => Promise.resolve([]), read: () => Promise.reject(new Error('none')) },
    publicUrl: url,
    temporalUi: null,
    pageFolder: null,
  };

  before(async () => {
    await provider.start();
    const access = await withEnvironment(environment(), openIdAccess);
    assert.ok(access);
    console = await createConsoleServer({ ...options, access });
  });
  after(async () => {
    await console.server.close();
    provider.stop();
  });

  /** Goes to the provider and comes back. */
  async function signIn(claims: Record<string, unknown>, change: (callback: URL) => void = () => undefined) {
    const begun = await console.server.inject({ url: '/sign-in', headers: host });
    const location = new URL(String(begun.headers.location));
    const wanted = location.searchParams;
    assert.equal(wanted.get('redirect_uri'), `${url}/sign-in/callback`);
    assert.equal(wanted.get('code_challenge_method'), 'S256');
    Object.assign(provider, { claims, challenge: wanted.get('code_challenge'), nonce: wanted.get('nonce') });
    const callback = new URL('/sign-in/callback', url);
    callback.search = new URLSearchParams({ code: 'c', state: wanted.get('state') ?? '' }).toString();
    change(callback);
    const [pending] = begun.cookies;
    const cookie = `${pending?.name}=${pending?.value}`;
    const path = `${callback.pathname}${callback.search}`;
    return { path, cookie, answer: await console.server.inject({ url: path, headers: { ...host, cookie } }) };
  }

  it('names the author and gives the highest of the roles', async () => {
    const { path, cookie, answer } = await signIn({
      email: 'ana@example.org',
      groups: ['analysts', 'owners', 'x'],
    });
    assert.equal(answer.statusCode, 303, answer.body);
    const session = answer.cookies.find(({ name, value }) => name === 'ciclo-session' && value !== '');
    const asked = await console.server.inject({
      url: '/api/session',
      headers: { ...host, cookie: `ciclo-session=${session?.value}` },
    });
    const { author, role, authentication } = asked.json<Session>();
    assert.deepEqual([author, role, authentication], ['ana@example.org', 'admin', 'openid']);
    const again = await console.server.inject({ url: path, headers: { ...host, cookie } });
    assert.equal(again.statusCode, 401, 'what was begun once is completed once');
  });

  it('refuses whom the provider does not vouch for', async () => {
    const cases: [Record<string, unknown>, ((callback: URL) => void)?][] = [
      [{ email: 'ana@example.org', groups: ['visitors'] }],
      [{ groups: ['owners'] }],
      [{ email: 'ana@example.org', email_verified: false, groups: ['owners'] }],
      [{ email: 'ana@example.org', groups: ['owners'], nonce: 'another' }],
      [{ email: 'ana@example.org', groups: ['owners'], aud: 'another' }],
      [
        { email: 'ana@example.org', groups: ['owners'] },
        (callback) => callback.searchParams.set('state', 'x'),
      ],
    ];
    for (const [claims, change] of cases) {
      const { answer } = await signIn(claims, change);
      const told = `${JSON.stringify(claims)} ${answer.body}`;
      assert.deepEqual(
        [answer.statusCode, answer.json<ConsoleErrorBody>().error.type],
        [401, 'SignInError'],
        told,
      );
      assert.ok(!answer.cookies.some(({ name, value }) => name === 'ciclo-session' && value !== ''), told);
    }
  });

  it('answers to its own name alone', async () => {
    const answer = await console.server.inject({ url: '/sign-in', headers: { host: 'localhost:8280' } });
    assert.equal(answer.statusCode, 403);
  });

  it('reads a role from a text as well as from a list', () => {
    const settings = {
      CICLO_CONSOLE_OPENID_AUTHOR_CLAIM: 'name',
      CICLO_CONSOLE_OPENID_ROLE_CLAIM: 'role',
      CICLO_CONSOLE_OPENID_ROLES: [{ role: 'viewer' as const, value: 'staff' }],
    };
    assert.deepEqual(identityOf({ name: 'Ana', role: 'staff' }, settings), { author: 'Ana', role: 'viewer' });
  });

  it('says what is missing in its settings, and listens beyond the machine with sign-in only', async () => {
    await withEnvironment(
      {
        ...environment(),
        CICLO_CONSOLE_OPENID_CLIENT_ID: undefined,
        CICLO_CONSOLE_URL: 'http://ciclo.example.org',
      },
      () =>
        assert.rejects(openIdAccess(), (error: Error) => {
          assert.ok(error instanceof InvalidConfigurationError);
          assert.match(error.message, /CICLO_CONSOLE_URL: must be https.*CICLO_CONSOLE_OPENID_CLIENT_ID/);
          return true;
        }),
    );
    const byLink = { ...options, access: { kind: 'link' as const, author: 'ana', role: 'admin' as const } };
    await assert.rejects(startConsole(byLink, { host: '0.0.0.0', port: 0 }), InvalidConfigurationError);
  });
});
