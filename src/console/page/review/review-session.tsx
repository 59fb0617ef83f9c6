import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import type { DecisionRequest, Review, Session, Standing } from '../../api';
import { postJson, RequestError } from '../requests/client';
import { cyclePath, type CyclePath } from '../requests/paths';
import { reviewKey, useDecisionsAfter } from '../requests/queries';
import { outboxOf } from '../outbox/registry';
import { subjectsOf, type WaitingDecision } from '../outbox/outbox';
import { useSettings } from '../settings/settings';
import { useNotices } from '../shell/notices';
import { describeDecision, describeOthers } from './describe-decision';
import { turnsAfter } from './pending';

/** A review that a person works on: how it stands, and what was decided but is not stored yet. */
export interface ReviewSession {
  path: CyclePath;
  session: Session;
  review: Review;
  standing: Standing;
  /** Whether decisions can be taken: the review goes on, and the person may. */
  isOpen: boolean;
  /** Not stored yet. */
  waiting: readonly WaitingDecision[];
  /** All that was decided here and that `review` does not show yet, stored or not. */
  pending: readonly DecisionRequest[];
  /** Whether there is something to undo or redo once what is pending counts. */
  canUndo: boolean;
  canRedo: boolean;
  /** Whether a decision about the proposal is pending. */
  isWaiting: (proposal: string) => boolean;
  decide: (decision: DecisionRequest['decision'], reason?: string) => void;
  /** Approves the decisions so far. */
  finish: () => Promise<Standing>;
  refresh: () => void;
  /** Why the server could not be asked lately; null while it answers. */
  failure: RequestError | null;
}

const Context = createContext<ReviewSession | null>(null);

export function useReviewSession(): ReviewSession {
  const session = useContext(Context);
  if (!session) throw new Error('useReviewSession is used outside of ReviewSessionProvider.');
  return session;
}

interface Properties {
  path: CyclePath;
  session: Session;
  review: Review;
  children: ReactNode;
}

/** Polls for what others decide, and sends what is decided here. */
export function ReviewSessionProvider({ path, session, review, children }: Properties) {
  const { words } = useSettings();
  const { notify, settle } = useNotices();
  const queries = useQueryClient();
  const known = review.standing.decisions;
  const latest = useRef({ review, words, notify });
  useEffect(() => {
    latest.current = { review, words, notify };
  });

  const refresh = useCallback(() => {
    const queryKey = reviewKey(path);
    // A first answer that is still on its way is of before, but would be taken for the one that is asked for now.
    void queries.cancelQueries({ queryKey }).then(() => queries.invalidateQueries({ queryKey }));
  }, [queries, path]);

  const outbox = outboxOf(path);
  useEffect(() => {
    const base = `${cyclePath(path)}/review`;
    outbox.open({
      send: async (request) => {
        const { decisions } = await postJson<Standing>(`${base}/decisions`, request, session.csrfToken);
        return decisions;
      },
      stored: ({ decision }) => {
        const { words: current, notify: tell, review: before } = latest.current;
        const isUndo = decision.action === 'undo';
        const back = { action: isUndo ? ('redo' as const) : ('undo' as const) };
        tell({
          kind: 'done',
          text: current.decided(describeDecision(decision, before, current)),
          // Where more waits to be stored, it would take that back and not this.
          ...(outbox.snapshot().waiting.length === 0 && {
            act: {
              label: current.keys[back.action],
              keys: isUndo ? 'U' : 'u',
              run: () => {
                outbox.add({ decision: back });
                settle();
              },
            },
          }),
        });
        refresh();
      },
      refused: ({ decision }, error, givenUp) => {
        const { words: current, notify: tell, review: before } = latest.current;
        const what = describeDecision(decision, before, current);
        tell({ kind: 'problem', text: current.refused(what, current.errors(error), givenUp) });
        refresh();
      },
    });
  }, [outbox, path, session, settle, refresh]);
  const { waiting, stored } = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  useEffect(() => outbox.shown(known), [outbox, known, stored]);

  useEffect(() => {
    if (waiting.length === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [waiting.length]);

  const poll = useDecisionsAfter(path, known, !review.standing.finished);
  const news = poll.data;
  useEffect(() => {
    if (!news || JSON.stringify(news.standing) === JSON.stringify(latest.current.review.standing)) return;
    const { words: current, notify: tell, review: before } = latest.current;
    const others = news.events.filter(({ author }) => author !== session.author);
    if (others.length > 0) tell({ kind: 'news', text: describeOthers(others, before, current) });
    refresh();
  }, [news, refresh, session.author]);

  const value = useMemo<ReviewSession>(() => {
    // Once the end is known, nothing that was read before it counts.
    const standing = news && !review.standing.finished ? news.standing : review.standing;
    const pending = [...stored, ...waiting].map(({ request }) => request);
    return {
      path,
      session,
      review,
      standing,
      isOpen: review.mayDecide && !standing.finished,
      waiting,
      pending,
      ...turnsAfter(review, pending),
      isWaiting: (proposal) => pending.some((request) => subjectsOf(request).includes(proposal)),
      decide: (decision, reason) => {
        // An undo would no longer be about what was told last.
        settle();
        outbox.add(reason === undefined ? { decision } : { decision, reason });
      },
      finish: async () => {
        const answer = await postJson<Standing>(
          `${cyclePath(path)}/review/finish`,
          { decisions: review.standing.decisions },
          session.csrfToken,
        );
        settle();
        // At once, so that nothing offers to decide any more.
        queries.setQueryData<Review>([...reviewKey(path), 'state'], (before) =>
          before ? { ...before, standing: answer } : before,
        );
        refresh();
        return answer;
      },
      refresh,
      failure: poll.error instanceof RequestError ? poll.error : null,
    };
  }, [path, session, review, news, stored, waiting, outbox, queries, settle, refresh, poll.error]);
  return <Context value={value}>{children}</Context>;
}
