import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type {
  Audit,
  BotDiff,
  CategoryMapView,
  Cycle,
  CycleSummary,
  Decisions,
  IntentExamples,
  MapPoints,
  Phrases,
  Pipelines,
  Preview,
  PreviewComparison,
  Review,
  Schedule,
  SearchResult,
  Session,
  Versions,
} from '../../api';
import { getJson, postJson, RequestError } from './client';
import { cyclePath, pipelinePath, type CyclePath } from './paths';

/** How often the page asks what others decided. */
const pollMs = 2_000;
const slowPollMs = 5_000;
const phrasesPage = 200;

/** A temporary failure is tried again by the next poll or by the person; only what nobody polls is retried here. */
const retry = (failures: number, error: Error) =>
  error instanceof RequestError && error.isTemporary && failures < 3;

export function useSession(): UseQueryResult<Session> {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => getJson<Session>('session', signal),
    staleTime: Infinity,
    retry,
  });
}

export function usePipelines(): UseQueryResult<Pipelines['pipelines']> {
  return useQuery({
    queryKey: ['pipelines'],
    queryFn: async ({ signal }) => (await getJson<Pipelines>('pipelines', signal)).pipelines,
    refetchInterval: slowPollMs,
    retry,
  });
}

/** The first key of everything that decisions change. */
export function reviewKey(path: CyclePath): readonly unknown[] {
  return ['review', path.pipeline, path.cycle];
}

export function useReview(path: CyclePath): UseQueryResult<Review> {
  return useQuery({
    queryKey: [...reviewKey(path), 'state'],
    queryFn: ({ signal }) => getJson<Review>(`${cyclePath(path)}/review`, signal),
    staleTime: Infinity,
    retry: false,
    // Decisions wait until it is there and shows them: it is asked for again for as long as nobody answers.
    refetchInterval: ({ state: { error } }) =>
      error instanceof RequestError && error.isTemporary ? pollMs : false,
  });
}

/** Decisions after the given number, asked again every two seconds. */
export function useDecisionsAfter(
  path: CyclePath,
  after: number,
  isEnabled: boolean,
): UseQueryResult<Decisions> {
  return useQuery({
    queryKey: ['decisions', path.pipeline, path.cycle, after],
    queryFn: ({ signal }) => getJson<Decisions>(`${cyclePath(path)}/review/decisions?after=${after}`, signal),
    refetchInterval: pollMs,
    refetchIntervalInBackground: true,
    enabled: isEnabled,
    retry: false,
    gcTime: 0,
  });
}

/** The phrases of a group, page by page. */
export function usePhrases(path: CyclePath, group: string | null) {
  return useInfiniteQuery({
    queryKey: [...reviewKey(path), 'phrases', group],
    queryFn: ({ pageParam, signal }) =>
      getJson<Phrases>(
        `${cyclePath(path)}/review/utterances?group=${encodeURIComponent(group!)}&after=${pageParam}&limit=${phrasesPage}`,
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    enabled: group !== null,
    staleTime: Infinity,
    retry,
  });
}

/** Phrases by their ids, at most 500. */
export function usePhrasesById(path: CyclePath, ids: readonly string[], csrfToken: string) {
  return useQuery({
    queryKey: [...reviewKey(path), 'phrases-by-id', ids],
    queryFn: () => postJson<Phrases>(`${cyclePath(path)}/review/utterances`, { ids }, csrfToken),
    enabled: ids.length > 0,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry,
  });
}

export function useIntentExamples(path: CyclePath, intent: string | null): UseQueryResult<IntentExamples> {
  return useQuery({
    queryKey: ['intent', path.pipeline, path.cycle, intent],
    queryFn: ({ signal }) =>
      getJson<IntentExamples>(`${cyclePath(path)}/review/intents/${encodeURIComponent(intent!)}`, signal),
    enabled: intent !== null,
    staleTime: Infinity,
    retry,
  });
}

export function useMapPoints(path: CyclePath): UseQueryResult<MapPoints> {
  return useQuery({
    queryKey: [...reviewKey(path), 'map'],
    queryFn: ({ signal }) => getJson<MapPoints>(`${cyclePath(path)}/review/map`, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry,
  });
}

/** What to look for: by words, or by meaning like a phrase. */
export type Search = { text: string } | { like: string; shown: string };

/** @param limit so many matches at the most, the best ones */
export function useSearch(
  path: CyclePath,
  search: Search | null,
  limit: number,
): UseQueryResult<SearchResult> {
  const query =
    search === null
      ? ''
      : 'text' in search
        ? `text=${encodeURIComponent(search.text)}`
        : `like=${encodeURIComponent(search.like)}`;
  return useQuery({
    queryKey: ['search', path.pipeline, path.cycle, query, limit],
    queryFn: ({ signal }) =>
      getJson<SearchResult>(`${cyclePath(path)}/review/search?${query}&limit=${limit}`, signal),
    enabled: search !== null,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry,
  });
}

/** The estimated effect; comes a moment after each decision. */
export function usePreview(path: CyclePath, isEnabled: boolean): UseQueryResult<Preview> {
  return useQuery({
    queryKey: [...reviewKey(path), 'preview'],
    queryFn: ({ signal }) => getJson<Preview>(`${cyclePath(path)}/review/preview`, signal),
    enabled: isEnabled,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry,
  });
}

export function usePreviewComparison(path: CyclePath): UseQueryResult<PreviewComparison> {
  return useQuery({
    queryKey: ['preview-comparison', path.pipeline, path.cycle],
    queryFn: ({ signal }) => getJson<PreviewComparison>(`${cyclePath(path)}/preview`, signal),
    retry,
  });
}

export function useCycles(pipeline: string): UseQueryResult<CycleSummary[]> {
  return useQuery({
    queryKey: ['cycles', pipeline],
    queryFn: async ({ signal }) =>
      (await getJson<{ cycles: CycleSummary[] }>(`${pipelinePath(pipeline)}/cycles`, signal)).cycles,
    refetchInterval: slowPollMs,
    retry,
  });
}

export function useCycle(path: CyclePath | null): UseQueryResult<Cycle> {
  return useQuery({
    queryKey: ['cycle', path?.pipeline, path?.cycle],
    queryFn: ({ signal }) => getJson<Cycle>(cyclePath(path!), signal),
    enabled: path !== null,
    refetchInterval: pollMs,
    retry,
  });
}

export function useBotDiff(path: CyclePath): UseQueryResult<BotDiff> {
  return useQuery({
    queryKey: ['diff', path.pipeline, path.cycle],
    queryFn: ({ signal }) => getJson<BotDiff>(`${cyclePath(path)}/diff`, signal),
    retry,
  });
}

export function useCategoryMap(pipeline: string): UseQueryResult<CategoryMapView> {
  return useQuery({
    queryKey: ['category-map', pipeline],
    queryFn: ({ signal }) => getJson<CategoryMapView>(`${pipelinePath(pipeline)}/category-map`, signal),
    retry,
  });
}

export function useAudit(pipeline: string): UseQueryResult<Audit> {
  return useQuery({
    queryKey: ['audit', pipeline],
    queryFn: ({ signal }) => getJson<Audit>(`${pipelinePath(pipeline)}/audit`, signal),
    retry,
  });
}

export function useSchedule(pipeline: string): UseQueryResult<Schedule> {
  return useQuery({
    queryKey: ['schedule', pipeline],
    queryFn: ({ signal }) => getJson<Schedule>(`${pipelinePath(pipeline)}/schedule`, signal),
    refetchInterval: slowPollMs,
    retry,
  });
}

export function useVersions(pipeline: string): UseQueryResult<Versions> {
  return useQuery({
    queryKey: ['versions', pipeline],
    queryFn: ({ signal }) => getJson<Versions>(`${pipelinePath(pipeline)}/versions`, signal),
    refetchInterval: slowPollMs,
    retry,
  });
}
