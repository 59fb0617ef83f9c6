import type { CategoryMapView } from '../../api';
import { useAudit, useCategoryMap } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { phraseCharacters, Text } from '../text/phrase';

/** Rows of a table that are shown. */
const mostRows = 300;

/** The categories as decisions made them, and who decided what, when and why. */
export function CategoriesView({ pipeline }: { pipeline: string }) {
  const { words, numbers, times, language } = useSettings();
  const { categoryWords: own } = words;
  const map = useCategoryMap(pipeline);
  const audit = useAudit(pipeline);
  return (
    <div className="stack">
      <Loaded query={map} emptyText={own.none}>
        {(data) => (
          <>
            <section className="pane padded" aria-labelledby="categories-heading">
              <h2 id="categories-heading">
                {own.categories(data.categories.length)}{' '}
                <span className="badge">{own.version(data.version)}</span>
              </h2>
              {data.categories.length === 0 ? (
                <p className="soft">{data.version === 0 ? own.none : own.noCategories}</p>
              ) : (
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{own.category}</th>
                      <th scope="col">{own.origin}</th>
                      <th scope="col" className="right">
                        {own.since}
                      </th>
                      <th scope="col" className="right">
                        {own.examples}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.categories.slice(0, mostRows).map((one) => (
                      <tr key={one.name}>
                        <th scope="row">
                          <Text text={one.name} characters={100} />
                        </th>
                        <td>{own.origins[one.origin]}</td>
                        <td className="right number">{one.sinceCycle}</td>
                        <td className="right number">{numbers.count(one.examples)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </section>
            {data.rejected.length > 0 && (
              <section className="pane padded" aria-labelledby="rejected-heading">
                <h2 id="rejected-heading">{own.rejected(data.rejected.length)}</h2>
                <ul className="history">
                  {data.rejected.slice(0, mostRows).map((one) => (
                    <li key={`${one.cycle} ${one.proposal}`}>
                      <strong>
                        <Text text={one.name} characters={100} />
                      </strong>{' '}
                      {one.reason !== null && <Text text={one.reason} characters={phraseCharacters} />}
                      <span className="soft number">
                        {one.author} · {one.at === '' ? words.cycleNumber(one.cycle) : times.moment(one.at)}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {data.history.length > 0 && (
              <section className="pane padded" aria-labelledby="history-heading">
                <h2 id="history-heading">{own.history(data.history.length)}</h2>
                <ul className="history">
                  {data.history.slice(0, mostRows).map((one) => (
                    <li key={`${one.cycle} ${one.number}`}>
                      <span>
                        <strong>{actionWords(one.action)}</strong>{' '}
                        <Text text={subjectOf(one)} characters={120} />{' '}
                        {one.reason !== null && (
                          <span className="soft">
                            (<Text text={one.reason} characters={phraseCharacters} />)
                          </span>
                        )}
                      </span>
                      <span className="soft number">
                        <Text text={one.author} characters={100} /> · {words.cycleNumber(one.cycle)} ·{' '}
                        {times.moment(one.at)}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Loaded>
      <section className="pane padded" aria-labelledby="audit-heading">
        <h2 id="audit-heading">{own.audit}</h2>
        <Loaded query={audit} emptyText={own.noAudit}>
          {({ entries }) =>
            entries.length === 0 ? (
              <p className="soft">{own.noAudit}</p>
            ) : (
              <ul className="history">
                {entries.slice(0, mostRows).map((one) => (
                  <li key={one.number}>
                    <span>
                      <span className="soft number">{one.number}</span>{' '}
                      <Text text={one.text[language]} characters={300} />
                    </span>
                    <span className="soft number">
                      {one.author !== null && <Text text={one.author} characters={100} />} ·{' '}
                      {times.moment(one.at)}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
    </div>
  );

  /** What a decision was about, and what became of its name. */
  function subjectOf({ names, name }: CategoryMapView['history'][number]): string {
    const before = names.join(', ');
    if (name === null || name === before) return before;
    return before === '' ? name : `${before} → ${name}`;
  }

  function actionWords(action: string): string {
    const { keys } = words;
    const names: Record<string, string> = {
      accept: keys.accept,
      'accept-all': keys.acceptAll,
      rename: keys.rename,
      merge: keys.merge,
      split: keys.split,
      move: keys.move,
      assign: words.toAnIntent,
      reject: keys.reject,
      'put-aside': keys.putAside,
      reopen: keys.reopen,
      undo: keys.undo,
      redo: keys.redo,
    };
    return names[action] ?? action;
  }
}
