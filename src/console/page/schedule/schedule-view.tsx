import { useState } from 'react';
import type { Schedule, Session } from '../../api';
import { Dialog } from '../dialogs/dialog';
import { useConfirmedRequest } from '../dialogs/use-request';
import { postJson } from '../requests/client';
import { pipelinePath } from '../requests/paths';
import { useSchedule } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { useNotices } from '../shell/notices';
import { Text } from '../text/phrase';

type Act = 'pause' | 'resume' | 'trigger';

/** Next times that are shown. */
const mostTimes = 5;

/** When cycles start by themselves, and how to stop or start them by hand. */
export function ScheduleView({ pipeline, session }: { pipeline: string; session: Session }) {
  const { words, times } = useSettings();
  const { scheduleWords: own } = words;
  const query = useSchedule(pipeline);
  const [act, setAct] = useState<Act | null>(null);
  const isAdmin = session.role === 'admin';
  return (
    <div className="stack">
      <section className="pane padded" aria-labelledby="schedule-heading">
        <h2 id="schedule-heading">{words.views.schedule}</h2>
        <Loaded query={query} emptyText={own.none}>
          {({ schedule }) => (
            <>
              {schedule ? (
                <>
                  <p>
                    {own.every(schedule.everyDays, schedule.at, schedule.timeZone)}{' '}
                    <span className={`badge ${schedule.paused ? 'doubt' : 'good'}`}>
                      {schedule.paused ? own.paused : own.active}
                    </span>
                  </p>
                  {schedule.note !== null && schedule.note !== '' && (
                    <p className="notice">
                      <Text text={schedule.note} characters={600} />
                    </p>
                  )}
                  <div>
                    <h3>{own.next}</h3>
                    <ul className="number">
                      {schedule.next.slice(0, mostTimes).map((time) => (
                        <li key={time}>{times.moment(time)}</li>
                      ))}
                    </ul>
                  </div>
                </>
              ) : (
                <p className="soft">{own.none}</p>
              )}
              <div className="actions">
                {schedule && (
                  <button
                    type="button"
                    disabled={!isAdmin}
                    onClick={() => setAct(schedule.paused ? 'resume' : 'pause')}
                  >
                    {schedule.paused ? own.resume : own.pause}
                  </button>
                )}
                <button type="button" disabled={!isAdmin} onClick={() => setAct('trigger')}>
                  {own.trigger}
                </button>
                {!isAdmin && <span className="soft">{own.adminOnly}</span>}
              </div>
              {act !== null && (
                <ActDialog
                  act={act}
                  pipeline={pipeline}
                  schedule={schedule}
                  session={session}
                  onClose={() => setAct(null)}
                  onDone={() => {
                    setAct(null);
                    void query.refetch();
                  }}
                />
              )}
            </>
          )}
        </Loaded>
      </section>
    </div>
  );
}

interface DialogProperties {
  act: Act;
  pipeline: string;
  schedule: Schedule['schedule'];
  session: Session;
  onClose: () => void;
  onDone: () => void;
}

function ActDialog({ act, pipeline, schedule, session, onClose, onDone }: DialogProperties) {
  const { words, times } = useSettings();
  const { scheduleWords: own } = words;
  const { notify } = useNotices();
  const [reason, setReason] = useState('');
  const { isSending, problem, run } = useConfirmedRequest(
    () =>
      postJson(
        `${pipelinePath(pipeline)}/schedule/${act}`,
        act === 'pause' ? { reason: reason.trim() } : {},
        session.csrfToken,
      ),
    () => {
      notify({ kind: 'done', text: act === 'trigger' ? own.started : own.done });
      onDone();
    },
  );
  const next = schedule?.next[0];
  const texts = {
    pause: { title: own.pauseTitle, note: own.pauseNote, label: own.pause },
    resume: {
      title: own.resumeTitle,
      note: own.resumeNote(next === undefined ? '–' : times.moment(next)),
      label: own.resume,
    },
    trigger: { title: own.triggerTitle, note: own.triggerNote, label: own.trigger },
  }[act];
  return (
    <Dialog
      title={texts.title}
      onClose={onClose}
      submit={{ label: texts.label, isOff: isSending || (act === 'pause' && reason.trim() === ''), run }}
    >
      <p>{texts.note}</p>
      {act === 'pause' && (
        <label className="field">
          <span className="label">{words.reason}</span>
          <input
            type="text"
            value={reason}
            maxLength={500}
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      )}
      {problem !== null && (
        <p className="problem wrap" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
