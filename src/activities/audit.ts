import type { AuditRecord } from '../domain/audit';
import { type AuditHead, AuditTrail } from '../platform/registry/audit-trail';
import type { ActivityDependencies } from './dependencies';

export type AuditActivities = ReturnType<typeof createAuditActivities>;

export function createAuditActivities({
  store,
  loadPipeline,
}: Pick<ActivityDependencies, 'store' | 'loadPipeline'>) {
  return {
    /**
     * Notes records in the pipeline's audit trail, each once, however often this is tried.
     * @returns where the chain ends then, so that the workflow's history knows it too
     */
    async recordAudit(input: { pipeline: string; records: AuditRecord[] }): Promise<AuditHead | null> {
      const { name, store: kept } = await loadPipeline(input.pipeline);
      return new AuditTrail(store, kept.uri, name).append(input.records);
    },
  };
}
