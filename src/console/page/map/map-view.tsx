import { useEffect, useMemo, useRef, useState } from 'react';
import type { MapPoints, Phrase } from '../../api';
import { focusOnceThere } from '../keyboard/focus';
import { useKeys } from '../keyboard/keys';
import { useMapPoints, usePhrasesById, usePreview, useSearch, type Search } from '../requests/queries';
import { ReviewActionsProvider, useReviewActions } from '../review/actions';
import { focusGroup, GroupList } from '../review/group-list';
import { groupNamer } from '../review/group-names';
import { GroupPhrases } from '../review/group-phrases';
import { sectionsOf } from '../review/groups';
import { useMarkKeys } from '../review/marking';
import { PhraseList } from '../review/phrase-list';
import { ReviewHeader } from '../review/review-header';
import { useReviewSession } from '../review/review-session';
import { toggled, useSelection } from '../review/selection';
import { PreviewPanel } from '../preview/preview-panel';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { Text } from '../text/phrase';
import { colourings, palettes, pointColours, type Colouring } from './colours';
import { labelsOf } from './labels';
import { MapCanvas, type MapHandle } from './map-canvas';
import { MapLegend } from './map-legend';
import { createScene, looks } from './painter';
import { useIsDark } from './use-is-dark';

/** Phrases of a selection that the list beside the map shows. */
const mostListed = 500;
/** What holds a word is found whole; of what is alike, which nearly everything is a little, the best. */
const mostFound = { text: 20_000, like: 500 };

/** All phrases on a map, with the list beside it. */
export function MapView() {
  const { words } = useSettings();
  const { path, review } = useReviewSession();
  const points = useMapPoints(path);
  const sections = useMemo(() => sectionsOf(review, '', false), [review]);
  const groups = sections.flatMap((section) => section.groups);
  return (
    <ReviewActionsProvider groups={groups}>
      <Loaded query={points} emptyText={words.mapWords.none}>
        {(data) =>
          data.available ? <FittedMap points={data} /> : <p className="empty">{words.mapWords.none}</p>
        }
      </Loaded>
    </ReviewActionsProvider>
  );
}

/** The points fill the map, whatever they are measured in. */
function FittedMap({ points }: { points: MapPoints }) {
  const fitted = useMemo(() => ({ ...points, x: fit(points.x), y: fit(points.y) }), [points]);
  return <MapPanes points={fitted} />;
}

/** Values on a scale from the least, 0, to the greatest, 1. */
function fit(values: readonly number[]): number[] {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const range = greatest - least || 1;
  return values.map((value) => (value - least) / range);
}

function MapPanes({ points }: { points: MapPoints }) {
  const { words, numbers } = useSettings();
  const { mapWords: own, keys } = words;
  const { path, review, session, isOpen } = useReviewSession();
  const { current, setCurrent, phrases: selected, setPhrases, setMarked } = useSelection();
  const actions = useReviewActions();
  const isDark = useIsDark();
  const palette = palettes[isDark ? 'dark' : 'light'];
  const [colouring, setColouring] = useState<Colouring>('proposal');
  const [hasLasso, setHasLasso] = useState(false);
  const [text, setText] = useState('');
  const [search, setSearch] = useState<Search | null>(null);
  /** Whether what is searched for is to be selected once it is found. */
  const isAwaited = useRef(false);
  const [isPreviewShown, setIsPreviewShown] = useState(false);
  const canvas = useRef<MapHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const side = useRef<HTMLDivElement>(null);
  const preview = usePreview(path, true);
  const found = useSearch(
    path,
    search,
    search !== null && 'text' in search ? mostFound.text : mostFound.like,
  );
  const matches = useMemo(
    () => (search === null ? null : new Set(found.data?.matches.map(({ id }) => id) ?? [])),
    [search, found.data],
  );
  const sections = useMemo(() => sectionsOf(review, '', false), [review]);
  const groups = sections.flatMap((section) => section.groups);
  const listed = useMemo(() => [...selected].slice(0, mostListed), [selected]);
  const chosen = usePhrasesById(path, listed, session.csrfToken);

  useEffect(() => {
    if (search === null && text.trim().length < 2) return;
    const timer = setTimeout(() => {
      const trimmed = text.trim();
      if (trimmed.length >= 2) setSearch({ text: trimmed });
      else if (search !== null && 'text' in search) setSearch(null);
    }, 250);
    return () => clearTimeout(timer);
    // The search follows what is typed, not the other way round.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);

  const scene = useMemo(() => {
    const colours = pointColours(points, colouring, palette);
    const look = new Uint8Array(points.ids.length);
    const isDimmed = matches !== null || selected.size > 0;
    points.ids.forEach((id, index) => {
      const group = points.groups[points.group[index]!]?.id;
      if (selected.has(id)) {
        look[index] = looks.selected;
        colours[index] = palette.selected;
      } else if (matches?.has(id) === true) look[index] = looks.match;
      else if (group === current) look[index] = looks.current;
      else look[index] = isDimmed ? looks.dim : looks.normal;
    });
    return createScene(points, colours, look, palette.background);
  }, [points, colouring, palette, matches, selected, current]);

  const labels = useMemo(() => labelsOf(points, colouring, current), [points, colouring, current]);

  const focusRow = () => focusGroup(current);
  const select = (id: string | undefined) => {
    if (id === undefined) return;
    setCurrent(id);
    setPhrases(new Set());
    focusGroup(id);
  };
  const first = groups[0]?.id ?? null;
  useEffect(() => {
    if (current === null && first !== null) setCurrent(first);
  }, [current, first, setCurrent]);
  const index = groups.findIndex(({ id }) => id === current);
  const step = (by: number) => select(groups[Math.max(0, Math.min(groups.length - 1, index + by))]?.id);
  const nextColouring = colourings[(colourings.indexOf(colouring) + 1) % colourings.length]!;
  const focusPhrases = () =>
    focusOnceThere(() => side.current?.querySelector<HTMLElement>('.phrase input[tabindex="0"]'));
  const selectFound = () => {
    if (matches !== null && matches.size > 0) setPhrases(matches);
  };
  /** Enter in the field selects what it finds, also when that is not there yet. */
  const submit = () => {
    const trimmed = text.trim();
    if (trimmed.length < 2) return selectFound();
    setSearch({ text: trimmed });
    isAwaited.current = true;
  };
  const isFound = !found.isFetching && !found.isPlaceholderData;
  useEffect(() => {
    if (!isAwaited.current || !isFound || matches === null) return;
    isAwaited.current = false;
    if (matches.size > 0) setPhrases(matches);
  }, [isFound, matches, setPhrases]);
  const like = (phrase: Phrase) => {
    setPhrases(new Set());
    setText('');
    setSearch({ like: phrase.id, shown: phrase.text });
    focusRow();
  };
  const clear = () => {
    setMarked(new Set());
    setPhrases(new Set());
    setSearch(null);
    setText('');
    setHasLasso(false);
    focusRow();
  };
  useKeys(words.keyScopes.map, [
    { keys: ['j', 'ArrowDown'], label: keys.next, run: () => step(1) },
    { keys: ['k', 'ArrowUp'], label: keys.previous, run: () => step(-1) },
    {
      keys: 'Enter',
      label: keys.phrases,
      run: () => {
        // What was looked for comes first: its key stands beside it.
        if (search !== null && selected.size === 0) selectFound();
        else focusPhrases();
      },
    },
    { keys: 'b', label: keys.selectByLikeness, run: actions.selectByLikeness, isHelpOnly: true },
    ...useMarkKeys(groups, select),
    { keys: '/', label: keys.search, run: () => field.current?.focus() },
    { keys: 'L', label: keys.lasso, run: () => setHasLasso(!hasLasso) },
    { keys: 'c', label: keys.colour, run: () => setColouring(nextColouring) },
    { keys: ['+', '='], label: keys.zoomIn, run: () => canvas.current?.zoom(1.4) },
    { keys: '-', label: keys.zoomOut, run: () => canvas.current?.zoom(1 / 1.4) },
    { keys: '0', label: keys.whole_map, run: () => canvas.current?.reset() },
    { keys: 'p', label: keys.preview, run: () => setIsPreviewShown(!isPreviewShown) },
    { keys: 'Escape', label: keys.clear, run: clear, isHelpOnly: true },
  ]);

  return (
    <div className="review map-view" data-preview={isPreviewShown}>
      <ReviewHeader
        isPreviewShown={isPreviewShown}
        onPreview={() => setIsPreviewShown(!isPreviewShown)}
        preview={preview.data}
      />
      <section className="pane map-pane" aria-label={words.views.map}>
        <form
          className="list-tools"
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <input
            ref={field}
            type="search"
            value={text}
            placeholder={words.searchPlaceholder}
            aria-label={own.search}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.preventDefault();
                clear();
              }
            }}
          />
          <label className="option">
            {own.colourBy}
            <select
              value={colouring}
              onChange={(event) =>
                setColouring(colourings.find((one) => one === event.target.value) ?? 'proposal')
              }
            >
              {colourings.map((one) => (
                <option key={one} value={one}>
                  {own.colours[one]}
                </option>
              ))}
            </select>
          </label>
          <button type="button" aria-pressed={hasLasso} onClick={() => setHasLasso(!hasLasso)}>
            {own.lasso} <kbd>⇧l</kbd>
          </button>
          <span className="button-group">
            <button type="button" aria-label={own.zoomIn} onClick={() => canvas.current?.zoom(1.4)}>
              +
            </button>
            <button type="button" aria-label={own.zoomOut} onClick={() => canvas.current?.zoom(1 / 1.4)}>
              −
            </button>
          </span>
          <button type="button" onClick={() => canvas.current?.reset()}>
            {own.reset} <kbd>0</kbd>
          </button>
        </form>
        {search !== null && (
          <p className="map-found" role="status">
            {'like' in search && (
              <>
                {words.phrasesLike} {words.quotes[0]}
                <Text text={search.shown} characters={60} />
                {words.quotes[1]}:{' '}
              </>
            )}
            {isFound && own.found(numbers.count(matches?.size ?? 0))}
            <button type="button" onClick={selectFound}>
              {words.keys.selectAll} <kbd>↵</kbd>
            </button>
            <button
              type="button"
              onClick={() => {
                setSearch(null);
                setText('');
              }}
            >
              {own.clearSearch}
            </button>
          </p>
        )}
        <MapCanvas
          handle={canvas}
          scene={scene}
          labels={labels}
          ink={palette.selected}
          label={own.label(numbers.count(points.ids.length))}
          hasLasso={hasLasso}
          onPick={(point, isAdding) => {
            const id = points.ids[point]!;
            const group = points.groups[points.group[point]!]!;
            if (isAdding) setPhrases(toggled(selected, id));
            else if (groups.some((one) => one.id === group.id)) select(group.id);
            else setPhrases(new Set([id]));
          }}
          onLasso={(inside) => setPhrases(new Set(inside.map((point) => points.ids[point]!)))}
        />
        <MapLegend points={points} colouring={colouring} palette={palette} />
      </section>
      <div className="pane map-side" ref={side}>
        <GroupList sections={sections} onRename={actions.rename} />
        <div className="map-phrases">
          {selected.size > 0 ? (
            <section className="phrases" aria-label={own.selected(numbers.count(selected.size))}>
              <div className="section-head">
                <h3>
                  {own.selected(numbers.count(selected.size))}{' '}
                  {selected.size > mostListed &&
                    own.firstOf(String(mostListed), numbers.count(selected.size))}
                </h3>
                <span className="actions">
                  <button type="button" disabled={!isOpen} onClick={actions.move}>
                    {words.moveSelected(selected.size)} <kbd>v</kbd>
                  </button>
                  <button type="button" onClick={() => setPhrases(new Set())}>
                    {own.clearSearch}
                  </button>
                </span>
              </div>
              <PhraseList
                label={own.selected(numbers.count(selected.size))}
                phrases={chosen.data?.phrases ?? []}
                total={listed.length}
                onMore={null}
                groupName={groupNamer(review, words)}
                onLike={like}
                onLeave={focusRow}
              />
            </section>
          ) : current !== null ? (
            <GroupPhrases key={current} group={current} onLike={like} onLeave={focusRow} />
          ) : (
            <p className="empty">{words.nothingSelected}</p>
          )}
        </div>
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
