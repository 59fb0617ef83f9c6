import { useState } from 'react';
import type { Session, Versions } from '../../api';
import { Dialog } from '../dialogs/dialog';
import { useConfirmedRequest } from '../dialogs/use-request';
import { postJson } from '../requests/client';
import { pipelinePath } from '../requests/paths';
import { useVersions } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { useNotices } from '../shell/notices';
import { asVisible } from '../text/visible';

type Version = Versions['versions'][number];

const looks: Record<Version['state'], string> = {
  candidate: '',
  approved: 'accent',
  live: 'good',
  retired: '',
};

/** The versions of the model, which one is live, and how to change that. */
export function VersionsView({ pipeline, session }: { pipeline: string; session: Session }) {
  const { words, times } = useSettings();
  const { versionWords: own } = words;
  const query = useVersions(pipeline);
  const [chosen, setChosen] = useState<{ act: 'promote' | 'rollback'; version: Version } | null>(null);
  const isAdmin = session.role === 'admin';
  return (
    <div className="stack">
      <section className="pane padded" aria-labelledby="versions-heading">
        <h2 id="versions-heading">{words.views.versions}</h2>
        <Loaded query={query} emptyText={own.none}>
          {(data) => {
            const live = data.versions.find(({ state }) => state === 'live');
            return (
              <>
                <p>{own.alias(asVisible(data.alias, 100))}</p>
                {data.running && (
                  <p className="notice" role="status">
                    {own.running[data.running.kind]}{' '}
                    {data.running.link !== null && (
                      <a href={data.running.link} target="_blank" rel="noreferrer">
                        {words.cycleWords.temporal} ↗
                      </a>
                    )}
                  </p>
                )}
                <div className="scroll" tabIndex={0} role="group" aria-label={words.views.versions}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">{own.version}</th>
                        <th scope="col">{own.state}</th>
                        <th scope="col">{own.botVersion}</th>
                        <th scope="col">{own.cycle}</th>
                        <th scope="col">{own.registered}</th>
                        <td />
                      </tr>
                    </thead>
                    <tbody>
                      {data.versions.map((version) => {
                        const isLater = live === undefined || version.version > live.version;
                        return (
                          <tr key={version.version}>
                            <th scope="row" className="number">
                              v{version.version}
                            </th>
                            <td>
                              <span className={`badge ${looks[version.state]}`}>
                                {own.states[version.state]}
                              </span>
                            </td>
                            <td className="number">{asVisible(version.botVersion, 30)}</td>
                            <td className="number">{version.cycle ?? '–'}</td>
                            <td className="number">{times.moment(version.registeredAt)}</td>
                            <td className="right">
                              {version.state !== 'live' && (
                                <button
                                  type="button"
                                  disabled={!isAdmin || data.running !== null}
                                  onClick={() =>
                                    setChosen({ act: isLater ? 'promote' : 'rollback', version })
                                  }
                                >
                                  {isLater ? own.promote : own.rollBack}
                                  <span className="hidden"> v{version.version}</span>
                                </button>
                              )}
                            </td>
                          </tr>
                        );
                      })}
                    </tbody>
                  </table>
                </div>
                {data.versions.length === 0 && <p className="soft">{own.none}</p>}
                {!isAdmin && <p className="soft">{words.scheduleWords.adminOnly}</p>}
                {chosen && (
                  <SwitchDialog
                    {...chosen}
                    alias={data.alias}
                    pipeline={pipeline}
                    session={session}
                    onClose={() => setChosen(null)}
                    onDone={() => {
                      setChosen(null);
                      void query.refetch();
                    }}
                  />
                )}
              </>
            );
          }}
        </Loaded>
      </section>
    </div>
  );
}

interface SwitchProperties {
  act: 'promote' | 'rollback';
  version: Version;
  alias: string;
  pipeline: string;
  session: Session;
  onClose: () => void;
  onDone: () => void;
}

function SwitchDialog({ act, version, alias, pipeline, session, onClose, onDone }: SwitchProperties) {
  const { words } = useSettings();
  const { versionWords: own } = words;
  const { notify } = useNotices();
  const [reason, setReason] = useState('');
  const isBack = act === 'rollback';
  const { isSending, problem, run } = useConfirmedRequest(
    () =>
      postJson(
        `${pipelinePath(pipeline)}/versions/${act}`,
        { version: version.version, ...(isBack && { reason: reason.trim() }) },
        session.csrfToken,
      ),
    () => {
      notify({ kind: 'done', text: own.started });
      onDone();
    },
  );
  const facts = [asVisible(alias, 100), asVisible(version.botVersion, 30)] as const;
  return (
    <Dialog
      title={isBack ? own.rollBackTitle(version.version) : own.promoteTitle(version.version)}
      onClose={onClose}
      submit={{
        label: isBack ? own.rollBack : own.promote,
        isDangerous: true,
        isOff: isSending || (isBack && reason.trim() === ''),
        run,
      }}
    >
      <p>{isBack ? own.rollBackNote(...facts) : own.promoteNote(...facts)}</p>
      {isBack && (
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
