import type { BotIntent, LiveBot, Recognition } from './live-bot';
import type { DialoguePhrases } from './phrases';
import type { PhrasePool } from './phrase-pool';
import type { Random } from './random';

/** One turn: what a person said, and where the bot took the conversation. */
export interface Turn {
  timeMs: number;
  sessionId: string;
  text: string;
  /** The bot had asked for a slot's value or a confirmation, and this is the answer. */
  isAnswer: boolean;
  recognition: Recognition;
  /** The conversation after this turn. */
  state: DialogueState;
  /** What the bot said. */
  message: string;
}

export interface DialogueState {
  action: 'ElicitSlot' | 'ConfirmIntent' | 'ElicitIntent' | 'Close';
  slotToElicit: string | null;
  /** Slots of the intent and what was said for them so far; null where nothing was. */
  slots: Record<string, string | null>;
  intentState: 'InProgress' | 'ReadyForFulfillment' | 'Fulfilled' | 'Failed';
  confirmation: 'None' | 'Confirmed' | 'Denied';
}

export interface Scene {
  bot: LiveBot;
  intents: Map<string, BotIntent>;
  dialogue: DialoguePhrases;
  pool: PhrasePool;
  random: Random;
}

const fallbackMessage = 'Perdona, no te he entendido. ¿Puedes decirlo de otra manera?';
/** Openings by hour of the day (local time), from 8 to 22: breakfast, lunch and tea time are busy. */
const busyness = [6, 12, 13, 10, 6, 7, 9, 7, 5, 6, 9, 10, 7, 4, 2];
const openingHour = 8;

/**
 * The conversations of one day, in the order of their turns.
 *
 * @param midnightMs of the local day, as UTC milliseconds
 * @param turns about how many turns the day has; the last conversation is finished
 */
export function conversationsOfDay(midnightMs: number, turns: number, scene: Scene): Turn[] {
  const { random } = scene;
  const result: Turn[] = [];
  while (result.length < turns) {
    const hour = openingHour + random.weighted([...busyness.keys()], busyness);
    const startMs = midnightMs + hour * 3_600_000 + random.integer(0, 3_599_999);
    result.push(...conversation(startMs, scene));
  }
  return result.sort((left, right) => left.timeMs - right.timeMs);
}

function conversation(startMs: number, scene: Scene): Turn[] {
  const { random, pool } = scene;
  const sessionId = `${random.pick(['wa', 'web', 'web', 'tg'])}-${random.uuid().slice(0, 13)}`;
  const turns: Turn[] = [];
  let timeMs = startMs;
  const say = (text: string, topic: string) => {
    for (const turn of request(text, topic, scene)) {
      turns.push({ ...turn, sessionId, timeMs });
      timeMs += random.integer(4_000, 38_000);
    }
  };
  // Who leaves a question of the bot unanswered has left the conversation.
  const isAskedBack = () => ['ElicitSlot', 'ConfirmIntent'].includes(turns.at(-1)?.state.action ?? '');
  if (random.chance(0.16)) say(pool.draw('Saludar', random), 'Saludar');
  const requests = random.weighted([1, 2, 3, 4], [62, 26, 9, 3]);
  for (let index = 0; index < requests && !isAskedBack(); index++) {
    const topic = pool.drawTopic(random);
    say(pool.draw(topic, random), topic);
    // Who was not understood often tries again in other words.
    if (turns.at(-1)!.recognition.intent === null && random.chance(0.25))
      say(pool.draw(topic, random), topic);
  }
  if (!isAskedBack() && random.chance(0.13)) say(pool.draw('Despedirse', random), 'Despedirse');
  return turns;
}

type BareTurn = Omit<Turn, 'timeMs' | 'sessionId'>;

/** A request and, where the bot asks back, the answers. */
function request(text: string, topic: string, scene: Scene): BareTurn[] {
  const { random } = scene;
  const recognition = scene.bot.recognise(text, topic);
  if (recognition.intent === null) return [closed(text, false, recognition, {}, 'Failed', fallbackMessage)];
  const intent = scene.intents.get(recognition.intent)!;
  const slots: Record<string, string | null> = Object.fromEntries(
    intent.slots.map(({ name }) => [name, null]),
  );
  // A request may bring values with it; what it brings stays unsaid here, the dialogue goes on with the rest.
  const open = intent.slots.slice(random.weighted([0, 1, 2], [50, 30, 20]));
  if (open.length === 0 && intent.confirmation === null)
    return [closed(text, false, recognition, slots, 'Fulfilled', intent.closing)];

  const turns: BareTurn[] = [];
  let said = text;
  let heard = recognition;
  const push = (action: 'ElicitSlot' | 'ConfirmIntent', slotToElicit: string | null, message: string) =>
    turns.push({
      text: said,
      isAnswer: turns.length > 0,
      recognition: heard,
      state: { action, slotToElicit, slots: { ...slots }, intentState: 'InProgress', confirmation: 'None' },
      message,
    });
  const answerRecognition: Recognition = { intent: intent.name, confidence: 1, alternatives: [] };
  for (const slot of open) {
    push('ElicitSlot', slot.name, slot.prompt);
    if (random.chance(0.3)) return turns;
    said = slot.isObfuscated ? `{${slot.name}}` : usual(scene.dialogue.slots[slot.name]!, random);
    slots[slot.name] = said;
    heard = answerRecognition;
  }
  if (intent.confirmation === null)
    return [...turns, closed(said, turns.length > 0, heard, slots, 'Fulfilled', intent.closing)];
  push('ConfirmIntent', null, intent.confirmation);
  if (random.chance(0.1)) return turns;
  const isConfirmed = random.chance(0.85);
  const answer = usual(isConfirmed ? scene.dialogue.confirm : scene.dialogue.deny, random);
  const last = closed(
    answer,
    true,
    answerRecognition,
    slots,
    isConfirmed ? 'Fulfilled' : 'Failed',
    intent.closing,
  );
  return [
    ...turns,
    { ...last, state: { ...last.state, confirmation: isConfirmed ? 'Confirmed' : 'Denied' } },
  ];
}

/** Of answers in the order of how usual they are. */
function usual(answers: string[], random: Random): string {
  return random.weighted(
    answers,
    answers.map((_, rank) => 1 / (rank + 1)),
  );
}

function closed(
  text: string,
  isAnswer: boolean,
  recognition: Recognition,
  slots: Record<string, string | null>,
  intentState: DialogueState['intentState'],
  message: string,
): BareTurn {
  const action = recognition.intent === null ? 'ElicitIntent' : 'Close';
  return {
    text,
    isAnswer,
    recognition,
    state: { action, slotToElicit: null, slots, intentState, confirmation: 'None' },
    message,
  };
}
