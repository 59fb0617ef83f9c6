import { lazy, Suspense, useMemo, useState, useSyncExternalStore } from 'react';
import type { Pipelines, Session } from '../api';
import { RequestError } from './requests/client';
import { usePipelines, useReview, useSession } from './requests/queries';
import type { CyclePath } from './requests/paths';
import { outboxOf } from './outbox/registry';
import { useKeys } from './keyboard/keys';
import { ReviewSessionProvider, useReviewSession } from './review/review-session';
import { ReviewView } from './review/review-view';
import { SelectionProvider } from './review/selection';
import { goTo, useRoute, views, type Route, type View } from './routing/route';
import { useSettings } from './settings/settings';
import { Failure, SignInAgain } from './shell/failure';
import { HelpDialog } from './shell/help-dialog';
import { KeyBar } from './shell/key-bar';
import { TopBar } from './shell/top-bar';

const MapView = lazy(() => import('./map/map-view').then((module) => ({ default: module.MapView })));
const CyclesView = lazy(() =>
  import('./cycles/cycles-view').then((module) => ({ default: module.CyclesView })),
);
const ReportView = lazy(() =>
  import('./report/report-view').then((module) => ({ default: module.ReportView })),
);
const DiffView = lazy(() => import('./diff/diff-view').then((module) => ({ default: module.DiffView })));
const CategoriesView = lazy(() =>
  import('./categories/categories-view').then((module) => ({ default: module.CategoriesView })),
);
const ScheduleView = lazy(() =>
  import('./schedule/schedule-view').then((module) => ({ default: module.ScheduleView })),
);
const VersionsView = lazy(() =>
  import('./versions/versions-view').then((module) => ({ default: module.VersionsView })),
);

const viewKeys: Record<View, string> = {
  review: 'g r',
  map: 'g m',
  cycles: 'g c',
  report: 'g e',
  diff: 'g d',
  categories: 'g k',
  schedule: 'g s',
  versions: 'g v',
};

/** The page for somebody who has come in. */
export function App() {
  const { words } = useSettings();
  const session = useSession();
  const pipelines = usePipelines();
  if (session.error) {
    return (
      <main className="alone">
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data || (!pipelines.data && !pipelines.error)) {
    return (
      <main className="alone" aria-busy="true">
        <p className="soft">{words.loading}</p>
      </main>
    );
  }
  if (!pipelines.data) {
    return (
      <main className="alone">
        <Failure error={pipelines.error} onRetry={() => void pipelines.refetch()} />
      </main>
    );
  }
  return (
    <Frame
      session={session.data}
      pipelines={pipelines.data}
      failure={pipelines.error instanceof RequestError ? pipelines.error : null}
    />
  );
}

interface FrameProperties {
  session: Session;
  pipelines: Pipelines['pipelines'];
  failure: RequestError | null;
}

function Frame({ session, pipelines, failure }: FrameProperties) {
  const { words } = useSettings();
  const route = useRoute();
  const [isHelpShown, setIsHelpShown] = useState(false);
  const chosen =
    pipelines.find(({ name }) => name === route.pipeline) ??
    pipelines.find(({ waitingReview }) => waitingReview !== null) ??
    pipelines[0];
  const pipeline = chosen?.name ?? null;
  const newest = chosen?.waitingReview?.cycle ?? chosen?.newestCycle?.cycle ?? null;
  const cycle = route.cycle ?? newest;
  const path = useMemo(
    () => (pipeline !== null && cycle !== null ? { pipeline, cycle } : null),
    [pipeline, cycle],
  );

  useKeys(
    words.keyScopes.views,
    views.map((view) => ({
      keys: viewKeys[view],
      label: words.views[view],
      run: () => goTo({ pipeline, view, cycle: route.cycle }),
    })),
    -1,
  );
  useKeys(
    words.keyScopes.page,
    [{ keys: '?', label: words.keys.help, run: () => setIsHelpShown(true), isHelpOnly: true }],
    -2,
  );

  const workerMissing = chosen?.newestCycle?.workerMissing === true || failure?.status === 503;
  return (
    <>
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {words.skip}
      </a>
      <TopBar route={route} pipeline={pipeline} pipelines={pipelines} session={session} />
      {failure?.status === 0 ? (
        <p className="banner" role="alert">
          {words.unreachable}
        </p>
      ) : failure?.status === 401 ? (
        <p className="banner" role="alert">
          {words.errors(failure)} <SignInAgain error={failure} />
        </p>
      ) : (
        workerMissing && (
          <p className="banner" role="status">
            {words.workerMissing}
          </p>
        )
      )}
      <main id="content" tabIndex={-1} className={`view view-${route.view}`}>
        <h1 className="hidden">
          {words.views[route.view]} · {pipeline ?? ''}
        </h1>
        <Suspense fallback={<p className="empty">{words.loading}</p>}>
          {pipeline === null ? (
            <p className="empty">{words.noPipelines}</p>
          ) : (
            <Content
              key={`${pipeline}/${cycle}`}
              route={route}
              pipeline={pipeline}
              path={path}
              session={session}
            />
          )}
        </Suspense>
      </main>
      <KeyBar onHelp={() => setIsHelpShown(true)} />
      {isHelpShown && <HelpDialog onClose={() => setIsHelpShown(false)} />}
    </>
  );
}

interface ContentProperties {
  route: Route;
  pipeline: string;
  path: CyclePath | null;
  session: Session;
}

function Content({ route, pipeline, path, session }: ContentProperties) {
  const { words } = useSettings();
  switch (route.view) {
    case 'review':
    case 'map':
      return path ? (
        <ReviewLoader path={path} session={session} view={route.view} />
      ) : (
        <p className="empty">{words.noReview(null)}</p>
      );
    case 'cycles':
      return <CyclesView pipeline={pipeline} cycle={path?.cycle ?? null} session={session} />;
    case 'report':
      return path ? <ReportView path={path} /> : <p className="empty">{words.reportWords.none}</p>;
    case 'diff':
      return path ? <DiffView path={path} /> : <p className="empty">{words.diffWords.none}</p>;
    case 'categories':
      return <CategoriesView pipeline={pipeline} />;
    case 'schedule':
      return <ScheduleView pipeline={pipeline} session={session} />;
    case 'versions':
      return <VersionsView pipeline={pipeline} session={session} />;
  }
}

function ReviewLoader({
  path,
  session,
  view,
}: {
  path: CyclePath;
  session: Session;
  view: 'review' | 'map';
}) {
  const { words } = useSettings();
  const review = useReview(path);
  if (!review.data) {
    return (
      <>
        {!review.error ? (
          <p className="empty">{words.loading}</p>
        ) : review.error instanceof RequestError && review.error.status === 404 ? (
          <p className="empty">{words.noReview(path.cycle)}</p>
        ) : (
          <Failure error={review.error} onRetry={() => void review.refetch()} />
        )}
        <WaitingDecisions path={path} />
      </>
    );
  }
  return (
    <ReviewSessionProvider path={path} session={session} review={review.data}>
      <SelectionProvider>
        <FailureBanner />
        {view === 'map' ? <MapView /> : <ReviewView />}
      </SelectionProvider>
    </ReviewSessionProvider>
  );
}

/** How many decisions of an earlier page wait, so that whoever reloads while nobody answers knows them safe. */
function WaitingDecisions({ path }: { path: CyclePath }) {
  const { words } = useSettings();
  const outbox = outboxOf(path);
  const { length } = useSyncExternalStore(outbox.subscribe, outbox.snapshot).waiting;
  if (length === 0) return null;
  return (
    <p className="empty" role="status">
      <span className="badge accent">{words.waitingToBeStored(length)}</span>
    </p>
  );
}

/** What was seen is there still, and what is decided is kept: the page only says that it waits. */
function FailureBanner() {
  const { words } = useSettings();
  const { failure } = useReviewSession();
  // That the session has ended is told above, for the whole page.
  if (!failure || failure.status === 401) return null;
  return (
    <p className="banner" role="status">
      {failure.status === 0
        ? words.unreachable
        : failure.status === 503
          ? words.workerMissing
          : words.errors(failure)}
    </p>
  );
}
