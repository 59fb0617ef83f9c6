import { setTimeout as delay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type {
  DeleteSessionCommandInput,
  DeleteSessionCommandOutput,
  GetSessionCommandInput,
  GetSessionCommandOutput,
  Interpretation,
  RecognizeTextCommandInput,
  RecognizeTextCommandOutput,
  SessionState,
} from '@aws-sdk/client-lex-runtime-v2';
import { type LexMetrics } from '../cloudwatch/lex-metrics';
import { notFoundError, throttlingError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { type LexContext } from './context';
import { isFallback } from './definition';
import { elicitedSlot, intentState, replyTo, type Turn } from './dialogue';
import { testAliasId } from './identifiers';
import { lexLimits } from './limits';
import { Recognizer } from './recognition';
import { type BotRecord } from './records';

const sessionIdPattern = /^[0-9a-zA-Z._:-]{2,100}$/;
/** Fixed quota of the test alias. */
const testAliasConcurrency = 2;
/** With so many sessions, those that have expired are looked for. */
const sweepAbove = 5_000;

interface Session {
  /** A conversation stays with the version that it began with. */
  version: string;
  expiresAt: number;
  turn: Turn | null;
  state: SessionState;
  interpretations: Interpretation[];
}

/**
 * The runtime: sessions live in memory and end with the process, as they end after their idle time.
 * @param aliasConcurrency conversations at once that an alias other than the test alias takes
 */
export function runtimeHandlers(context: LexContext, aliasConcurrency: number, metrics: LexMetrics) {
  const { store, latency } = context;
  const sessions = new Map<string, Session>();
  const conversations = new Map<string, number>();
  const recognizers = new Map<string, Recognizer>();

  const recognizerOf = (botId: string, version: string, localeId: string): Recognizer => {
    const buildId = store.findLocale(botId, version, localeId)?.buildId;
    if (buildId === undefined) {
      throw notFoundError(`Version ${version} of the bot ${botId} has no built locale ${localeId}.`);
    }
    const known = recognizers.get(buildId);
    if (known !== undefined) return known;
    for (const old of recognizers.keys()) if (!store.usesBuild(old)) recognizers.delete(old);
    const recognizer = new Recognizer(store.build(buildId));
    recognizers.set(buildId, recognizer);
    return recognizer;
  };

  const inConversation = async <T>(aliasId: string, key: string, answer: () => Promise<T>): Promise<T> => {
    const running = conversations.get(key) ?? 0;
    const most = aliasId === testAliasId ? testAliasConcurrency : aliasConcurrency;
    if (running >= most)
      throw throttlingError(`${running} conversations run at once; the alias takes ${most}.`);
    conversations.set(key, running + 1);
    try {
      return await answer();
    } finally {
      conversations.set(key, conversations.get(key)! - 1);
    }
  };

  const versionOf = (botId: string, aliasId: string, localeId: string): string => {
    const alias = store.alias(botId, aliasId);
    if (alias.localeSettings?.[localeId]?.enabled === false) {
      throw notFoundError(`The locale ${localeId} is not enabled for the alias ${aliasId}.`);
    }
    if (alias.servedVersion === undefined)
      throw notFoundError(`The alias ${aliasId} points to no version yet.`);
    return alias.servedVersion;
  };

  const openSession = (key: string, bot: BotRecord, aliasId: string, localeId: string): Session => {
    const version = versionOf(bot.botId, aliasId, localeId);
    const known = liveSession(sessions, key);
    if (known !== undefined && store.findLocale(bot.botId, known.version, localeId) !== undefined)
      return known;
    return { version, expiresAt: 0, turn: null, state: {}, interpretations: [] };
  };

  const recognizeText = async (
    input: Input<RecognizeTextCommandInput>,
  ): Promise<Output<RecognizeTextCommandOutput>> => {
    const { botId, botAliasId, localeId, sessionId, text } = input;
    requireSessionId(sessionId);
    if (text === '' || text.length > lexLimits.recognizeTextCharacters) {
      throw validationError(
        `text has ${text.length} characters; it must have 1 to ${lexLimits.recognizeTextCharacters}.`,
      );
    }
    return inConversation(botAliasId, `${botId}.${botAliasId}`, async () => {
      await delay(latency.recognizeMs);
      const bot = store.bot(botId);
      const key = keyOf(input);
      const session = openSession(key, bot, botAliasId, localeId);
      const recognizer = recognizerOf(botId, session.version, localeId);
      const candidates = recognizer.recognize(text);
      const slot = elicitedSlot(session.state);
      const answersSlot = slot !== null && session.turn !== null && candidates[0]!.confidence !== 1;
      const turn: Turn = answersSlot
        ? {
            intent: session.turn!.intent,
            slots: { ...session.turn!.slots, [slot]: { original: text, interpreted: text } },
          }
        : candidates[0]!;
      if (isFallback(turn.intent)) metrics.count('MissedUtteranceCount', 'RecognizeText', input);
      const reply = replyTo(turn);
      const rest = answersSlot
        ? candidates.filter(({ intent }) => intent !== turn.intent)
        : candidates.slice(1);
      const interpretations: Interpretation[] = [
        {
          intent: intentState(turn, reply.state),
          interpretationSource: 'Lex' as const,
          ...(answersSlot ? {} : confidenceOf(candidates[0]!.confidence)),
        },
        ...rest.map((candidate) => ({
          intent: intentState(candidate, 'InProgress'),
          interpretationSource: 'Lex' as const,
          ...confidenceOf(candidate.confidence),
        })),
      ].slice(0, 5);
      const state: SessionState = {
        dialogAction: reply.dialogAction,
        intent: interpretations[0]!.intent,
        sessionAttributes: {
          ...session.state.sessionAttributes,
          ...input.sessionState?.sessionAttributes,
        },
        originatingRequestId: randomUUID(),
      };
      const expiresAt = Date.now() + bot.idleSessionTTLInSeconds * 1_000;
      if (sessions.size >= sweepAbove) sweep(sessions);
      sessions.set(key, { version: session.version, expiresAt, turn, state, interpretations });
      return {
        messages: reply.messages,
        sessionState: state,
        interpretations,
        requestAttributes: input.requestAttributes,
        sessionId,
      };
    });
  };

  return {
    RecognizeText: (input: Input<RecognizeTextCommandInput>): Promise<Output<RecognizeTextCommandOutput>> =>
      metrics.counting('RecognizeText', input, () => recognizeText(input)),

    GetSession(input: Input<GetSessionCommandInput>): Output<GetSessionCommandOutput> {
      requireSessionId(input.sessionId);
      const session = liveSession(sessions, keyOf(input));
      if (session === undefined) throw notFoundError(`There is no session ${input.sessionId}.`);
      return {
        sessionId: input.sessionId,
        messages: [],
        sessionState: session.state,
        interpretations: session.interpretations,
      };
    },

    DeleteSession(input: Input<DeleteSessionCommandInput>): Output<DeleteSessionCommandOutput> {
      requireSessionId(input.sessionId);
      if (liveSession(sessions, keyOf(input)) === undefined) {
        throw notFoundError(`There is no session ${input.sessionId}.`);
      }
      sessions.delete(keyOf(input));
      const { botId, botAliasId, localeId, sessionId } = input;
      return { botId, botAliasId, localeId, sessionId };
    },
  };
}

function keyOf(session: { botId: string; botAliasId: string; localeId: string; sessionId: string }): string {
  return [session.botId, session.botAliasId, session.localeId, session.sessionId].join('/');
}

function liveSession(sessions: Map<string, Session>, key: string): Session | undefined {
  const session = sessions.get(key);
  if (session === undefined || session.expiresAt > Date.now()) return session;
  sessions.delete(key);
  return undefined;
}

function sweep(sessions: Map<string, Session>): void {
  for (const key of [...sessions.keys()]) liveSession(sessions, key);
}

function requireSessionId(sessionId: string): void {
  if (!sessionIdPattern.test(sessionId)) {
    throw validationError(`The session ID '${sessionId}' must be 2 to 100 of 0-9 a-z A-Z . _ : -`);
  }
}

function confidenceOf(confidence: number | null): Pick<Interpretation, 'nluConfidence'> {
  return confidence === null ? {} : { nluConfidence: { score: confidence } };
}
