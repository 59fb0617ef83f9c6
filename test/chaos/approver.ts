import { findReview } from '../../src/operations/reviews';
import {
  decideSignal,
  decideUpdate,
  finishSignal,
  finishUpdate,
  reviewStateQuery,
} from '../../src/workflows/review';
import type { PatientTemporal } from './patient-temporal';
import { pipelineName } from './pipeline';

const author = 'chaos';

/**
 * One step towards a finished review, whatever state it is in: looks, then accepts everything or finishes. What was
 * sent and not answered shows at the next look.
 * @param by the two ways in which people answer
 * @throws when there is no review yet, or a server is down
 */
export async function approve(temporal: PatientTemporal, by: 'update' | 'signal'): Promise<void> {
  await temporal.try(async (client) => {
    const handle = client.workflow.getHandle(await findReview(client, pipelineName));
    const view = await handle.query(reviewStateQuery);
    if (view.finished) return;
    const decision = { action: 'accept-all', author } as const;
    const isOpen = view.open > 0;
    if (by === 'update') {
      if (isOpen) await handle.executeUpdate(decideUpdate, { args: [decision] });
      else await handle.executeUpdate(finishUpdate, { args: [{ author }] });
    } else {
      if (isOpen) await handle.signal(decideSignal, decision);
      else await handle.signal(finishSignal, { author });
    }
  });
}
