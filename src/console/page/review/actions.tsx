import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { ConsoleProposal } from '../../api';
import { useKeys, type KeyBinding } from '../keyboard/keys';
import { useSettings } from '../settings/settings';
import { useNotices } from '../shell/notices';
import { isDecidable, nextOpen, type Group } from './groups';
import { nameProblem } from './names';
import { statusAfter } from './pending';
import { ConfirmAllDialog } from './dialogs/confirm-all-dialog';
import { FinishDialog } from './dialogs/finish-dialog';
import { MergeDialog } from './dialogs/merge-dialog';
import { MoveDialog } from './dialogs/move-dialog';
import { RejectDialog } from './dialogs/reject-dialog';
import { SplitDialog } from './dialogs/split-dialog';
import { useReviewSession } from './review-session';
import { useSelection } from './selection';

/** What a person can do with what is selected; the same on every view. */
export interface ReviewActions {
  accept: () => void;
  acceptAll: () => void;
  rename: (id: string) => void;
  merge: (others?: readonly string[]) => void;
  split: () => void;
  move: () => void;
  reject: () => void;
  putAside: () => void;
  reopen: () => void;
  undo: () => void;
  redo: () => void;
  finish: () => void;
  /** Selects the phrases of the current proposal that are there by likeness alone. */
  selectByLikeness: () => void;
  /** The proposal whose name is being written; null for none. */
  renaming: string | null;
  stopRenaming: () => void;
  /** What the decisions are about: those marked, or the one looked at. */
  subjects: readonly ConsoleProposal[];
}

type Open = 'accept' | 'accept-all' | 'put-aside' | 'merge' | 'split' | 'move' | 'reject' | 'finish';

const Context = createContext<ReviewActions | null>(null);

export function useReviewActions(): ReviewActions {
  const actions = useContext(Context);
  if (!actions) throw new Error('useReviewActions is used outside of ReviewActionsProvider.');
  return actions;
}

interface Properties {
  /** The lines in their order: what comes next after a decision. */
  groups: readonly Group[];
  children: ReactNode;
}

/** Turns keys and buttons into decisions, with a dialog where one is needed. */
export function ReviewActionsProvider({ groups, children }: Properties) {
  const { words } = useSettings();
  const { notify } = useNotices();
  const { review, isOpen, pending, canUndo, canRedo, decide } = useReviewSession();
  const { current, setCurrent, marked, setMarked, phrases, setPhrases } = useSelection();
  const [open, setOpen] = useState<Open | null>(null);
  const [mergeWith, setMergeWith] = useState<readonly string[]>([]);
  const [renaming, setRenaming] = useState<string | null>(null);

  const subjects = useMemo(() => {
    const chosen = marked.size > 0 ? marked : new Set(current === null ? [] : [current]);
    return review.proposals.filter((one) => chosen.has(one.id) && isDecidable(one));
  }, [review.proposals, marked, current]);

  const ids = subjects.map(({ id }) => id);
  const about = () => (ids.length === 1 ? { proposal: ids[0]! } : { proposals: ids });
  const isStillOpen = (one: ConsoleProposal) => statusAfter(one, pending) === 'open';
  const hint = (text: string) => notify({ kind: 'news', text });
  const advance = () => {
    const stillOpen = (one: ConsoleProposal) => !ids.includes(one.id) && isStillOpen(one);
    const next = current === null ? null : nextOpen(groups, current, stillOpen);
    setMarked(new Set());
    setPhrases(new Set());
    if (next !== null) setCurrent(next);
    return next;
  };
  /** What is decided already is not decided the same way again, as whoever types fast would. */
  const goOn = () => {
    if (advance() === null)
      hint(review.proposals.some(isStillOpen) ? words.hints.decidedAlready : words.hints.nothingOpen);
  };
  const close = () => setOpen(null);

  const acceptNow = () => {
    decide({ action: 'accept', ...about() });
    close();
    advance();
  };
  const putAsideNow = () => {
    decide({ action: 'put-aside', ...about() });
    close();
    advance();
  };
  const accept = () => {
    const [first] = subjects;
    if (!first) return hint(words.hints.chooseProposal);
    if (subjects.length > 1) return setOpen('accept');
    if (statusAfter(first, pending) === 'accepted') return goOn();
    const problem = first.kind === 'new-intent' ? nameProblem(first.name, [first.id], review) : null;
    if (problem) {
      hint(words.nameProblem(problem));
      return setRenaming(first.id);
    }
    acceptNow();
  };
  const needSubject = (act: Open) => () =>
    subjects.length > 0 ? setOpen(act) : hint(words.hints.chooseProposal);

  const actions: ReviewActions = {
    subjects,
    renaming,
    stopRenaming: () => setRenaming(null),
    accept,
    acceptAll: () =>
      review.proposals.some(isStillOpen) ? setOpen('accept-all') : hint(words.hints.nothingOpen),
    rename: (id) => {
      const proposal = review.proposals.find((one) => one.id === id);
      if (!isOpen) return;
      if (proposal?.kind !== 'new-intent' || !['open', 'accepted'].includes(proposal.status))
        return hint(words.hints.cannotRename);
      setCurrent(id);
      setRenaming(id);
    },
    merge: (others = []) => {
      if (subjects.length === 0) return hint(words.hints.chooseProposal);
      setMergeWith(others);
      setOpen('merge');
    },
    split: () => {
      const proposal = review.proposals.find(({ id }) => id === current);
      if (!proposal || !isDecidable(proposal)) return hint(words.hints.chooseProposal);
      if (phrases.size === 0) return hint(words.hints.selectPhrases);
      setOpen('split');
    },
    move: () => (phrases.size > 0 || subjects.length > 0 ? setOpen('move') : hint(words.hints.selectPhrases)),
    reject: needSubject('reject'),
    putAside: () => {
      const [first] = subjects;
      if (!first) hint(words.hints.chooseProposal);
      else if (subjects.length > 1) setOpen('put-aside');
      else if (statusAfter(first, pending) === 'aside') goOn();
      else putAsideNow();
    },
    reopen: () => {
      if (subjects.length === 0) return hint(words.hints.chooseProposal);
      decide({ action: 'reopen', ...about() });
      setMarked(new Set());
    },
    undo: () => (canUndo ? decide({ action: 'undo' }) : hint(words.hints.nothingToUndo)),
    redo: () => (canRedo ? decide({ action: 'redo' }) : hint(words.hints.nothingToRedo)),
    finish: () => (review.mayApprove ? setOpen('finish') : hint(words.hints.mayNotApprove)),
    selectByLikeness: () => {
      const doubtful = review.proposals.find(({ id }) => id === current)?.byLikenessAlone ?? [];
      if (doubtful.length === 0) return hint(words.hints.noneByLikeness);
      setPhrases(new Set(doubtful));
    },
  };

  const { keys } = words;
  const bindings: KeyBinding[] = [
    { keys: 'a', label: keys.accept, run: actions.accept },
    { keys: 'r', label: keys.rename, run: () => current !== null && actions.rename(current) },
    { keys: 'm', label: keys.merge, run: () => actions.merge() },
    { keys: 's', label: keys.split, run: actions.split },
    { keys: 'v', label: keys.move, run: actions.move },
    { keys: 'x', label: keys.reject, run: actions.reject },
    { keys: 'd', label: keys.putAside, run: actions.putAside },
    { keys: 'u', label: keys.undo, run: actions.undo },
    { keys: 'U', label: keys.redo, run: actions.redo },
    { keys: 'o', label: keys.reopen, run: actions.reopen, isHelpOnly: true },
    { keys: 'A', label: keys.acceptAll, run: actions.acceptAll, isHelpOnly: true },
    { keys: 'f', label: keys.finish, run: actions.finish },
  ];
  useKeys(
    words.keyScopes.decide,
    bindings.map((binding) => ({ ...binding, isOff: !isOpen })),
    5,
  );

  return (
    <Context value={actions}>
      {children}
      {(open === 'accept' || open === 'put-aside') && (
        <ConfirmAllDialog
          act={open}
          proposals={subjects}
          onClose={close}
          onConfirm={open === 'accept' ? acceptNow : putAsideNow}
        />
      )}
      {open === 'accept-all' && (
        <ConfirmAllDialog
          act="accept"
          proposals={review.proposals.filter(isStillOpen)}
          onClose={close}
          onConfirm={() => {
            decide({ action: 'accept-all' });
            close();
          }}
        />
      )}
      {open === 'merge' && (
        <MergeDialog
          first={subjects}
          others={mergeWith}
          onClose={close}
          onMerge={(proposals, name) => {
            decide({ action: 'merge', proposals: [...proposals], ...(name !== undefined && { name }) });
            setMarked(new Set());
            setCurrent(proposals[0]!);
            close();
          }}
        />
      )}
      {open === 'split' && (
        <SplitDialog
          onClose={close}
          onSplit={(name) => {
            decide({ action: 'split', proposal: current!, members: [...phrases], name });
            setPhrases(new Set());
            close();
          }}
        />
      )}
      {open === 'move' && (
        <MoveDialog
          proposals={subjects}
          onClose={close}
          onAssign={(intent) => {
            decide({ action: 'assign', ...about(), intent });
            close();
            advance();
          }}
          onMove={(target) => {
            decide({ action: 'move', members: [...phrases], ...target });
            setPhrases(new Set());
            close();
          }}
        />
      )}
      {open === 'reject' && (
        <RejectDialog
          proposals={subjects}
          onClose={close}
          onReject={(reason) => {
            decide({ action: 'reject', ...about() }, reason);
            close();
            advance();
          }}
        />
      )}
      {open === 'finish' && <FinishDialog onClose={close} />}
    </Context>
  );
}
