import { findReview } from '../../../operations/reviews';
import type { RouteContext } from '../context';
import { readKnownPipeline } from '../pipelines';

/** Reads the reviews that wait and makes their previews, so that whoever opens one waits for neither. */
export async function prepareWaitingReviews({
  client,
  desk,
  pipelines,
  previews,
}: Pick<RouteContext, 'client' | 'desk' | 'pipelines' | 'previews'>): Promise<void> {
  for (const name of await pipelines.names().catch(() => [])) {
    try {
      const configuration = await readKnownPipeline(pipelines, name);
      const cycle = Number((await findReview(client, name)).split('/').at(-1));
      previews.prepare(configuration, await desk.open(configuration, cycle));
    } catch {
      // No review waits, or nobody answers just now: it is made when somebody opens it.
    }
  }
}
