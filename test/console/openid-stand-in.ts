import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As which the console is registered with the stand-in. */
export const clientId = 'ciclo-console';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const base64url = (text: string | Buffer) => Buffer.from(text).toString('base64url');

/**
 * A stand-in for an OpenID Connect provider: it lets everybody in as whoever the test wants, without a form to fill in,
 * and looks at what a provider looks at.
 */
export class OpenIdStandIn {
  private readonly server: Server;
  issuer = '';
  claims: Record<string, unknown> = {};
  challenge = '';
  nonce = '';

  constructor() {
    this.server = createServer((request, response) => {
      const reply = (status: number, body: object) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (request.url === '/.well-known/openid-configuration') {
        return reply(200, {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      }
      if (request.url === '/keys')
        return reply(200, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }],
        });
      const asked = new URL(request.url ?? '/', this.issuer);
      if (asked.pathname === '/authorize') {
        const of = (name: string) => asked.searchParams.get(name) ?? '';
        this.challenge = of('code_challenge');
        this.nonce = of('nonce');
        const back = new URL(of('redirect_uri'));
        back.search = new URLSearchParams({ code: 'c', state: of('state') }).toString();
        return response.writeHead(303, { location: back.href }).end();
      }
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const verifier = new URLSearchParams(body).get('code_verifier') ?? '';
        const isProven = createHash('sha256').update(verifier).digest('base64url') === this.challenge;
        if (isProven) reply(200, { access_token: 'x', token_type: 'Bearer', id_token: this.idToken() });
        else reply(400, { error: 'invalid_grant' });
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private idToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, aud: clientId, sub: '1', iat: now, exp: now + 60, nonce: this.nonce };
    const head = base64url(JSON.stringify({ alg: 'RS256', kid: '1' }));
    const signed = `${head}.${base64url(JSON.stringify({ ...claims, ...this.claims }))}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  }
}
