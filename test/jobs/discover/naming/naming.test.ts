import assert from 'node:assert/strict';
import type { NamingSettings } from '../../../../src/domain/embedding';
import { suggestWithModel } from '../../../../src/jobs/discover/naming';
import { readAnswer } from '../../../../src/jobs/discover/naming/answer';
import { questionAbout } from '../../../../src/jobs/discover/naming/question';
import { ServiceError } from '../../../../src/local/aws/errors';
import { notedPauses, startBedrock, type BedrockWorld } from '../embedders/bedrock-world';

const settings: NamingSettings = {
  engine: 'bedrock',
  modelId: 'amazon.nova-lite-v1:0',
  usdPerMillionInputTokens: 0.06,
  usdPerMillionOutputTokens: 0.24,
  budgetUsd: 1,
};
const style = { language: 'es', intents: ['PedirCafe', 'PreguntarHorario'] };
const proposals = [
  { id: 'p-1', terms: ['wifi'], representatives: ['¿tenéis wifi?', 'hay wifi gratis', 'clave wifi gratis'] },
  { id: 'p-2', terms: ['gluten'], representatives: ['algo sin gluten', 'pan sin gluten'] },
  { id: 'p-3', terms: ['reserva'], representatives: ['reserva para <NAME_1>', 'quiero una reserva'] },
];

describe('names by a model', () => {
  let world: BedrockWorld;
  before(async () => {
    world = await startBedrock({ withoutAccess: ['amazon.nova-micro-v1:0'] });
  });
  afterEach(() => world.faults.clear());
  after(() => world.close());
  const suggest = (changes: Partial<NamingSettings> = {}) =>
    suggestWithModel(
      proposals,
      style,
      { ...settings, ...changes },
      { client: world.client, pauses: notedPauses() },
    );

  it('stand beside each proposal, with what they took', async () => {
    const { suggestions, usage } = await suggest();
    assert.deepEqual(Object.fromEntries(suggestions), {
      'p-1': { name: 'WifiGratis', description: '¿tenéis wifi?' },
      'p-2': { name: 'GlutenAlgo', description: 'algo sin gluten' },
      'p-3': { name: 'ReservaPara', description: 'reserva para <NAME_1>' },
    });
    const { inputTokens, outputTokens, usd, ...rest } = usage;
    assert.deepEqual(rest, {
      modelId: settings.modelId,
      suggested: 3,
      withoutSuggestion: 0,
      calls: 3,
      budgetUsd: 1,
      notes: [],
    });
    assert.ok(Math.abs(usd - (inputTokens * 0.06 + outputTokens * 0.24) / 1e6) < 1e-12);
    assert.ok(inputTokens > 300 && outputTokens > 10);
  });

  it('never cost more than the budget, and the rest is said', async () => {
    // A call costs at most (1,300 bytes or so + 100) × 1 + 200 × 1 = 1,600 USD for a million: less than 0.002 USD.
    const { suggestions, usage } = await suggest({
      usdPerMillionInputTokens: 1,
      usdPerMillionOutputTokens: 1,
      budgetUsd: 0.002,
    });
    assert.ok(usage.usd <= 0.002 && usage.usd > 0);
    assert.ok(suggestions.has('p-1') && suggestions.size < 3, [...suggestions.keys()].join());
    assert.match(usage.notes.join(), /not asked about: the budget of 0\.002 USD did not reach/);
    const nothing = await suggest({ budgetUsd: 0.000_001 });
    assert.deepEqual([nothing.usage.calls, nothing.usage.usd, nothing.suggestions.size], [0, 0, 0]);
  });

  it('come although the model is throttled for a while', async () => {
    const error = new ServiceError('ThrottlingException', 429, 'Too many requests.');
    world.faults.inject('Converse', { kind: 'error', error }, 4);
    const { suggestions, usage } = await suggest();
    assert.equal(suggestions.size, 3);
    assert.deepEqual(usage.notes, []);
  });

  for (const [what, error] of [
    ['throttles for ever', new ServiceError('ThrottlingException', 429, 'Too many requests.')],
    ['is out of order', new ServiceError('InternalServerException', 500, 'Out of order.')],
    ['wants nothing of it', new ServiceError('ValidationException', 400, 'Not so.')],
  ] as const) {
    it(`fail nothing when the model ${what}: it is said`, async () => {
      world.faults.inject('Converse', { kind: 'error', error });
      const { suggestions, usage } = await suggest();
      assert.equal(suggestions.size, 0);
      assert.equal(usage.withoutSuggestion, 3);
      assert.match(usage.notes.join(), new RegExp(`asked no further: Converse .* failed: ${error.type}`));
    });
  }

  it('fail nothing without access to the model, nor with an answer that is none', async () => {
    const denied = await suggest({ modelId: 'amazon.nova-micro-v1:0' });
    assert.match(denied.usage.notes.join(), /Model access/);
    world.faults.inject('Converse', { kind: 'garbled' });
    const garbled = await suggest();
    assert.equal(garbled.suggestions.size, 0);
    assert.equal(garbled.usage.notes.length, 1);
  });

  it('are read from a JSON object, also among other words, and made names for Lex', () => {
    const read = (name: string, description = 'Quieren saber.') =>
      readAnswer(`Claro:\n\`\`\`json\n${JSON.stringify({ name, description })}\n\`\`\``)?.name;
    assert.equal(read('PreguntarWifi'), 'PreguntarWifi');
    assert.equal(read('Pedir la última cuenta'), 'PedirLaUltimaCuenta');
    assert.equal(read('horario_de-verano'), 'horario_de-verano');
    for (const nonsense of [
      'no lo sé',
      '{"name": "A"}',
      '{"name": 4, "description": "x"}',
      '{"name": "¿?", "description": "x"}',
      '{"name": "A", "description": " \\n "}',
      '{"name": "A", "descr',
      '',
    ])
      assert.equal(readAnswer(nonsense), null, nonsense);
    assert.equal(readAnswer('{"name":"A","description":"una\\n\\u0007 línea"}')?.description, 'una línea');
    assert.equal(readAnswer(`{"name":"A","description":"${'x'.repeat(1_000)}"}`)?.description.length, 300);
  });

  it('are asked for in the bot’s language and style, one phrase a line', () => {
    const question = questionAbout(
      { id: 'p', terms: ['a'], representatives: ['una\nfrase', 'x'.repeat(500)] },
      style,
    );
    assert.match(question, /Language .*: Spanish/);
    assert.match(question, /PedirCafe, PreguntarHorario/);
    assert.match(question, /\n- una frase\n- x{200}$/);
  });
});
