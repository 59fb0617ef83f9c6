import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { generateExample } from '../../examples/cafe/generate';
import { readBotIntents } from '../../examples/cafe/generator/live-bot';
import {
  exampleFolder,
  laterTopic,
  readJson,
  readPlantedPhrases,
  readTopics,
} from '../../examples/cafe/generator/phrases';

const dayMs = 86_400_000;
const topics = readTopics();
const intents = readBotIntents();
const intentNames = intents.map(({ name }) => name);
const golden = readCsv<{ text: string; intent: string }>('golden.csv');
const truth = readCsv<{ text: string; topic: string }>('truth.csv');
const expected = readJson<Record<'logs' | 'logs-later', { totals: { records: number; broken: number } }>>(
  path.join(exampleFolder, 'expected.json'),
);

function readCsv<T>(file: string): T[] {
  return parse(readFileSync(path.join(exampleFolder, file)), { columns: true });
}

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(exampleFolder, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(exampleFolder, folder, file))
    .filter((file) => statSync(file).isFile());
}

interface ReadTurn {
  text: string;
  timestamp: string | null;
  intent: string | null;
}

/** Reads log objects in the plainest way: what is broken is counted and passed over. */
function readLogs(folder: string): { turns: ReadTurn[]; unreadable: number; prefixes: Map<string, number> } {
  const turns: ReadTurn[] = [];
  const prefixes = new Map<string, number>();
  let unreadable = 0;
  for (const file of filesBelow(folder)) {
    const prefix = path.relative(path.join(exampleFolder, folder), file).split(path.sep)[0]!;
    const stored = readFileSync(file);
    const text = (stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored).toString('utf8');
    const records =
      prefix === 'csv' ? csvRecords(text) : prefix === 'lex-firehose' ? firehoseMessages(text) : null;
    for (const record of records ?? (prefix === 'json' ? [text] : text.trimEnd().split('\n'))) {
      prefixes.set(prefix, (prefixes.get(prefix) ?? 0) + 1);
      const turn = typeof record === 'string' ? readTurn(record) : record;
      if (turn) turns.push(turn);
      else unreadable++;
    }
  }
  return { turns, unreadable, prefixes };
}

function csvRecords(text: string): (ReadTurn | string)[] {
  const delimiter = text.split('\n')[0]!.includes(';') ? ';' : ',';
  const rows: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true, from_line: 2 });
  return rows.map((row) =>
    row.length === 2 ? { text: row[0]!, timestamp: null, intent: row[1]! } : 'broken',
  );
}

/** Envelopes follow one another without a break; a message that is a control message counts as unreadable here. */
function firehoseMessages(text: string): string[] {
  return text.split(/(?=\{"messageType":)/).flatMap((envelope) => {
    try {
      return (JSON.parse(envelope) as { logEvents: { message: string }[] }).logEvents.map(
        ({ message }) => message,
      );
    } catch {
      return ['broken'];
    }
  });
}

function readTurn(json: string): ReadTurn | null {
  try {
    const record = JSON.parse(json) as Record<string, unknown>;
    const text = record['userInput'] ?? record['inputTranscript'];
    const isTimed = typeof record['timestamp'] === 'string' && !Number.isNaN(Date.parse(record['timestamp']));
    if (typeof text !== 'string' || !isTimed) return null;
    const interpretations = record['interpretations'] as
      { nluConfidence?: string; intent: { name: string } }[] | undefined;
    const confidence = record['confidence'] ?? interpretations?.[0]?.nluConfidence ?? 1;
    if (Number.isNaN(Number(confidence))) return null;
    const intent = (record['intent'] ?? interpretations?.[0]?.intent.name ?? null) as string | null;
    return { text, timestamp: record['timestamp'] as string, intent };
  } catch {
    return null;
  }
}

/** Case, accents and punctuation away: two phrases that agree in this are the same phrase. */
function plain(text: string): string {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\d]+/gu);
  return words?.join(' ') ?? text;
}

describe('the café example', () => {
  const logs = readLogs('logs');
  const later = readLogs('logs-later');
  const topicByText = new Map(truth.map(({ text, topic }) => [text, topic]));

  describe('its bot', () => {
    const locale = path.join(exampleFolder, 'bot', 'CafeBot', 'BotLocales', 'es_ES');

    it('has at least 14 live intents with 12 to 40 distinct samples each', () => {
      assert.ok(intents.length >= 14);
      for (const { name, samples } of intents) {
        assert.match(name, /^[A-Z][a-z]+(?:[A-Z][a-z]+)*$/);
        assert.ok(samples.length >= 12 && samples.length <= 40, name);
        assert.equal(new Set(samples.map(plain)).size, samples.length, name);
      }
    });

    it('has the 17 keys of a real export in every intent, and the fallback without samples', () => {
      for (const name of readdirSync(path.join(locale, 'Intents'))) {
        const intent = readJson<Record<string, unknown>>(path.join(locale, 'Intents', name, 'Intent.json'));
        assert.equal(Object.keys(intent).length, 17, name);
        if (name === 'FallbackIntent') assert.equal(intent['sampleUtterances'], null);
      }
      const stated = readJson<{ nluConfidenceThreshold: number }>(path.join(locale, 'BotLocale.json'));
      assert.equal(stated.nluConfidenceThreshold, 0.4);
    });

    it('refers only to slots and slot types that it has', () => {
      let slots = 0;
      for (const { name, samples } of intents) {
        const folder = path.join(locale, 'Intents', name);
        const priorities = readJson<{ slotPriorities: { slotName: string }[] }>(
          path.join(folder, 'Intent.json'),
        );
        const names = priorities.slotPriorities.map(({ slotName }) => slotName).sort();
        const present = existsSync(path.join(folder, 'Slots'))
          ? readdirSync(path.join(folder, 'Slots')).sort()
          : [];
        assert.deepEqual(present, names, name);
        for (const sample of samples)
          for (const [, slot] of sample.matchAll(/\{(\w+)\}/g))
            assert.ok(names.includes(slot!), `${name}: ${slot!}`);
        for (const slot of names) {
          const type = readJson<{ slotTypeName: string }>(
            path.join(folder, 'Slots', slot, 'Slot.json'),
          ).slotTypeName;
          assert.ok(type.startsWith('AMAZON.') || existsSync(path.join(locale, 'SlotTypes', type)), type);
          slots++;
        }
      }
      assert.ok(slots >= 15);
    });
  });

  describe('its phrases', () => {
    it('number at least 900, enough of each topic, each written once', () => {
      const size = (topic: string) => topics.find((entry) => entry.topic === topic)?.phrases.length ?? 0;
      for (const name of intentNames) assert.ok(size(name) >= 35, name);
      const hidden = topics.filter(({ topic }) => topic.startsWith('hidden:'));
      assert.equal(hidden.length, 6);
      for (const { topic, phrases } of hidden) assert.ok(phrases.length >= 45, topic);
      assert.ok(size('junk') >= 80 && size('foreign') >= 60);
      const all = topics.flatMap(({ phrases }) => phrases);
      assert.ok(all.length >= 900);
      assert.equal(new Set(all).size, all.length);
    });
  });

  describe('its logs', () => {
    it('span at least 75 days, and 15 later ones, without a gap', () => {
      for (const [{ turns }, days] of [
        [logs, 75],
        [later, 15],
      ] as const) {
        const seen = new Set(
          turns.flatMap(({ timestamp }) => (timestamp === null ? [] : [timestamp.slice(0, 10)])),
        );
        const sorted = [...seen].sort();
        assert.ok(sorted.length >= days);
        assert.equal((Date.parse(sorted.at(-1)!) - Date.parse(sorted[0]!)) / dayMs + 1, sorted.length);
      }
    });

    it('hold at least 6,000 interactions over at least 900 distinct phrases with a heavy tail', () => {
      assert.ok(logs.turns.length >= 6_000);
      assert.ok(later.turns.length >= 1_000);
      const counts = new Map<string, number>();
      for (const { text } of logs.turns)
        if (topicByText.get(text) !== 'dialogue') counts.set(text, (counts.get(text) ?? 0) + 1);
      assert.ok(counts.size >= 900);
      const sorted = [...counts.values()].sort((left, right) => right - left);
      const requests = sorted.reduce((sum, count) => sum + count, 0);
      const ofTopTenth = sorted
        .slice(0, Math.ceil(sorted.length / 10))
        .reduce((sum, count) => sum + count, 0);
      assert.ok(ofTopTenth > requests * 0.3, 'a tenth of the phrases makes up a good part of the requests');
      assert.ok(
        sorted.filter((count) => count === 1).length > sorted.length * 0.3,
        'many phrases are said once',
      );
    });

    it('come in every format, and stay small', () => {
      assert.deepEqual([...logs.prefixes.keys()].sort(), ['csv', 'json', 'jsonl', 'lex', 'lex-firehose']);
      for (const [prefix, least] of [
        ['json', 24],
        ['jsonl', 1_500],
        ['lex', 1_000],
        ['lex-firehose', 1_500],
        ['csv', 500],
      ] as const)
        assert.ok(logs.prefixes.get(prefix)! >= least, prefix);
      const bytes = filesBelow('logs').reduce((sum, file) => sum + statSync(file).size, 0);
      assert.ok(bytes < 1_500_000, `${bytes} bytes`);
    });

    it('hold as many records and as many broken ones as expected.json says', () => {
      for (const [folder, read] of [
        ['logs', logs],
        ['logs-later', later],
      ] as const) {
        const { records, broken } = expected[folder].totals;
        const { controlMessage } = readJson<
          Record<string, { totals: { leftOut: { controlMessage: number } } }>
        >(path.join(exampleFolder, 'expected.json'))[folder]!.totals.leftOut;
        assert.equal(read.turns.length + read.unreadable, records, folder);
        assert.equal(read.unreadable, broken + controlMessage, folder);
      }
      assert.ok(expected.logs.totals.broken >= 24);
    });

    it('hold every phrase that is written by hand', () => {
      const said = new Set(logs.turns.map(({ text }) => text));
      const written = topics.filter(({ topic }) => topic !== laterTopic).flatMap(({ phrases }) => phrases);
      assert.deepEqual(
        written.filter((phrase) => !said.has(phrase)),
        [],
      );
    });

    it('know the topic of every text, and the sixth topic only later', () => {
      for (const { text } of [...logs.turns, ...later.turns])
        assert.ok(topicByText.has(text), `no topic for: ${text}`);
      const about = (turns: ReadTurn[]) =>
        turns.filter(({ text }) => topicByText.get(text) === laterTopic).length;
      assert.equal(about(logs.turns), 0);
      assert.ok(about(later.turns) >= 50);
    });

    it('show a bot that understands most of what it knows and little of what it does not', () => {
      const rate = (
        isOf: (topic: string) => boolean,
        isRight: (turn: ReadTurn, topic: string) => boolean,
      ) => {
        const turns = logs.turns.filter(({ text }) => isOf(topicByText.get(text)!));
        return turns.filter((turn) => isRight(turn, topicByText.get(turn.text)!)).length / turns.length;
      };
      const understood = rate(
        (topic) => intentNames.includes(topic),
        ({ intent }, topic) => intent === topic,
      );
      assert.ok(understood > 0.8 && understood < 0.92, `${understood}`);
      const isFallback = ({ intent }: ReadTurn) =>
        intent === null || intent === '' || intent === 'FallbackIntent';
      assert.ok(rate((topic) => topic.startsWith('hidden:'), isFallback) > 0.8);
      const mistaken = rate(
        (topic) => topic === 'hidden:grupos',
        ({ intent }) => intent === 'ReservarMesa',
      );
      assert.ok(mistaken > 0.03, `${mistaken}`);
    });
  });

  describe('its golden set', () => {
    it('has at least 40 phrases of each live intent and 120 that no intent should take', () => {
      assert.ok(golden.length >= 700);
      const size = (intent: string) => golden.filter((item) => item.intent === intent).length;
      for (const name of intentNames) assert.ok(size(name) >= 40, name);
      assert.ok(size('FallbackIntent') >= 120);
      assert.deepEqual(
        [...new Set(golden.map(({ intent }) => intent))].sort(),
        [...intentNames, 'FallbackIntent'].sort(),
      );
      assert.equal(new Set(golden.map(({ text }) => plain(text))).size, golden.length);
    });

    it('shares no phrase with the logs or the samples of the bot', () => {
      const known = new Set(
        [...truth.map(({ text }) => text), ...intents.flatMap(({ samples }) => samples)].map(plain),
      );
      assert.deepEqual(
        golden.filter(({ text }) => known.has(plain(text))),
        [],
      );
    });

    it('asks nothing about the hidden topics outside of live intents', () => {
      const hidden =
        /wi.?fi|internet|perr|mascot|gluten|vegan|al[eé]rg|cel[ií]ac|puntos|sello|socio|evento|grupo|cumplea|estufa|calefac/iu;
      const about = golden.filter(({ text, intent }) => intent === 'FallbackIntent' && hidden.test(text));
      assert.deepEqual(about, []);
    });
  });

  describe('its planted personal data', () => {
    const planted = readPlantedPhrases();

    it('stands in at least 60 phrases, all of which are in the logs', () => {
      assert.ok(planted.length >= 60);
      const said = new Set(logs.turns.map(({ text }) => text));
      for (const { text, personal } of planted) {
        assert.ok(said.has(text), text);
        assert.ok(personal.length > 0);
        for (const { value } of personal) assert.ok(text.includes(value), text);
      }
    });

    it('has valid check digits', () => {
      const checks: Record<string, (value: string) => boolean> = {
        DNI: (value) => value[8] === checkLetter(Number(value.slice(0, 8))),
        NIE: (value) => value[8] === checkLetter(Number('XYZ'.indexOf(value[0]!) + value.slice(1, 8))),
        IBAN: isIban,
        CARD: isLuhn,
        CUIT: isCuit,
      };
      const checked = new Map<string, number>();
      for (const { kind, value } of planted.flatMap(({ personal }) => personal)) {
        const check = checks[kind];
        if (!check) continue;
        assert.ok(check(value), `${kind} ${value}`);
        checked.set(kind, (checked.get(kind) ?? 0) + 1);
      }
      assert.deepEqual([...checked.keys()].sort(), Object.keys(checks).sort());
    });
  });

  it('is written again with the same bytes', function () {
    this.timeout(60_000);
    const files = generateExample();
    for (const [file, bytes] of files)
      assert.ok(
        Buffer.from(bytes).equals(readFileSync(path.join(exampleFolder, file))),
        `${file} differs: run npm run example:generate`,
      );
    const present = [...filesBelow('logs'), ...filesBelow('logs-later')].map((file) =>
      path.relative(exampleFolder, file).split(path.sep).join('/'),
    );
    assert.deepEqual(
      present.filter((file) => !files.has(file)),
      [],
    );
  });
});

/** Control letter of Spanish identity numbers: the number modulo 23. */
function checkLetter(number: number): string {
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]!;
}

/** ISO 13616: the rearranged number modulo 97 is 1. */
function isIban(value: string): boolean {
  const compact = value.replaceAll(' ', '');
  const digits = [...compact.slice(4), ...compact.slice(0, 4)]
    .map((character) => parseInt(character, 36))
    .join('');
  return compact.length === 24 && BigInt(digits) % 97n === 1n;
}

function isLuhn(value: string): boolean {
  const digits = [...value.replace(/\D/g, '')].map(Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits.length === 16 && sum % 10 === 0;
}

/** Argentine tax number: weights 5432765432, modulo 11. */
function isCuit(value: string): boolean {
  const digits = [...value.replace(/\D/g, '')].map(Number);
  const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * digits[index]!, 0);
  return digits.length === 11 && (11 - (sum % 11)) % 11 === digits[10];
}
