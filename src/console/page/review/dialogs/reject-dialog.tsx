import { useId, useRef, useState } from 'react';
import type { ConsoleProposal } from '../../../api';
import { Dialog } from '../../dialogs/dialog';
import { useSettings } from '../../settings/settings';

interface Properties {
  proposals: readonly ConsoleProposal[];
  onClose: () => void;
  onReject: (reason: string | undefined) => void;
}

/** No, and why: what is like it will not be proposed again. */
export function RejectDialog({ proposals, onClose, onReject }: Properties) {
  const { words } = useSettings();
  const [reason, setReason] = useState('');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const subject = proposals.length === 1 ? proposals[0]!.name : words.proposalsCount(proposals.length);
  const given = reason.trim();
  return (
    <Dialog
      title={words.rejectTitle(subject)}
      onClose={onClose}
      submit={{ label: words.keys.reject, run: () => onReject(given === '' ? undefined : given) }}
    >
      <div className="field">
        <label htmlFor={id}>{words.reason}</label>
        <input
          ref={field}
          id={id}
          type="text"
          value={reason}
          maxLength={2_000}
          autoFocus
          autoComplete="off"
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="usual-reasons">
          {words.usualReasons.map((usual) => (
            <button
              key={usual}
              type="button"
              onClick={() => {
                setReason(usual);
                // So that Enter rejects, and more can be added.
                field.current?.focus();
              }}
            >
              {usual}
            </button>
          ))}
        </div>
      </div>
      <p className="soft">{words.rejectNote}</p>
    </Dialog>
  );
}
