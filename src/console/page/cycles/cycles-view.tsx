import type { Cycle, Stage } from '../../api';
import { useCycle, useCycles } from '../requests/queries';
import { routeHash } from '../routing/route';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { Text } from '../text/phrase';

const looks: Record<Stage['state'], { sign: string; look: string }> = {
  pending: { sign: '○', look: '' },
  running: { sign: '◐', look: 'accent' },
  done: { sign: '✓', look: 'good' },
  skipped: { sign: '–', look: '' },
  failed: { sign: '✕', look: 'bad' },
};

/** The cycles of a pipeline, and the stages of one as they run. */
export function CyclesView({ pipeline, cycle }: { pipeline: string; cycle: number | null }) {
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
            {(data) => <Stages cycle={data} pipeline={pipeline} number={path.cycle} />}
          </Loaded>
        ) : (
          <p className="empty">{own.none}</p>
        )}
      </section>
    </div>
  );
}

function Stages({ cycle, pipeline, number }: { cycle: Cycle; pipeline: string; number: number }) {
  const { words, numbers, times } = useSettings();
  const { cycleWords: own } = words;
  const { result } = cycle;
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
            <Text text={result.reason} characters={1_000} />{' '}
            {result.liveVersionBefore !== null &&
              result.liveVersionAfter !== null &&
              own.liveVersions(result.liveVersionBefore, result.liveVersionAfter)}
          </p>
        )}
        {cycle.waitingForDraftEdits !== null && (
          <p className="notice doubt wrap">
            {own.draftEdits} <Text text={cycle.waitingForDraftEdits} characters={2_000} />
          </p>
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
                  <Took stage={stage} />
                </td>
                <td className="wrap">
                  {stage.note !== null && <Text text={stage.note} characters={600} />}{' '}
                  <span className="soft">
                    {stage.reuse !== null && stage.reuse.fromCycle !== null && (
                      <Text text={stage.reuse.explanation} characters={300} />
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

function Took({ stage }: { stage: Stage }) {
  const { numbers, times } = useSettings();
  if (stage.startedAt === null) return null;
  if (stage.finishedAt === null) return times.moment(stage.startedAt);
  return numbers.duration(Date.parse(stage.finishedAt) - Date.parse(stage.startedAt));
}
