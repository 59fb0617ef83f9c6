import { RequestError } from '../requests/client';
import { useSettings } from '../settings/settings';

/** Why something cannot be shown, and a way to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { words } = useSettings();
  return (
    <div className="failure" role="alert">
      <p className="wrap">{error instanceof RequestError ? words.errors(error) : error.message}</p>
      <button type="button" onClick={onRetry}>
        {words.tryAgain}
      </button>
    </div>
  );
}
