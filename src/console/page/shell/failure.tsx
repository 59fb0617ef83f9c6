import { RequestError } from '../requests/client';
import { useSettings } from '../settings/settings';

/** Why something cannot be shown, and what helps: to come in again where the session has ended, else to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { words } = useSettings();
  const isSessionMissing = error instanceof RequestError && error.status === 401;
  return (
    <div className="failure" role="alert">
      <p className="wrap">{error instanceof RequestError ? words.errors(error) : error.message}</p>
      {isSessionMissing ? (
        <SignInAgain error={error} />
      ) : (
        <button type="button" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
    </div>
  );
}

/** The way in through the identity provider; nothing where people come in by a printed link, which no page has. */
export function SignInAgain({ error }: { error: RequestError }) {
  const { words } = useSettings();
  if (error.status !== 401 || error.facts['signIn'] !== 'openid') return null;
  return (
    <a className="button" href="sign-in">
      {words.signInAgain}
    </a>
  );
}
