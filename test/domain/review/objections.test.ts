import assert from 'node:assert/strict';
import type { Sentence } from '../../../src/domain/language';
import {
  foldReview,
  formObjections,
  objectionTo,
  proposalObjections,
  reviewObjections,
  type DecisionAction,
  type DecisionEvent,
  type ReviewProposal,
} from '../../../src/domain/review';

const proposal = (id: string, name: string): ReviewProposal => ({
  id,
  kind: id.startsWith('e-') ? 'new-examples' : 'new-intent',
  name,
  size: 4,
  interactions: 10,
  nearestIntent: null,
});
const proposals = [
  proposal('p-1', 'PreguntarWifi'),
  proposal('p-2', 'PreguntarPerros'),
  proposal('e-Saludar', 'Saludar'),
];

/** What is said of a decision after those that others took. */
function objection(decision: DecisionAction, before: (DecisionAction & Partial<DecisionEvent>)[] = []) {
  const events = before.map((one, index): DecisionEvent => ({
    author: 'luis',
    at: '',
    ...one,
    number: index + 1,
  }));
  const state = foldReview(proposals, events);
  return objectionTo({ ...decision, author: 'ana' }, { state, events, existingIntents: ['Saludar'] });
}

describe('objections to a decision', () => {
  const rename = { action: 'rename', proposal: 'p-1', name: 'Wifi' } as const;

  it('call proposals by their name; where ids are typed, by their id too', () => {
    assert.deepEqual(objection(rename, [{ action: 'reject', proposal: 'p-1' }]), {
      en: '"PreguntarWifi" (p-1) is rejected already: reopen it first, or undo that.',
      es: 'La propuesta «PreguntarWifi» ya está rechazada: reábrala antes, o deshaga esa decisión.',
    });
    assert.deepEqual(objection(rename, [{ action: 'merge', proposals: ['p-2', 'p-1'] }]), {
      en: '"PreguntarWifi" (p-1) was merged into "PreguntarPerros" (p-2): decide about that one, or undo.',
      es: 'La propuesta «PreguntarWifi» se unió a «PreguntarPerros»: decida sobre esa, o deshaga la unión.',
    });
  });

  it('leave an intent of the bot its name', () => {
    const renamed = { action: 'rename', proposal: 'e-Saludar', name: 'Hola' } as const;
    assert.match(
      objection(renamed)?.es ?? '',
      /^«Saludar» amplía una intención que el bot ya tiene, y su nombre se queda/,
    );
    assert.match(
      objection(renamed, [{ action: 'accept', proposal: 'e-Saludar' }])?.en ?? '',
      /keeps its name/,
    );
  });

  it('tell proposals of the same name apart in every language', () => {
    const sameName = { action: 'rename', proposal: 'p-2', name: 'PreguntarWifi' } as const;
    assert.equal(
      objection(rename, [sameName, { action: 'put-aside', proposal: 'p-1' }])?.es,
      'La propuesta «PreguntarWifi» (p-1) está apartada: reábrala antes, o deshaga esa decisión.',
    );
  });

  it('say what others did meanwhile, and what to do next', () => {
    const gone: DecisionAction & Partial<DecisionEvent> = {
      action: 'move',
      members: ['a', 'b', 'c', 'd'],
      aside: true,
      moved: [{ from: 'p-1', phrases: 4, interactions: 10 }],
    };
    const cases: [DecisionAction, (typeof gone | DecisionAction)[], string][] = [
      [
        rename,
        [gone],
        'A la propuesta «PreguntarWifi» no le quedan frases: se movieron. Deshágalo, o decida sobre ellas donde están ahora.',
      ],
      [
        { action: 'accept', proposal: 'p-1.3' },
        [],
        'Esa propuesta (p-1.3) no está en la revisión: quizá alguien deshizo lo que la creó. Mire la lista y decida otra vez.',
      ],
      [
        { action: 'reopen', proposal: 'p-1' },
        [],
        'La propuesta «PreguntarWifi» está abierta: no hay nada que reabrir.',
      ],
      [
        rename,
        [{ action: 'assign', proposal: 'p-1', intent: 'Saludar' }],
        'La propuesta «PreguntarWifi» ya está dada a una intención: reábrala antes, o deshaga esa decisión.',
      ],
      [
        { action: 'merge', proposals: ['p-1', 'e-Saludar'] },
        [],
        '«Saludar» amplía una intención que el bot ya tiene: dé las otras a esa intención en lugar de unirlas.',
      ],
      [
        { action: 'split', proposal: 'p-1', members: ['a', 'b', 'c', 'd'], name: 'Clave' },
        [],
        'La propuesta «PreguntarWifi» tiene 4 frases: al menos una tiene que quedarse.',
      ],
      [{ action: 'undo' }, [], 'No hay ninguna decisión que deshacer.'],
    ];
    for (const [decision, before, expected] of cases) assert.equal(objection(decision, before)?.es, expected);
  });

  it('say something else in each language', () => {
    for (const table of [formObjections, proposalObjections, reviewObjections])
      for (const [name, one] of Object.entries<Sentence | ((...about: never[]) => Sentence)>(table))
        if (typeof one === 'object') assert.notEqual(one.en, one.es, name);
  });
});
