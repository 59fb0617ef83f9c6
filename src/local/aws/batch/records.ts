import type {
  AttemptDetail,
  ComputeEnvironmentDetail,
  ContainerProperties,
  EvaluateOnExit,
  JobDependency,
  JobQueueDetail,
  JobStatus,
  KeyValuePair,
} from '@aws-sdk/client-batch';

import { type ProcessIdentity } from '../state/process-identity';

/** What the state folder holds of Batch. Times are milliseconds since 1970, as on Batch's own wire. */

export interface JobDefinitionRecord {
  name: string;
  arn: string;
  revision: number;
  container: ContainerProperties;
  parameters: Record<string, string>;
  attempts: number;
  evaluateOnExit: EvaluateOnExit[];
  timeoutSeconds?: number;
  tags: Record<string, string>;
}

export type QueueRecord = JobQueueDetail & { jobQueueName: string; jobQueueArn: string; priority: number };
export type ComputeEnvironmentRecord = ComputeEnvironmentDetail & {
  computeEnvironmentName: string;
  computeEnvironmentArn: string;
};

export interface JobRecord {
  jobId: string;
  name: string;
  queueArn: string;
  definitionArn: string;
  image: string;
  command: string[];
  environment: KeyValuePair[];
  parameters: Record<string, string>;
  dependsOn: JobDependency[];
  mostAttempts: number;
  evaluateOnExit: EvaluateOnExit[];
  timeoutSeconds?: number;
  tags: Record<string, string>;
  /** An array job's size; its children run in its place. */
  arraySize?: number;
  /** A child's place in its array job. */
  array?: { parentId: string; index: number };
  status: JobStatus;
  statusReason?: string;
  /** Why somebody ended the job; it counts once its process is gone. */
  terminated?: string;
  cancelled?: boolean;
  attempts: AttemptDetail[];
  process?: ProcessIdentity;
  createdAt: number;
  startedAt?: number;
  stoppedAt?: number;
}

export function isOver({ status }: JobRecord): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED';
}

export function isWaiting({ status }: JobRecord): boolean {
  return status === 'SUBMITTED' || status === 'PENDING' || status === 'RUNNABLE';
}
