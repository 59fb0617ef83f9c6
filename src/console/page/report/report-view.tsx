import type { PreviewComparison } from '../../api';
import { cyclePath, type CyclePath } from '../requests/paths';
import { useCycle, usePreviewComparison } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { Text } from '../text/phrase';

const mostIntents = 60;

/** What the evaluation found, and how well the preview foresaw it. */
export function ReportView({ path }: { path: CyclePath }) {
  const { words } = useSettings();
  const { reportWords: own } = words;
  const cycle = useCycle(path);
  const comparison = usePreviewComparison(path);
  return (
    <div className="stack">
      <section className="pane padded" aria-labelledby="honesty-heading">
        <h2 id="honesty-heading">{own.honesty}</h2>
        <Loaded query={comparison} emptyText={own.noComparison}>
          {(data) => <Honesty comparison={data} />}
        </Loaded>
      </section>
      <Loaded query={cycle} emptyText={own.none}>
        {({ hasReport }) =>
          hasReport ? (
            <iframe
              className="report pane"
              title={own.frame}
              src={`api/${cyclePath(path)}/report`}
              sandbox=""
            />
          ) : (
            <p className="pane empty">{own.none}</p>
          )
        }
      </Loaded>
    </div>
  );
}

function Honesty({ comparison: { preview, actual } }: { comparison: PreviewComparison }) {
  const { words, numbers } = useSettings();
  const { reportWords: own } = words;
  if (!preview || !actual) return <p className="soft">{own.noComparison}</p>;
  const measures = [
    { name: own.accuracy, estimated: preview.golden.accuracy, happened: actual.accuracy },
    { name: own.macroF1, estimated: preview.golden.macroF1, happened: actual.macroF1 },
    { name: own.fallbackRate, estimated: preview.fallback.rate, happened: actual.fallbackRate },
  ];
  const intents = actual.intents
    .flatMap(({ intent, f1 }) => {
      const estimated = preview.intents.find((one) => one.intent === intent)?.f1;
      return estimated ? [{ name: `F1 ${intent}`, estimated, happened: f1 }] : [];
    })
    .slice(0, mostIntents);
  const change = ({ before, after }: { before: number; after: number }) => (
    <>
      {numbers.score(before)} → {numbers.score(after)} <strong>{numbers.points(after - before)}</strong>
    </>
  );
  const table = (label: string, rows: typeof measures) => (
    <div className="scroll" tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{own.measure}</th>
            <th scope="col" className="right">
              {own.estimated}
            </th>
            <th scope="col" className="right">
              {own.happened}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, estimated, happened }) => (
            <tr key={name}>
              <th scope="row">
                <Text text={name} characters={100} />
              </th>
              <td className="right number">{change(estimated)}</td>
              <td className="right number">{change(happened)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <>
      <p className="soft">{own.honestyNote}</p>
      {table(own.honesty, measures)}
      {intents.length > 0 && (
        // Closed, so that the verdict below is in sight.
        <details>
          <summary>{own.byIntent(intents.length)}</summary>
          {table(own.byIntent(intents.length), intents)}
        </details>
      )}
    </>
  );
}
