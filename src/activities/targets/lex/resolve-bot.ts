import type { LexTargetConfiguration } from '../../../domain/pipeline';
import type { BotReference } from './bot-reference';
import { callAws } from './calls';
import type { LexDependencies } from './dependencies';
import { findBotReference } from './find-bot';

export function resolveBotActivity({ lexModels }: LexDependencies) {
  return {
    /** See `findBotReference`. */
    resolveBot({ target }: { target: LexTargetConfiguration }): Promise<BotReference> {
      return findBotReference(lexModels, target, callAws);
    },
  };
}
