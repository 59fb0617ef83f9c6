import assert from 'node:assert/strict';
import { stageNotes } from '../../../src/domain/cycle-sentences';
import { joinSentences } from '../../../src/domain/language';

describe('stageNotes', () => {
  it('tells of a comparison with the decimals of each language', () => {
    const note = stageNotes.compared({
      items: 412,
      accuracy: { champion: 0.649, challenger: 0.8112 },
      macroF1: { champion: 0.442, challenger: 0.824 },
    });
    assert.equal(
      note.en,
      '412 phrases, golden and validation together: accuracy 64.9 % → 81.1 %, macro F1 44.2 % → 82.4 %.',
    );
    assert.equal(
      note.es,
      '412 frases, de referencia y de validación: exactitud 64,9 % → 81,1 %, macro-F1 44,2 % → 82,4 %.',
    );
  });
});

describe('joinSentences', () => {
  it('puts one after the other in each language, and nothing where there is none', () => {
    assert.deepEqual(
      joinSentences([stageNotes.cancelled, stageNotes.editsKept({ en: 'Wifi +1', es: 'Wifi +1' })]),
      {
        en: 'Cancelled. Edits of DRAFT were kept: Wifi +1.',
        es: 'Cancelada. Se conservaron cambios hechos en DRAFT: Wifi +1.',
      },
    );
    assert.equal(joinSentences([]), null);
  });
});
