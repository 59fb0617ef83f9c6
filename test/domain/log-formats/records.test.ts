import assert from 'node:assert/strict';
import { readCloudWatchEnvelope } from '../../../src/domain/log-formats/cloudwatch-envelope';
import { readCsvHeader, readCsvRow } from '../../../src/domain/log-formats/csv';
import { parseConfidence, parseTimestamp } from '../../../src/domain/log-formats/fields';
import { readRecord } from '../../../src/domain/log-formats/record';
import { isRejection, type RecordReading, type Turn } from '../../../src/domain/log-formats/turn';

function turnOf(reading: RecordReading): Turn {
  assert.ok(!isRejection(reading), JSON.stringify(reading));
  return reading;
}

function reasonOf(reading: RecordReading): string {
  assert.ok(isRejection(reading), 'the record was accepted');
  return reading.reason;
}

const lexRecord = {
  timestamp: '2026-03-25T02:06:07.382Z',
  messageVersion: '2.0',
  requestId: '6181aaac-0000',
  sessionId: '455980081820937',
  inputMode: 'Text',
  operationName: 'RecognizeText',
  missedUtterance: false,
  bot: {
    name: 'CafeBot',
    version: '3',
    id: 'RTH0HOHD3Q',
    aliasName: 'live',
    aliasId: 'ALIAS00001',
    localeId: 'es_ES',
  },
  sessionState: {},
  interpretations: [
    { nluConfidence: '0.91', intent: { name: 'PedirCafe' } },
    { intent: { name: 'FallbackIntent', slots: {} } },
  ],
  inputTranscript: 'un cortado',
};

describe('records of the plain JSON log', () => {
  it('reads text, intent and what else is stated', () => {
    const turn = turnOf(
      readRecord(
        {
          timestamp: '2026-03-01T10:00:00Z',
          sessionId: 's1',
          userInput: 'un cortado',
          intent: 'PedirCafe',
          confidence: 0.9,
        },
        'es_ES',
      ),
    );
    assert.deepEqual(turn, {
      text: 'un cortado',
      intent: 'PedirCafe',
      confidence: 0.9,
      alternative: null,
      timeMs: Date.UTC(2026, 2, 1, 10),
      sessionId: 's1',
      requestId: null,
      leftOut: null,
      awaitsAnswer: false,
    });
  });

  it('takes no intent, an empty one and the fallback for a miss', () => {
    for (const intent of [undefined, null, '', ' ', 'FallbackIntent', 'AMAZON.FallbackIntent'])
      assert.equal(turnOf(readRecord({ userInput: 'wifi', intent }, 'es_ES')).intent, null);
  });

  const rejected: [string, unknown, string][] = [
    ['no text', { intent: 'A', timestamp: '2026-03-01T10:00:00Z' }, 'no-text'],
    ['text that is no string', { userInput: 12, intent: 'A' }, 'no-text'],
    ['a time that is none', { userInput: 'hola', timestamp: 'ayer' }, 'bad-timestamp'],
    ['a time out of this century', { userInput: 'hola', timestamp: '1899-01-01T00:00:00Z' }, 'bad-timestamp'],
    ['a confidence that is none', { userInput: 'hola', intent: 'A', confidence: 'alta' }, 'bad-confidence'],
    ['a confidence over 1', { userInput: 'hola', intent: 'A', confidence: 1.2 }, 'bad-confidence'],
    ['an intent that is no name', { userInput: 'hola', intent: ['A'] }, 'bad-intent'],
    ['an endless phrase', { userInput: 'a'.repeat(1025), intent: 'A' }, 'too-long'],
    ['an object of another kind', { level: 'ERROR', message: 'boom' }, 'unknown-format'],
    ['a list', [1], 'not-an-object'],
    ['nothing', null, 'not-an-object'],
  ];
  for (const [name, record, reason] of rejected)
    it(`refuses ${name}`, () => {
      assert.equal(reasonOf(readRecord(record, 'es_ES')), reason);
    });
});

describe('Lex V2 conversation logs', () => {
  const read = (changes: object) => readRecord({ ...lexRecord, ...changes }, 'es_ES');

  it('reads a turn, with the confidence that Lex writes as a string', () => {
    const turn = turnOf(read({}));
    assert.equal(turn.text, 'un cortado');
    assert.equal(turn.intent, 'PedirCafe');
    assert.equal(turn.confidence, 0.91);
    assert.equal(turn.alternative, null);
    assert.equal(turn.leftOut, null);
  });

  it('reads both spellings of the version, and a confidence as an object', () => {
    const { messageVersion, ...older } = lexRecord;
    const turn = turnOf(
      readRecord(
        {
          ...older,
          'message-version': messageVersion,
          interpretations: [{ nluConfidence: { score: 0.5 }, intent: { name: 'PedirCafe' } }],
        },
        'es_ES',
      ),
    );
    assert.equal(turn.confidence, 0.5);
  });

  it('keeps the best intent behind a fallback as evidence', () => {
    const turn = turnOf(
      read({
        missedUtterance: true,
        interpretations: [
          { intent: { name: 'FallbackIntent' } },
          { nluConfidence: '0.31', intent: { name: 'PedirComida' } },
          { nluConfidence: '0.38', intent: { name: 'PedirCafe' } },
        ],
      }),
    );
    assert.equal(turn.intent, null);
    assert.deepEqual(turn.alternative, { intent: 'PedirCafe', confidence: 0.38 });
  });

  it('believes the log that says the utterance was missed', () => {
    const turn = turnOf(read({ missedUtterance: true }));
    assert.equal(turn.intent, null);
    assert.deepEqual(turn.alternative, { intent: 'PedirCafe', confidence: 0.91 });
  });

  const leftOut: [string, object, string][] = [
    ['tests of developers', { bot: { ...lexRecord.bot, aliasId: 'TSTALIASID' } }, 'test-traffic'],
    ['what Ciclo itself asked', { sessionId: 'ciclo-0b1c2d3e' }, 'test-traffic'],
    ['speech', { inputMode: 'Speech' }, 'not-text'],
    [
      'keys of a telephone without a transcript',
      { inputMode: 'DTMF', inputTranscript: undefined },
      'not-text',
    ],
    ['other locales', { bot: { ...lexRecord.bot, localeId: 'en_US' } }, 'other-locale'],
    ['confirmations', { sessionState: { intent: { confirmationState: 'Confirmed' } } }, 'mid-dialogue'],
  ];
  for (const [name, changes, reason] of leftOut)
    it(`leaves out ${name}`, () => {
      assert.equal(turnOf(read(changes)).leftOut, reason);
    });

  it('knows when the next turn will be an answer', () => {
    const awaits = (sessionState: object) => turnOf(read({ sessionState })).awaitsAnswer;
    assert.equal(awaits({ dialogAction: { type: 'ElicitSlot', slotToElicit: 'Hora' } }), true);
    assert.equal(awaits({ dialogAction: { type: 'ConfirmIntent' } }), true);
    assert.equal(awaits({ dialogAction: { type: 'ElicitIntent' } }), false);
    assert.equal(awaits({ dialogAction: { type: 'Close' }, intent: { state: 'InProgress' } }), false);
    assert.equal(awaits({ intent: { state: 'InProgress' } }), true);
    assert.equal(awaits({}), false);
  });

  it('refuses a typed turn without its text, and interpretations that are none', () => {
    assert.equal(reasonOf(read({ inputTranscript: undefined })), 'no-text');
    assert.equal(reasonOf(read({ interpretations: ['PedirCafe'] })), 'bad-intent');
    assert.equal(
      reasonOf(read({ interpretations: [{ nluConfidence: 'x', intent: { name: 'A' } }] })),
      'bad-confidence',
    );
    assert.equal(reasonOf(read({ timestamp: 'x' })), 'bad-timestamp');
  });
});

describe('CloudWatch envelopes', () => {
  it('gives the messages', () => {
    const envelope = readCloudWatchEnvelope({
      messageType: 'DATA_MESSAGE',
      logEvents: [{ message: '{}' }, { message: '{"a":1}' }],
    });
    assert.deepEqual(envelope, { isControl: false, messages: ['{}', '{"a":1}'] });
  });

  it('recognises the connection check, and what is no envelope', () => {
    assert.equal(
      readCloudWatchEnvelope({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'x' }] })?.isControl,
      true,
    );
    assert.equal(readCloudWatchEnvelope(lexRecord), null);
  });
});

describe('CSV', () => {
  it('finds the columns in any order and case', () => {
    const columns = readCsvHeader(['Fecha', ' INTENCIÓN ', 'Utterance']);
    assert.deepEqual(columns, { count: 3, text: 2, intent: 1, timestamp: 0, sessionId: -1, confidence: -1 });
  });

  it('knows a header from a row', () => {
    assert.equal(readCsvHeader(['hola', 'Saludar']), null);
    assert.equal(readCsvHeader(['text']), null);
    assert.notEqual(readCsvHeader(['utterance']), null);
  });

  it('reads rows, and refuses one with more fields than the header', () => {
    const columns = readCsvHeader(['utterance', 'intent'])!;
    assert.equal(turnOf(readCsvRow(['un cortado', 'PedirCafe'], columns)).intent, 'PedirCafe');
    assert.equal(turnOf(readCsvRow(['teneis wifi'], columns)).intent, null);
    assert.equal(reasonOf(readCsvRow(['hola', ' que tal', 'Saludar'], columns)), 'bad-csv-row');
  });
});

describe('fields', () => {
  it('reads times in the forms that logs use', () => {
    const ms = Date.UTC(2026, 4, 12, 10, 30, 15);
    for (const value of [
      '2026-05-12T10:30:15.000Z',
      '2026-05-12T10:30:15Z',
      '2026-05-12 10:30:15',
      '2026-05-12T12:30:15+02:00',
      '2026-05-12T12:30:15+0200',
      ms,
      ms / 1000,
      String(ms / 1000),
    ])
      assert.equal(parseTimestamp(value), ms, String(value));
    assert.equal(parseTimestamp('2026-05-12'), Date.UTC(2026, 4, 12));
    for (const none of [undefined, null, '']) assert.equal(parseTimestamp(none), null);
    for (const bad of ['12/05/2026', '2026-13-40T00:00:00Z', '2026-05-12T10:30:15.000z?', true, {}, 1, NaN])
      assert.ok(Number.isNaN(parseTimestamp(bad)), JSON.stringify(bad));
  });

  it('reads confidences in the forms that logs use', () => {
    for (const value of [0.63, '0.63', ' 0.63 ', { score: 0.63 }]) assert.equal(parseConfidence(value), 0.63);
    for (const none of [undefined, null, '', {}]) assert.equal(parseConfidence(none), null);
    for (const bad of ['alta', -0.1, 63, [], true])
      assert.ok(Number.isNaN(parseConfidence(bad)), JSON.stringify(bad));
  });
});
