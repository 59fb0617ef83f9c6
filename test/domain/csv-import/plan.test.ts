import assert from 'node:assert/strict';
import { botArchiveFromFiles, localeOf } from '../../../src/domain/bot-archive';
import { planCsvImport } from '../../../src/domain/csv-import';
import { cafeFolder, readFolder } from '../bot-archive/folder';

describe('CSV import', () => {
  const cafe = botArchiveFromFiles(readFolder(cafeFolder));
  const plan = (...rows: [utterance: string, intent: string][]) =>
    planCsvImport(
      rows.map(([utterance, intent], index) => ({ line: index + 2, utterance, intent })),
      cafe,
      'es_ES',
    );

  it('adds what the bot does not have, slots of the intent included', () => {
    const { additions, leftOut } = plan(
      ['¿abrís los festivos?', 'ConsultarHorario'],
      ['una mesa el {Fecha} para {Personas}', 'ReservarMesa'],
      ['una mesa en {Planeta}', 'ReservarMesa'],
      [
        localeOf(cafe, 'es_ES').intents.find(({ name }) => name === 'Saludar')!.sampleUtterances![0]!,
        'Saludar',
      ],
    );
    assert.deepEqual(additions, [
      { text: '¿abrís los festivos?', intent: 'ConsultarHorario', count: 1 },
      { text: 'una mesa el {Fecha} para {Personas}', intent: 'ReservarMesa', count: 1 },
    ]);
    assert.deepEqual(
      leftOut.map(({ line, reason }) => [line, reason]),
      [
        [4, 'character-not-allowed'],
        [5, 'already-known'],
      ],
    );
  });

  it('keeps rows without an intent as evidence for discovery, and says what else it cannot use', () => {
    const { additions, evidence, leftOut, counts } = plan(
      ['tienen wifi', ''],
      ['puedo ir con mi perro', 'FallbackIntent'],
      ['dame un té', 'PedirTe'],
      ['mi teléfono es <PHONE_1>', 'Saludar'],
      ['buenas y santas', 'Saludar'],
      ['Buenas y santas', 'Despedirse'],
    );
    assert.deepEqual(additions, []);
    assert.deepEqual(evidence, [
      { line: 2, utterance: 'tienen wifi' },
      { line: 3, utterance: 'puedo ir con mi perro' },
    ]);
    assert.deepEqual(
      leftOut.map(({ line, reason }) => [line, reason]),
      [
        [4, 'unknown-intent'],
        [5, 'placeholder'],
        [6, 'conflicting-labels'],
        [7, 'conflicting-labels'],
      ],
    );
    assert.deepEqual(counts, { rows: 6, additions: 0, evidence: 2, leftOut: 4 });
  });
});
