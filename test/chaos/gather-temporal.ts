import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { stageNames, type CycleResult, type StageName } from '../../src/domain/cycle';
import type { WorkflowRecord } from './records';

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

/** Every execution that the server knows, with its stages and its result read from the history. */
export async function gatherWorkflows(client: Client): Promise<WorkflowRecord[]> {
  const records: WorkflowRecord[] = [];
  for await (const execution of client.workflow.list()) {
    const handle = client.workflow.getHandle(execution.workflowId, execution.runId);
    records.push(recordOf(execution, await handle.fetchHistory()));
  }
  return records.sort((a, b) => a.startedMs - b.startedMs);
}

function recordOf(execution: WorkflowExecutionInfo, history: History): WorkflowRecord {
  const stages: WorkflowRecord['stages'] = [];
  let result: CycleResult | null = null;
  for (const event of history.events ?? []) {
    const fields = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields ?? {};
    const stage = decode<string>(fields['CicloStage']?.data);
    if (isStage(stage)) stages.push({ stage, atMs: millisecondsOf(event.eventTime) });
    const completed = event.workflowExecutionCompletedEventAttributes?.result?.payloads?.[0]?.data;
    if (execution.type === 'retrain') result = decode<CycleResult>(completed) ?? result;
  }
  return {
    workflowId: execution.workflowId,
    runId: execution.runId,
    type: execution.type,
    status: execution.status.name,
    startedMs: execution.startTime.getTime(),
    closedMs: execution.closeTime?.getTime() ?? null,
    stages,
    result,
  };
}

function decode<T>(data: Uint8Array | null | undefined): T | undefined {
  return data ? (JSON.parse(Buffer.from(data).toString('utf8')) as T) : undefined;
}

function isStage(name: string | undefined): name is StageName {
  return stageNames.some((stage) => stage === name);
}

function millisecondsOf(
  time: { seconds?: { toString(): string } | null; nanos?: number | null } | null | undefined,
): number {
  return Number(String(time?.seconds ?? 0)) * 1000 + Math.floor((time?.nanos ?? 0) / 1_000_000);
}
