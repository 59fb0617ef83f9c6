import * as openid from 'openid-client';
import { z } from 'zod';
import { InvalidConfigurationError } from '../../domain/errors';
import { longestAuthor } from '../../domain/review';
import { roles, type Role } from '../api';
import { SignInError } from './errors';
import type { ConsoleAccess, Identity, OpenIdProvider } from './options';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An address that nobody on the way can read along: https, or this machine. */
const safeUrl = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && loopbackHosts.has(hostname));
}, 'must be https, or http on this machine');

/** `admin=ciclo-admins,reviewer=ciclo-reviewers`: which values of the claim give which role. */
const roleValues = z.string().transform((text, context) => {
  const pairs: { role: Role; value: string }[] = [];
  for (const pair of text.split(',')) {
    const [role = '', value = ''] = pair.split('=').map((part) => part.trim());
    const known = roles.find((one) => one === role);
    if (known && value !== '') pairs.push({ role: known, value });
    else context.addIssue({ code: 'custom', message: `"${pair}" is not viewer=…, reviewer=… or admin=…` });
  }
  return pairs;
});

const settingsSchema = z.object({
  CICLO_CONSOLE_URL: safeUrl,
  CICLO_CONSOLE_OPENID_ISSUER: safeUrl,
  CICLO_CONSOLE_OPENID_CLIENT_ID: z.string().min(1),
  CICLO_CONSOLE_OPENID_CLIENT_SECRET: z.string().min(1),
  CICLO_CONSOLE_OPENID_SCOPE: z.string().default('openid profile email'),
  CICLO_CONSOLE_OPENID_AUTHOR_CLAIM: z.string().default('email'),
  CICLO_CONSOLE_OPENID_ROLE_CLAIM: z.string().default('roles'),
  CICLO_CONSOLE_OPENID_ROLES: roleValues.default(roles.map((role) => ({ role, value: role }))),
});

type OpenIdSettings = z.infer<typeof settingsSchema>;

/** What browsers call the console beyond this machine, from `CICLO_CONSOLE_URL`; null on the loopback. */
export function publicUrlOf(): string | null {
  const text = process.env['CICLO_CONSOLE_URL'];
  if (text === undefined || text === '') return null;
  return new URL(safeUrl.parse(text)).origin;
}

/**
 * Access by the OpenID Connect provider that the environment names; null where it names none.
 * @throws InvalidConfigurationError for settings that are missing or wrong
 */
export async function openIdAccess(): Promise<ConsoleAccess | null> {
  if (!process.env['CICLO_CONSOLE_OPENID_ISSUER']) return null;
  const parsed = settingsSchema.safeParse(process.env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new InvalidConfigurationError(
      `The console's sign-in cannot be set up. ${problems.join('; ')}. See docs/console.md.`,
      { problems },
    );
  }
  return { kind: 'openid', provider: await openIdProvider(parsed.data) };
}

/** @throws InvalidConfigurationError when the issuer does not describe itself */
export async function openIdProvider(settings: OpenIdSettings): Promise<OpenIdProvider> {
  const issuer = new URL(settings.CICLO_CONSOLE_OPENID_ISSUER);
  const configuration = await openid
    .discovery(
      issuer,
      settings.CICLO_CONSOLE_OPENID_CLIENT_ID,
      settings.CICLO_CONSOLE_OPENID_CLIENT_SECRET,
      undefined,
      { execute: issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [] },
    )
    .catch((cause: unknown) => {
      throw new InvalidConfigurationError(
        `The identity provider ${issuer.href} does not describe itself: ${(cause as Error).message}. Check CICLO_CONSOLE_OPENID_ISSUER and that this machine reaches it.`,
        { issuer: issuer.href },
        true,
        { cause },
      );
    });
  const redirectUri = new URL('/sign-in/callback', settings.CICLO_CONSOLE_URL).href;
  return {
    async begin() {
      const codeVerifier = openid.randomPKCECodeVerifier();
      const pending = { state: openid.randomState(), nonce: openid.randomNonce(), codeVerifier };
      const location = openid.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: settings.CICLO_CONSOLE_OPENID_SCOPE,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state: pending.state,
        nonce: pending.nonce,
      });
      return { location: location.href, pending };
    },

    async complete(callback, { state, nonce, codeVerifier }) {
      // What the browser came back to, under the name that the provider knows.
      const address = new URL(redirectUri);
      address.search = callback.search;
      const tokens = await openid
        .authorizationCodeGrant(configuration, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw new SignInError(
            {
              en: 'The identity provider did not confirm the sign-in. Try again.',
              es: 'El proveedor de identidad no confirmó el inicio de sesión. Inténtelo otra vez.',
            },
            {},
            true,
            { cause },
          );
        });
      return identityOf(tokens.claims() ?? {}, settings);
    },
  };
}

/**
 * Who somebody is by the claims of an ID token.
 * @throws SignInError where the author's claim is missing or not verified, or no role is given
 */
export function identityOf(
  claims: Readonly<Record<string, unknown>>,
  settings: Pick<
    OpenIdSettings,
    'CICLO_CONSOLE_OPENID_AUTHOR_CLAIM' | 'CICLO_CONSOLE_OPENID_ROLE_CLAIM' | 'CICLO_CONSOLE_OPENID_ROLES'
  >,
): Identity {
  const authorClaim = settings.CICLO_CONSOLE_OPENID_AUTHOR_CLAIM;
  const author = claims[authorClaim];
  if (typeof author !== 'string' || author.trim() === '' || author.length > longestAuthor) {
    throw new SignInError(
      {
        en: `The identity provider names nobody: the claim "${authorClaim}" is missing.`,
        es: `El proveedor de identidad no nombra a nadie: falta «${authorClaim}».`,
      },
      { claim: authorClaim },
    );
  }
  if (authorClaim === 'email' && claims['email_verified'] === false)
    throw new SignInError(
      {
        en: 'The identity provider has not verified this e-mail address.',
        es: 'El proveedor de identidad no ha verificado esta dirección de correo.',
      },
      { claim: authorClaim },
    );
  const roleClaim = settings.CICLO_CONSOLE_OPENID_ROLE_CLAIM;
  const given: unknown[] = [claims[roleClaim]].flat();
  const role = roles.findLast((one) =>
    settings.CICLO_CONSOLE_OPENID_ROLES.some((pair) => pair.role === one && given.includes(pair.value)),
  );
  if (role === undefined) {
    throw new SignInError(
      {
        en: `${author} has no role here: the claim "${roleClaim}" holds none that CICLO_CONSOLE_OPENID_ROLES names. Ask whoever administers the identity provider.`,
        es: `${author} no tiene ningún rol aquí: «${roleClaim}» no contiene ninguno de los que nombra CICLO_CONSOLE_OPENID_ROLES. Pídalo a quien administra el proveedor de identidad.`,
      },
      { author, claim: roleClaim },
    );
  }
  return { author, role };
}
