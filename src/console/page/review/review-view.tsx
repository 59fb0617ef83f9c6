import { useEffect, useRef, useState } from 'react';
import type { Phrase } from '../../api';
import { usePhrasesById, usePreview, useSearch, type Search } from '../requests/queries';
import { focusOnceThere } from '../keyboard/focus';
import { useKeys } from '../keyboard/keys';
import { PreviewPanel } from '../preview/preview-panel';
import { useSettings } from '../settings/settings';
import { ReviewActionsProvider, useReviewActions } from './actions';
import { focusGroup, GroupList } from './group-list';
import { sectionsOf, type Group, type Section } from './groups';
import { useMarkKeys } from './marking';
import { MatchesDetail } from './matches-detail';
import { ProposalDetail } from './proposal-detail';
import { ReviewHeader } from './review-header';
import { useReviewSession } from './review-session';
import { useSelection } from './selection';
import { TrayDetail } from './tray-detail';
import { Transfer } from './transfer';

/** Phrases that are shown of a search. */
const mostMatches = 500;

/** The list of what was found, and what is selected of it. */
export function ReviewView() {
  const { review } = useReviewSession();
  const { current, setCurrent, setPhrases } = useSelection();
  const [search, setSearch] = useState('');
  const [isOpenOnly, setIsOpenOnly] = useState(false);
  const sections = sectionsOf(review, search, isOpenOnly);
  const groups = sections.flatMap((section) => section.groups);
  const first = groups[0]?.id ?? null;
  useEffect(() => {
    if (current === null && first !== null) setCurrent(first);
  }, [current, first, setCurrent]);
  /** Whoever looks for something looks at what is found; when others' decisions hide a line, nothing jumps. */
  const filter = (text: string, openOnly: boolean) => {
    setSearch(text);
    setIsOpenOnly(openOnly);
    const shown = sectionsOf(review, text, openOnly).flatMap((section) => section.groups);
    if (shown.some(({ id }) => id === current)) return;
    setCurrent(shown[0]?.id ?? null);
    setPhrases(new Set());
  };
  return (
    <ReviewActionsProvider groups={groups}>
      <Panes
        sections={sections}
        groups={groups}
        current={current ?? first}
        search={search}
        onSearch={(text) => filter(text, isOpenOnly)}
        isOpenOnly={isOpenOnly}
        onOpenOnly={(openOnly) => filter(search, openOnly)}
      />
    </ReviewActionsProvider>
  );
}

interface PanesProperties {
  sections: readonly Section[];
  groups: readonly Group[];
  current: string | null;
  search: string;
  onSearch: (search: string) => void;
  isOpenOnly: boolean;
  onOpenOnly: (isOpenOnly: boolean) => void;
}

function Panes(properties: PanesProperties) {
  const { sections, groups, current, search, onSearch, isOpenOnly, onOpenOnly } = properties;
  const { words } = useSettings();
  const { path, review, session } = useReviewSession();
  const { setCurrent, setMarked, setPhrases } = useSelection();
  const actions = useReviewActions();
  const [isPreviewShown, setIsPreviewShown] = useState(false);
  const [matching, setMatching] = useState<Search | null>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const preview = usePreview(path, true);
  const found = useSearch(path, matching, mostMatches);
  const matches = found.data?.matches.map(({ id }) => id) ?? [];
  const matchingPhrases = usePhrasesById(path, matching === null ? [] : matches, session.csrfToken);

  useEffect(() => {
    if (detail.current) detail.current.scrollTop = 0;
  }, [current]);
  const focusRow = () => focusGroup(current);
  // A decision may take away what had the focus, a dialog may have nowhere to give it back to.
  useEffect(() => {
    if (document.activeElement === document.body) focusGroup(current);
  }, [current, review.standing.decisions]);
  const select = (id: string | undefined) => {
    if (id === undefined) return;
    setMatching(null);
    setCurrent(id);
    setPhrases(new Set());
    focusGroup(id);
  };
  const index = groups.findIndex(({ id }) => id === current);
  const step = (by: number) =>
    select(groups[Math.max(0, Math.min(groups.length - 1, index === -1 ? 0 : index + by))]?.id);
  const focusPhrases = () =>
    focusOnceThere(() => detail.current?.querySelector<HTMLElement>('.phrase input[tabindex="0"]'));
  const like = (phrase: Phrase) => setMatching({ like: phrase.id, shown: phrase.text });

  const { keys } = words;
  useKeys(words.keyScopes.list, [
    { keys: ['j', 'ArrowDown'], label: keys.next, run: () => step(1) },
    { keys: ['k', 'ArrowUp'], label: keys.previous, run: () => step(-1) },
    { keys: 'Home', label: keys.first, run: () => select(groups[0]?.id), isHelpOnly: true },
    { keys: 'End', label: keys.last, run: () => select(groups.at(-1)?.id), isHelpOnly: true },
    {
      keys: 'Enter',
      label: keys.phrases,
      run: focusPhrases,
    },
    {
      keys: 'b',
      label: keys.selectByLikeness,
      run: () => {
        setMatching(null);
        actions.selectByLikeness();
      },
      isHelpOnly: true,
    },
    ...useMarkKeys(groups, select),
    { keys: '/', label: keys.search, run: () => searchField.current?.focus() },
    { keys: 'p', label: keys.preview, run: () => setIsPreviewShown(!isPreviewShown) },
    {
      keys: 'Escape',
      label: keys.clear,
      run: () => {
        setMarked(new Set());
        setPhrases(new Set());
        setMatching(null);
        focusRow();
      },
      isHelpOnly: true,
    },
  ]);

  const group = groups.find(({ id }) => id === current);
  const proposal = review.proposals.find(({ id }) => id === current);
  const tray = group?.kind === 'tray' ? group.tray : review.tray.find(({ id }) => id === current);
  return (
    <div className="review" data-preview={isPreviewShown}>
      <ReviewHeader
        isPreviewShown={isPreviewShown}
        onPreview={() => setIsPreviewShown(!isPreviewShown)}
        preview={preview.data}
      />
      <section className="pane list-pane" aria-label={words.listLabel}>
        <form
          className="list-tools"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const text = search.trim();
            if (text !== '') setMatching({ text });
          }}
        >
          <input
            ref={searchField}
            type="search"
            value={search}
            placeholder={words.searchPlaceholder}
            aria-label={words.searchLabel}
            onChange={(event) => {
              onSearch(event.target.value);
              if (event.target.value === '') setMatching(null);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' && event.key !== 'ArrowDown') return;
              event.preventDefault();
              if (event.key === 'Escape') onSearch('');
              if (event.key === 'ArrowDown' && matching !== null) focusPhrases();
              else if (index === -1) step(0);
              else focusRow();
            }}
          />
          <label className="option">
            <input
              type="checkbox"
              checked={isOpenOnly}
              onChange={(event) => onOpenOnly(event.target.checked)}
            />{' '}
            {words.openOnly}
          </label>
          <Transfer />
        </form>
        {search.trim() !== '' && (
          <button
            type="button"
            className="link search-phrases"
            onClick={() => setMatching({ text: search.trim() })}
          >
            {words.searchPhrases} <kbd>↵</kbd>
          </button>
        )}
        <GroupList sections={sections} onRename={actions.rename} />
      </section>
      <div className="pane detail-pane" ref={detail}>
        {matching !== null ? (
          <MatchesDetail
            search={matching}
            phrases={matchingPhrases.data?.phrases ?? []}
            total={found.data?.total ?? 0}
            isLoading={found.isFetching || matchingPhrases.isFetching}
            onLike={like}
            onClose={() => {
              setMatching(null);
              focusRow();
            }}
          />
        ) : proposal ? (
          <>
            {index === -1 && <p className="notice">{words.notListed}</p>}
            <ProposalDetail key={proposal.id} proposal={proposal} onLike={like} onLeave={focusRow} />
          </>
        ) : tray ? (
          <TrayDetail key={tray.id} group={tray} onLike={like} onLeave={focusRow} />
        ) : (
          <p className="empty">{words.nothingSelected}</p>
        )}
      </div>
      {isPreviewShown && (
        <aside className="pane preview-pane" aria-label={words.preview}>
          <PreviewPanel
            preview={preview.data ?? null}
            decisions={review.standing.decisions}
            isLoading={preview.isFetching}
            error={preview.error}
            onClose={() => setIsPreviewShown(false)}
          />
        </aside>
      )}
    </div>
  );
}
