import type { ActivityDependencies } from '../../dependencies';
import type { Polling } from './polling';

export interface LexDependencies extends Pick<ActivityDependencies, 'store' | 'lexModels' | 'lexRuntime'> {
  polling: Polling;
}
