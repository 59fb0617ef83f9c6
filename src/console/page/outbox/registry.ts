import type { CyclePath } from '../requests/paths';
import { Outbox } from './outbox';
import { tabStorage } from './tab-storage';

/** One for each review of this page: they go on sending while another view is open. */
const outboxes = new Map<string, Outbox>();

/** The outbox of a cycle's review. */
export function outboxOf({ pipeline, cycle }: CyclePath): Outbox {
  const key = `ciclo.waiting/${pipeline}/${cycle}`;
  const existing = outboxes.get(key);
  if (existing) return existing;
  const created = new Outbox(tabStorage(key));
  outboxes.set(key, created);
  return created;
}
