import type { ActivityDependencies } from '../../dependencies';
import type { Polling } from './polling';

export interface LexDependencies extends Pick<ActivityDependencies, 'store' | 'lexModels' | 'lexRuntime'> {
  polling: Polling;
  /** How long the transfer of an archive may take. */
  transferTimeoutMs: number;
}
