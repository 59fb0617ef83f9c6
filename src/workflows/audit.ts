import { patched, workflowInfo } from '@temporalio/workflow';
import type { AuditRecord } from '../domain/audit';
import { inPages } from '../domain/pages';
import { quick } from './stage-activities';

/** One activity call stays far below the size of a payload that Temporal warns about. */
const recordsBytesAtOnce = 128 * 1024;

/** Whether this run keeps an audit trail: those that began before there was one go on without. */
export function keepsAuditTrail(): boolean {
  return patched('audit-trail');
}

/** Tells this run's events from those of every other run. */
export function auditId(): string {
  const { workflowId, firstExecutionRunId } = workflowInfo();
  return `${workflowId}/${firstExecutionRunId}`;
}

/** Notes one event of this run, under its kind. */
export async function recordAuditEvent(pipeline: string, event: AuditRecord['event']): Promise<void> {
  await recordAudit(pipeline, [{ id: `${auditId()}/${event.kind}`, at: new Date().toISOString(), event }]);
}

/** Notes records in the pipeline's audit trail; what follows happens only once they are there. */
export async function recordAudit(pipeline: string, records: readonly AuditRecord[]): Promise<void> {
  for (const page of inPages(records, recordsBytesAtOnce)) {
    await quick.recordAudit({ pipeline, records: page });
  }
}
