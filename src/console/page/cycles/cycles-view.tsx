import type { Cycle, Session, Stage } from '../../api';
import type { CyclePath } from '../requests/paths';
import { useCycle, useCycles } from '../requests/queries';
import { routeHash } from '../routing/route';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { Text } from '../text/phrase';
import { DraftEdits } from './draft-edits';

const looks: Record<Stage['state'], { sign: string; look: string }> = {
  pending: { sign: '○', look: '' },
  running: { sign: '◐', look: 'accent' },
  done: { sign: '✓', look: 'good' },
  skipped: { sign: '–', look: '' },
  failed: { sign: '✕', look: 'bad' },
};

/** The cycles of a pipeline, and the stages of one as they run. */
export function CyclesView({
  pipeline,
  cycle,
  session,
}: {
  pipeline: string;
  cycle: number | null;
  session: Session;
}) {
  const { words, times } = useSettings();
  const { cycleWords: own } = words;
  const cycles = useCycles(pipeline);
  const path = cycle === null ? null : { pipeline, cycle };
  const shown = useCycle(path);
  return (
    <div className="columns">
      <section className="pane" aria-label={words.views.cycles}>
        <Loaded query={cycles} emptyText={own.none}>
          {(list) => (
            <ul className="link-list">
              {list.length === 0 && <li className="empty">{own.none}</li>}
              {list.map((one) => (
                <li key={one.cycle}>
                  <a
                    href={routeHash({ pipeline, view: 'cycles', cycle: one.cycle })}
                    aria-current={one.cycle === cycle ? 'true' : undefined}
                  >
                    <strong>{words.cycleNumber(one.cycle)}</strong>
                    <span
                      className={`badge ${one.state === 'failed' ? 'bad' : one.state === 'running' ? 'accent' : ''}`}
                    >
                      {own.cycleStates[one.state]}
                    </span>
                    <span className="soft number">{times.moment(one.startedAt)}</span>
                    {one.outcome !== null && <span className="soft">{own.outcomes[one.outcome]}</span>}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </section>
      <section className="pane padded" aria-label={own.stages}>
        {path ? (
          <Loaded query={shown} emptyText={own.none}>
            {(data) => (
              <Stages
                cycle={data}
                asOfMs={shown.dataUpdatedAt}
                path={path}
                session={session}
                onChange={() => void shown.refetch()}
              />
            )}
          </Loaded>
        ) : (
          <p className="empty">{own.none}</p>
        )}
      </section>
    </div>
  );
}

function Stages({
  cycle,
  asOfMs,
  path,
  session,
  onChange,
}: {
  cycle: Cycle;
  /** When the cycle was asked. */
  asOfMs: number;
  path: CyclePath;
  session: Session;
  onChange: () => void;
}) {
  const { words, language, numbers, times } = useSettings();
  const { cycleWords: own } = words;
  const { result } = cycle;
  const { pipeline, cycle: number } = path;
  return (
    <>
      <header className="detail-head">
        <div className="detail-title">
          <h2>{words.cycleNumber(cycle.cycle ?? number)}</h2>
          <span className="badge">{own.cycleStates[cycle.state]}</span>
          {result && <span className="badge good">{own.outcomes[result.outcome]}</span>}
        </div>
        <p className="soft">
          {cycle.startedAt !== null && `${own.started} ${times.moment(cycle.startedAt)} · `}
          {own.trigger} {own.triggers[cycle.trigger]}
        </p>
        {result && (
          <p className="wrap">
            <Text text={result.reason[language]} characters={1_000} />{' '}
            {result.liveVersionBefore !== null &&
              result.liveVersionAfter !== null &&
              result.liveVersionBefore !== result.liveVersionAfter &&
              own.liveVersions(result.liveVersionBefore, result.liveVersionAfter)}
          </p>
        )}
        {cycle.waitingForDraftEdits !== null && (
          <DraftEdits path={path} edits={cycle.waitingForDraftEdits} session={session} onKept={onChange} />
        )}
        <p className="actions">
          {cycle.waitsForReview && (
            <a className="button" href={routeHash({ pipeline, view: 'review', cycle: number })}>
              {own.openReview}
            </a>
          )}
          {cycle.hasReport && (
            <a className="button" href={routeHash({ pipeline, view: 'report', cycle: number })}>
              {own.openReport}
            </a>
          )}
          {cycle.links.cycle !== null && (
            <a className="button" href={cycle.links.cycle} target="_blank" rel="noreferrer">
              {own.temporal} ↗
            </a>
          )}
        </p>
      </header>
      <div className="scroll" tabIndex={0} role="group" aria-label={own.stages}>
        <table className="stages">
          <thead>
            <tr>
              <th scope="col">{own.stage}</th>
              <th scope="col">{own.state}</th>
              <th scope="col" className="right">
                {own.took}
              </th>
              <th scope="col">{own.what}</th>
            </tr>
          </thead>
          <tbody>
            {cycle.stages.map((stage) => (
              <tr key={stage.name} data-state={stage.state}>
                <th scope="row">{own.stageNames[stage.name]}</th>
                <td>
                  <span className={`badge ${looks[stage.state].look}`}>
                    <span aria-hidden="true">{looks[stage.state].sign}</span> {own.states[stage.state]}
                  </span>
                </td>
                <td className="right number">
                  <Took stage={stage} asOfMs={asOfMs} />
                </td>
                <td className="wrap">
                  {stage.failure !== null && (
                    <span className="problem" lang="en">
                      <Text text={stage.failure} characters={1_000} />
                    </span>
                  )}{' '}
                  {stage.note !== null && <Text text={stage.note[language]} characters={600} />}{' '}
                  <span className="soft">
                    {stage.reuse !== null && stage.reuse.fromCycle !== null && (
                      <Text text={stage.reuse.explanation[language]} characters={300} />
                    )}{' '}
                    {Object.entries(stage.counts)
                      .map(([name, count]) => `${numbers.count(count)} ${own.counts[name] ?? name}`)
                      .join(' · ')}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Took({ stage, asOfMs }: { stage: Stage; asOfMs: number }) {
  const { numbers } = useSettings();
  if (stage.startedAt === null) return null;
  const endMs = stage.finishedAt === null ? asOfMs : Date.parse(stage.finishedAt);
  return numbers.duration(Math.max(0, endMs - Date.parse(stage.startedAt)));
}
