import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import {
  DeleteSessionCommand,
  RecognizeTextCommand,
  type LexRuntimeV2Client,
  type RecognizeTextCommandOutput,
} from '@aws-sdk/client-lex-runtime-v2';
import { ownSessionPrefix } from '../../../domain/own-sessions';
import { outOfScope } from '../../../domain/utterance';
import type { BotReference } from './bot-reference';
import { callAws } from './calls';

/** An answer that takes longer counts as the service being unavailable. */
const answerTimeoutMs = 15_000;

export interface Answer {
  intent: string;
  /** 0–1; null for a fallback. */
  confidence: number | null;
  latencyMs: number;
}

/**
 * Asks an alias what it makes of a phrase, in a session of its own, which is deleted afterwards.
 * @throws the translated errors of AWS
 */
export async function recognize(
  lexRuntime: LexRuntimeV2Client,
  { botId, localeId }: Pick<BotReference, 'botId' | 'localeId'>,
  botAliasId: string,
  text: string,
): Promise<Answer> {
  const session = { botId, botAliasId, localeId, sessionId: `${ownSessionPrefix}${randomUUID()}` };
  const startedAtMs = performance.now();
  const answer = await callAws('RecognizeText', `alias ${botAliasId} of bot ${botId}`, ({ abortSignal }) =>
    lexRuntime.send(new RecognizeTextCommand({ ...session, text }), {
      abortSignal: AbortSignal.any([abortSignal, AbortSignal.timeout(answerTimeoutMs)]),
    }),
  );
  const latencyMs = performance.now() - startedAtMs;
  await endSession(lexRuntime, session);
  return { ...firstInterpretation(answer), latencyMs: Math.round(latencyMs * 10) / 10 };
}

function firstInterpretation({ interpretations }: RecognizeTextCommandOutput): Omit<Answer, 'latencyMs'> {
  const first = interpretations?.[0];
  const intent = first?.intent?.name ?? outOfScope;
  return { intent, confidence: intent === outOfScope ? null : (first?.nluConfidence?.score ?? null) };
}

/** A session that stays ends by itself; it is not worth failing for. */
async function endSession(
  lexRuntime: LexRuntimeV2Client,
  session: { botId: string; botAliasId: string; localeId: string; sessionId: string },
): Promise<void> {
  try {
    await lexRuntime.send(new DeleteSessionCommand(session), {
      abortSignal: AbortSignal.timeout(answerTimeoutMs),
    });
  } catch (error) {
    Context.current().log.debug('A test session could not be deleted.', { error: (error as Error).name });
  }
}
