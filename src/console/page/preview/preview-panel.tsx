import type { Preview } from '../../api';
import { RequestError } from '../requests/client';
import { useSettings } from '../settings/settings';
import { phraseCharacters, Text } from '../text/phrase';

interface Properties {
  preview: Preview | null;
  /** How many decisions there are now. */
  decisions: number;
  isLoading: boolean;
  error: Error | null;
  onClose: () => void;
}

const mostIntents = 40;
const mostChanges = 60;

/** What the decisions so far would probably do to the bot. */
export function PreviewPanel({ preview, decisions, isLoading, error, onClose }: Properties) {
  const { words, numbers } = useSettings();
  const { previewWords: own } = words;
  return (
    <>
      <header className="detail-head">
        <div className="detail-title">
          <h2>{words.preview}</h2>
          <button type="button" className="plain" aria-label={words.close} onClick={onClose}>
            ×
          </button>
        </div>
        <p className="soft" role="status">
          {preview && preview.decisions === decisions && !isLoading
            ? own.upToDate(numbers.count(decisions))
            : own.computing}
        </p>
      </header>
      {error instanceof RequestError && <p className="problem">{words.errors(error)}</p>}
      {preview && (
        <>
          <dl className="preview-figures number">
            <div>
              <dt>{own.fallbackRate}</dt>
              <dd>
                {numbers.percent(preview.fallback.rate.before)} →{' '}
                <strong>{numbers.percent(preview.fallback.rate.after)}</strong>
              </dd>
              <dd className="soft">
                {own.rescued(
                  numbers.count(Math.round(preview.fallback.likelyRescued)),
                  numbers.count(preview.fallback.missed),
                )}
              </dd>
            </div>
            <div>
              <dt>{own.goldenF1}</dt>
              <dd>
                {numbers.score(preview.golden.macroF1.before)} →{' '}
                <strong>{numbers.score(preview.golden.macroF1.after)}</strong>{' '}
                <Change before={preview.golden.macroF1.before} after={preview.golden.macroF1.after} />
              </dd>
              <dd className="soft">{own.onGolden(numbers.count(preview.golden.items))}</dd>
            </div>
          </dl>
          <h3>{own.intents}</h3>
          <table>
            <thead>
              <tr>
                <th scope="col">{own.intent}</th>
                <th scope="col" className="right">
                  {own.added}
                </th>
                <th scope="col" className="right">
                  F1
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.intents.slice(0, mostIntents).map((one) => (
                <tr key={one.intent}>
                  <td>
                    <Text text={one.intent} characters={60} />{' '}
                    {one.isNew && <span className="badge accent">{own.isNew}</span>}
                  </td>
                  <td className="right number">{one.added > 0 ? `+${numbers.count(one.added)}` : ''}</td>
                  <td className="right number">
                    {one.f1 ? (
                      <>
                        {numbers.score(one.f1.after)} <Change before={one.f1.before} after={one.f1.after} />
                      </>
                    ) : (
                      <span className="soft">{own.notMeasured}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {preview.intents.length === 0 && <p className="soft">{own.noIntents}</p>}
          <h3>
            {own.changes(
              numbers.count(preview.golden.better),
              numbers.count(preview.golden.worse),
              numbers.count(preview.golden.neither),
            )}
          </h3>
          <ul className="golden-changes">
            {preview.golden.changes.slice(0, mostChanges).map((one) => (
              <li key={one.id} className={one.effect}>
                <Text text={one.text} characters={phraseCharacters} />
                <span className="soft">
                  {own.effects[one.effect]}: <Text text={one.before} characters={60} /> →{' '}
                  <Text text={one.after} characters={60} />
                </span>
              </li>
            ))}
          </ul>
          <p className="soft">{own.method}</p>
        </>
      )}
    </>
  );
}

/** A difference in points, with its sign and colour. */
function Change({ before, after }: { before: number; after: number }) {
  const { numbers } = useSettings();
  const points = Math.round((after - before) * 1_000);
  return (
    <span className={points > 0 ? 'gain' : points < 0 ? 'loss' : 'soft'}>
      {numbers.points(after - before)}
    </span>
  );
}
