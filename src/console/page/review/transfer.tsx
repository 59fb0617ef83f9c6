import { useRef, useState } from 'react';
import type { ImportResult } from '../../api';
import { postJson, RequestError } from '../requests/client';
import { cyclePath } from '../requests/paths';
import { Dialog } from '../dialogs/dialog';
import { useSettings } from '../settings/settings';
import { useReviewSession } from './review-session';

/** Decisions as a file, out and in. */
export function Transfer() {
  const { words } = useSettings();
  const { path, session, isOpen, refresh } = useReviewSession();
  const [isShown, setIsShown] = useState(false);
  const [result, setResult] = useState<ImportResult | string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const base = `api/${cyclePath(path)}/review/decisions`;

  const take = async (chosen: File) => {
    setResult(null);
    try {
      const content = await chosen.text();
      const format = chosen.name.toLowerCase().endsWith('.csv') ? 'csv' : 'json';
      setResult(
        await postJson<ImportResult>(
          `${cyclePath(path)}/review/decisions/import`,
          { format, content },
          session.csrfToken,
        ),
      );
      refresh();
    } catch (error) {
      setResult(error instanceof RequestError ? words.errors(error) : String(error));
    }
  };
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setResult(null);
          setIsShown(true);
        }}
      >
        {words.transfer}
      </button>
      {isShown && (
        <Dialog title={words.transferTitle} onClose={() => setIsShown(false)}>
          <p>{words.exportNote}</p>
          <p className="actions">
            <a className="button" href={`${base}.json`} download>
              JSON
            </a>
            <a className="button" href={`${base}.csv`} download>
              CSV
            </a>
          </p>
          {isOpen && (
            <>
              <p>{words.importNote}</p>
              <p className="actions">
                <button type="button" onClick={() => file.current?.click()}>
                  {words.chooseFile}
                </button>
                <input
                  ref={file}
                  type="file"
                  className="hidden"
                  tabIndex={-1}
                  accept=".json,.csv"
                  aria-label={words.chooseFile}
                  onChange={(event) => {
                    const chosen = event.target.files?.[0];
                    if (chosen) void take(chosen);
                    event.target.value = '';
                  }}
                />
              </p>
            </>
          )}
          <div role="status">
            {typeof result === 'string' && <p className="problem">{result}</p>}
            {result !== null && typeof result === 'object' && (
              <>
                <p>{words.imported(result.taken)}</p>
                <ul>
                  {result.refused.slice(0, 20).map((refused) => (
                    <li key={refused.row} className="problem wrap">
                      {words.refusedRow(refused)}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}
