import { useState } from 'react';
import type { Cycle, Session } from '../../api';
import { Dialog } from '../dialogs/dialog';
import { useConfirmedRequest } from '../dialogs/use-request';
import { postJson } from '../requests/client';
import { cyclePath, type CyclePath } from '../requests/paths';
import { useSettings } from '../settings/settings';
import { useNotices } from '../shell/notices';
import { Text } from '../text/phrase';

/** A cycle that waits because somebody edited DRAFT, and the word that it waits for. */
export function DraftEdits({
  path,
  edits,
  session,
  onKept,
}: {
  path: CyclePath;
  edits: NonNullable<Cycle['waitingForDraftEdits']>;
  session: Session;
  onKept: () => void;
}) {
  const { words, language } = useSettings();
  const { cycleWords: own } = words;
  const { notify } = useNotices();
  const [isAsking, setIsAsking] = useState(false);
  const { isSending, problem, run } = useConfirmedRequest(
    () => postJson(`${cyclePath(path)}/keep-draft-edits`, {}, session.csrfToken),
    () => {
      notify({ kind: 'done', text: own.editsKept });
      setIsAsking(false);
      onKept();
    },
  );
  return (
    <div className="notice doubt wrap">
      <p>
        <Text text={edits[language]} characters={2_000} />
      </p>
      <p className="actions">
        <button type="button" disabled={session.role !== 'admin'} onClick={() => setIsAsking(true)}>
          {own.keepEdits}
        </button>
        {session.role !== 'admin' && <span className="soft">{words.scheduleWords.adminOnly}</span>}
      </p>
      {isAsking && (
        <Dialog
          title={own.keepEditsTitle}
          onClose={() => setIsAsking(false)}
          submit={{ label: own.keepEdits, isOff: isSending, run }}
        >
          <p>{own.keepEditsNote}</p>
          {problem !== null && (
            <p className="problem wrap" role="alert">
              {problem}
            </p>
          )}
        </Dialog>
      )}
    </div>
  );
}
