/**
 * Writes `examples/cafe/logs`, `logs-later`, `expected.json` and `truth.csv` from the phrases and the bot beside it.
 * The same phrases give the same bytes. Run: `npm run example:generate`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { conversationsOfDay, type Scene, type Turn } from './generator/conversations';
import { writeCsv, type CsvDialect } from './generator/formats/csv';
import { writeBrokenFiles, writeJsonLines, writeSingleFiles } from './generator/formats/interaction-json';
import { writeFirehoseObject } from './generator/formats/lex-firehose';
import { writeLexLines } from './generator/formats/lex';
import type { LogObject, ObjectCounts } from './generator/formats/log-object';
import { LiveBot, readBotIntents } from './generator/live-bot';
import { PhrasePool } from './generator/phrase-pool';
import {
  exampleFolder,
  laterTopic,
  readDialoguePhrases,
  readJson,
  readPlantedPhrases,
  readTopics,
} from './generator/phrases';
import { Random } from './generator/random';

const dayMs = 86_400_000;
const firstDay = '2026-08-20';
const firstLaterDay = '2026-11-06';
const lastDay = '2026-11-20';

/** Weight of each topic among the requests of a day; greetings and thanks come around them. */
const shares = new Map<string, number>([
  ['PedirCafe', 9],
  ['PedirComida', 6],
  ['ReservarMesa', 7],
  ['CancelarReserva', 2.5],
  ['CancelarPedido', 2.5],
  ['ConsultarPedido', 4.5],
  ['ConsultarHorario', 7],
  ['ConsultarMenu', 5.5],
  ['ConsultarPrecio', 5],
  ['ConsultarUbicacion', 4],
  ['ConsultarFormasPago', 3.5],
  ['PedirCuenta', 4],
  ['HacerReclamo', 3.5],
  ['ConsultarPromociones', 3.5],
  ['HablarConPersona', 3],
  ['Saludar', 2],
  ['Despedirse', 1.5],
  ['hidden:wifi', 6],
  ['hidden:perros', 4],
  ['hidden:alergenos', 4.5],
  ['hidden:grupos', 3.5],
  ['hidden:fidelidad', 3.5],
  ['junk', 4],
  ['foreign', 2.8],
]);

/** In the later logs a sixth topic grows with the cold. */
const laterShares = new Map([...shares, [laterTopic, 9] as const]);

/** What a reader must find, as counted while writing. */
interface Expected {
  totals: Totals;
  objects: Record<string, ObjectCounts>;
}

interface Totals {
  objects: number;
  records: number;
  broken: number;
  leftOut: ObjectCounts['leftOut'];
}

/**
 * Generates the logs with what belongs to them.
 *
 * @returns file contents by path below `examples/cafe`, with `/` as separator
 */
export function generateExample(): Map<string, Uint8Array> {
  const intents = readBotIntents();
  const bot = new LiveBot(intents);
  const topics = readTopics();
  const planted = readPlantedPhrases();
  const dialogue = readDialoguePhrases();
  const intentByName = new Map(intents.map((intent) => [intent.name, intent]));

  const random = new Random('cafe la esquina');
  const firstTopics = topics.filter(({ topic }) => topic !== laterTopic);
  const pool = new PhrasePool(firstTopics, shares, planted, random);
  const logs = writeFirstLogs({ bot, intents: intentByName, dialogue, pool, random });

  const laterRandom = new Random('cafe la esquina, noviembre');
  const laterPool = new PhrasePool(topics, laterShares, [], laterRandom);
  const later = writeLaterLogs({
    bot,
    intents: intentByName,
    dialogue,
    pool: laterPool,
    random: laterRandom,
  });

  const topicByText = new Map<string, string>();
  const answers = [...Object.values(dialogue.slots), dialogue.confirm, dialogue.deny].flat();
  for (const text of [...answers, '{Nombre}']) topicByText.set(text, 'dialogue');
  // A text that opens a conversation and answers in another one counts as what it is when it opens one.
  for (const { text, topic } of [...pool.labelled(), ...laterPool.labelled()]) topicByText.set(text, topic);
  const said = new Set([...logs.texts, ...later.texts]);
  const truth = [...topicByText]
    .filter(([text]) => said.has(text))
    .map(([text, topic]) => `"${text.replaceAll('"', '""')}",${topic}\n`);

  const files = new Map<string, Uint8Array>();
  for (const object of logs.objects) files.set(`logs/${object.key}`, object.bytes);
  for (const object of later.objects) files.set(`logs-later/${object.key}`, object.bytes);
  const expected = { logs: expectedOf(logs.objects), 'logs-later': expectedOf(later.objects) };
  files.set('expected.json', Buffer.from(JSON.stringify(expected, null, 1) + '\n'));
  files.set('truth.csv', Buffer.from('text,topic\n' + truth.join('')));
  return files;
}

interface WrittenLogs {
  objects: LogObject[];
  /** Everything that somebody says in them. */
  texts: Set<string>;
}

function writeFirstLogs(scene: Scene): WrittenLogs {
  const { random } = scene;
  const botId = botIdentifier();
  const objects: LogObject[] = [];
  const texts = new Set<string>();
  for (const day of daysBetween(firstDay, firstLaterDay)) {
    const isPilot = day.date < '2026-08-22';
    const turns = turnsOfDay(day, isPilot ? 20 : null, scene, texts);
    const slashed = day.date.replaceAll('-', '/');
    if (isPilot) {
      objects.push(...writeSingleFiles(`json/${slashed}`, turns, random));
      if (day.date === firstDay) objects.push(...writeBrokenFiles(`json/${slashed}`));
    } else if (day.date < '2026-09-15') {
      const suffix = day.date < '2026-08-26' ? 'jsonl' : 'jsonl.gz';
      const broken = day.index % 3 === 0 ? 2 : 0;
      objects.push(writeJsonLines(`jsonl/${day.date}.${suffix}`, turns, broken, random));
    } else if (day.date < '2026-10-05') {
      const suffix = day.date < '2026-09-17' ? 'jsonl' : 'jsonl.gz';
      const extras = {
        broken: day.index % 4 === 0 ? 2 : 0,
        testTraffic: day.index % 5 === 0 ? strangers(turns, 'PedirCafe', 3, scene) : [],
        otherLocale: day.index % 6 === 0 ? strangers(turns, 'foreign', 3, scene) : [],
      };
      for (const turn of [...extras.testTraffic, ...extras.otherLocale]) texts.add(turn.text);
      objects.push(writeLexLines(`lex/${slashed}/conversations.${suffix}`, turns, extras, botId, random));
    } else {
      objects.push(...firehoseObjects(slashed, day, turns, botId, scene));
    }
  }
  const kiosk: [string, number, number, CsvDialect][] = [
    [
      'csv/kiosko-2026-08.csv',
      180,
      1,
      { separator: ',', lineBreak: '\n', hasByteOrderMark: false, quotesEverything: true },
    ],
    [
      'csv/kiosko-2026-09.csv',
      220,
      2,
      { separator: ',', lineBreak: '\r\n', hasByteOrderMark: true, quotesEverything: false },
    ],
    [
      'csv/kiosko-2026-10.csv',
      240,
      2,
      { separator: ';', lineBreak: '\r\n', hasByteOrderMark: false, quotesEverything: false },
    ],
  ];
  for (const [key, rows, broken, dialect] of kiosk) {
    const turns = kioskRows(rows, scene);
    for (const { text } of turns) texts.add(text);
    objects.push(writeCsv(key, turns, dialect, broken, random));
  }
  return { objects, texts };
}

function writeLaterLogs(scene: Scene): WrittenLogs {
  const botId = botIdentifier();
  const objects: LogObject[] = [];
  const texts = new Set<string>();
  for (const day of daysBetween(firstLaterDay, nextDay(lastDay))) {
    const turns = turnsOfDay(day, null, scene, texts);
    const slashed = day.date.replaceAll('-', '/');
    if (day.index % 5 === 0)
      objects.push(writeJsonLines(`jsonl/${day.date}.jsonl.gz`, turns, 1, scene.random));
    else objects.push(...firehoseObjects(slashed, day, turns, botId, scene));
  }
  const rows = kioskRows(120, scene);
  for (const { text } of rows) texts.add(text);
  const dialect: CsvDialect = {
    separator: ';',
    lineBreak: '\n',
    hasByteOrderMark: true,
    quotesEverything: true,
  };
  objects.push(writeCsv('csv/kiosko-2026-11.csv', rows, dialect, 1, scene.random));
  return { objects, texts };
}

interface Day {
  /** `2026-08-20` */
  date: string;
  /** Local midnight in UTC. */
  midnightMs: number;
  isWeekend: boolean;
  /** Days since the first one. */
  index: number;
}

/** The days from the first to before the last; local time is that of Madrid. */
function daysBetween(from: string, before: string): Day[] {
  const start = Date.parse(`${from}T00:00:00Z`);
  const count = (Date.parse(`${before}T00:00:00Z`) - start) / dayMs;
  return Array.from({ length: count }, (_, index) => {
    const utcMidnight = start + index * dayMs;
    const date = new Date(utcMidnight).toISOString().slice(0, 10);
    const offsetHours = date < '2026-10-25' ? 2 : 1;
    const weekday = new Date(utcMidnight).getUTCDay();
    return {
      date,
      midnightMs: utcMidnight - offsetHours * 3_600_000,
      isWeekend: weekday === 0 || weekday === 6,
      index,
    };
  });
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

function turnsOfDay(day: Day, turns: number | null, scene: Scene, texts: Set<string>): Turn[] {
  const usual = day.isWeekend ? scene.random.integer(110, 140) : scene.random.integer(66, 92);
  const result = conversationsOfDay(day.midnightMs, turns ?? usual, scene);
  for (const { text } of result) texts.add(text);
  return result;
}

/** Firehose delivers by size and time: a day is cut where it happens to be cut, conversations too. */
function firehoseObjects(slashed: string, day: Day, turns: Turn[], botId: string, scene: Scene): LogObject[] {
  const { random } = scene;
  const cuts = day.isWeekend ? [0, turns.length >> 1, turns.length] : [0, turns.length];
  return cuts.slice(1).map((end, part) => {
    const chunk = turns.slice(cuts[part], end);
    const start = new Date(chunk[0]!.timeMs).toISOString();
    const hour = start.slice(11, 13);
    const stamp = start.slice(0, 19).replace(/[T:]/g, '-');
    const isMemberPerEnvelope = day.index % 2 === 0;
    const key = `lex-firehose/${slashed}/${hour}/cafe-conversations-1-${stamp}-${random.uuid()}${isMemberPerEnvelope ? '' : '.gz'}`;
    const extras = {
      broken: day.index % 6 === 0 && part === 0 ? 1 : 0,
      testTraffic: [],
      otherLocale: [],
      controlMessages: day.index % 7 === 0 && part === 0 ? 1 : 0,
      duplicates: day.index % 8 === 0 && part === 0 ? 3 : 0,
      isCut: day.index % 15 === 1 && part === 0,
    };
    return writeFirehoseObject(key, chunk, extras, isMemberPerEnvelope, botId, random);
  });
}

/** Single requests in sessions of their own, at the times of the turns that they stand between. */
function strangers(turns: Turn[], topic: string, count: number, scene: Scene): Turn[] {
  return Array.from({ length: count }, (_, index) => {
    const text = scene.pool.draw(topic, scene.random);
    return {
      timeMs: turns[index * 7]!.timeMs + 1,
      sessionId: `probe-${scene.random.uuid().slice(0, 13)}`,
      text,
      isAnswer: false,
      recognition: scene.bot.recognise(text, topic),
      state: {
        action: 'Close',
        slotToElicit: null,
        slots: {},
        intentState: 'Fulfilled',
        confirmation: 'None',
      },
      message: '',
    };
  });
}

function kioskRows(count: number, scene: Scene) {
  return Array.from({ length: count }, () => {
    const topic = scene.pool.drawTopic(scene.random);
    const text = scene.pool.draw(topic, scene.random);
    return { text, recognition: scene.bot.recognise(text, topic) };
  });
}

function botIdentifier(): string {
  return readJson<{ identifier: string }>(path.join(exampleFolder, 'bot', 'CafeBot', 'Bot.json')).identifier;
}

function expectedOf(objects: LogObject[]): Expected {
  const leftOut = { duplicate: 0, controlMessage: 0, testTraffic: 0, otherLocale: 0, midDialogue: 0 };
  const totals: Totals = { objects: objects.length, records: 0, broken: 0, leftOut };
  for (const { counts } of objects) {
    totals.records += counts.records;
    totals.broken += counts.broken;
    for (const reason of Object.keys(leftOut) as (keyof typeof leftOut)[])
      leftOut[reason] += counts.leftOut[reason];
  }
  return { totals, objects: Object.fromEntries(objects.map(({ key, counts }) => [key, counts])) };
}

/** Replaces what was generated before. */
function writeExample(): void {
  for (const folder of ['logs', 'logs-later'])
    rmSync(path.join(exampleFolder, folder), { recursive: true, force: true });
  for (const [file, bytes] of generateExample()) {
    const target = path.join(exampleFolder, ...file.split('/'));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
}

if (require.main === module) writeExample();
