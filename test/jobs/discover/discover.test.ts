import assert from 'node:assert/strict';
import type { Discovery } from '../../../src/domain/discovery';
import { InvalidConfigurationError } from '../../../src/domain/errors';
import type { LabelledUtterance, Utterance } from '../../../src/domain/utterance';
import { discover } from '../../../src/jobs/discover/discover';

const parameters = { embedder: 'lexical', language: 'es', minimumSize: 5, seed: 1 };

function utterance(text: string, more: Partial<Utterance> = {}): Utterance {
  return {
    id: text,
    text,
    language: 'und',
    count: 1,
    firstSeen: null,
    lastSeen: null,
    outcome: 'missed',
    intent: null,
    confidence: null,
    alternative: null,
    ...more,
  };
}

function examplesOf(intent: string, ...texts: string[]): LabelledUtterance[] {
  return texts.map((text) => ({ text, intent }));
}

const known = [
  ...examplesOf(
    'ConsultarHorario',
    'a qué hora abrís',
    'horario de apertura',
    'a qué hora cerráis',
    'abrís los domingos',
    'qué horario tenéis el sábado',
    'cuándo cierra la cafetería',
    'hora de cierre',
    'abrís mañana temprano',
  ),
  ...examplesOf(
    'ReservarMesa',
    'quiero reservar una mesa',
    'reservar mesa para dos',
    'mesa para cuatro esta noche',
    'hacer una reserva',
    'una reserva para el viernes',
    'reserva de mesa en la terraza',
    'tenéis mesa libre',
    'guárdame una mesa para cinco',
  ),
  ...examplesOf(
    'PedirCafe',
    'un café con leche',
    'quiero un cortado',
    'ponme un café solo',
    'dos cafés para llevar',
    'un capuchino grande',
    'un cortado descafeinado',
    'café con hielo',
    'un café americano',
  ),
];

const wifi = [
  'tenéis wifi',
  'clave del wifi',
  'cuál es la contraseña del wifi',
  'no funciona el wifi',
  'el wifi va lento',
  'contraseña wifi por favor',
  'hay wifi gratis',
  'la red wifi cómo se llama',
  'wifi en la terraza',
  'me das la clave wifi',
];
const dogs = [
  'puedo entrar con mi perro',
  'admitís perros',
  'perros en la terraza',
  'mi perro puede pasar',
  'dejan entrar perros grandes',
  'tenéis agua para el perro',
  'voy con mi perrito',
  'se permiten perros dentro',
  'el perro tiene que llevar correa',
  'hay sitio para perros',
];

async function run(utterances: Utterance[], rejected: string[] = [], examples = known): Promise<Discovery> {
  const discovery = await discover({ utterances, known: examples, rejected, parameters });
  assertSound(discovery, utterances);
  return discovery;
}

/** What holds for any result. */
function assertSound(discovery: Discovery, utterances: readonly Utterance[]): void {
  const { assignments, proposals, counts } = discovery;
  assert.deepEqual(
    assignments.map(({ id }) => id),
    utterances.map(({ id }) => id),
  );
  for (const one of assignments) {
    const kinds = ['proposal', 'intent', 'noise'].filter((kind) => kind in one);
    assert.equal(kinds.length, 1, JSON.stringify(one));
  }
  assert.equal(counts.utterances, utterances.length);
  assert.equal(counts.assignedToIntents + counts.inProposals + counts.noise, counts.utterances);
  assert.ok(counts.previouslyRejected <= counts.noise);
  for (const proposal of proposals) {
    const assigned = assignments.filter((one) => 'proposal' in one && one.proposal === proposal.id);
    assert.deepEqual(assigned.map(({ id }) => id).sort(), [...proposal.memberIds].sort());
    assert.equal(proposal.size, proposal.memberIds.length);
    assert.match(proposal.id, /^p-[0-9a-f]{8}$/);
    assert.ok(proposal.cohesion >= 0 && proposal.cohesion <= 1);
    assert.ok(proposal.representatives.length <= 8);
  }
}

describe('discovery', () => {
  const stream = [...wifi, ...dogs].map((text, index) =>
    utterance(text, { count: index < wifi.length ? 9 : 2 }),
  );

  it('finds topics that the bot does not know, the most interactions first', async () => {
    const { proposals } = await run([...stream, utterance('abrís el domingo'), utterance('asdf qwer')]);
    assert.equal(proposals.length, 2);
    const [first, second] = proposals;
    assert.equal(first!.name, 'ConsultarWifi');
    assert.ok(first!.memberIds.length >= 8 && first!.memberIds.every((id) => wifi.includes(id)));
    assert.ok(second!.memberIds.length >= 8 && second!.memberIds.every((id) => dogs.includes(id)));
    assert.equal(first!.terms[0], 'wifi');
    assert.equal(first!.interactions, 9 * first!.size);
    assert.ok(first!.nearestIntent !== null);
  });

  it('is the same for the same seed, and ids depend on the members alone', async () => {
    const once = await run(stream);
    assert.deepEqual(await run(stream), once);
    const ids = (discovery: Discovery) => discovery.proposals.map(({ id }) => id).sort();
    const recounted = stream.map((one) => ({ ...one, count: 3 }));
    assert.deepEqual(ids(await run(recounted)), ids(once));
  });

  it('takes phrases near an intent for new examples of it', async () => {
    const { assignments, enrichments } = await run([
      ...stream,
      utterance('a qué hora abrís el sábado', {
        outcome: 'uncertain',
        intent: 'ConsultarHorario',
        confidence: 0.5,
      }),
      utterance('horario de apertura'),
    ]);
    assert.deepEqual(
      assignments.slice(-2).map((one) => ('intent' in one ? one.intent : null)),
      ['ConsultarHorario', 'ConsultarHorario'],
    );
    // What a sample of the bot says already is no new example.
    assert.deepEqual(
      enrichments.map(({ id, memberIds }) => ({ id, memberIds })),
      [{ id: 'e-ConsultarHorario', memberIds: ['a qué hora abrís el sábado'] }],
    );
  });

  it('takes what the bot understood for evidence, never for a topic', async () => {
    const understood = dogs.map((text) =>
      utterance(text, { outcome: 'understood', intent: 'PreguntarPerros', confidence: 0.95 }),
    );
    const { proposals, assignments } = await run([...wifi.map((text) => utterance(text)), ...understood]);
    assert.equal(proposals.length, 1);
    assert.ok(
      assignments.slice(wifi.length).every((one) => 'intent' in one && one.intent === 'PreguntarPerros'),
    );
  });

  it('leaves what was rejected aside, also in new words, and counts it', async () => {
    const { proposals, counts } = await run(stream, wifi.slice(0, 6));
    assert.equal(proposals.length, 1);
    assert.ok(proposals[0]!.memberIds.every((id) => dogs.includes(id)));
    assert.ok(counts.previouslyRejected >= 9, String(counts.previouslyRejected));
  });

  it('sets aside what is surely in another language', async () => {
    const { assignments } = await run([...stream, utterance('do you have wifi', { language: 'en' })]);
    assert.deepEqual(assignments.at(-1), { id: 'do you have wifi', noise: true });
  });

  it('shows each phrase once among the representatives', async () => {
    const copies = ['hola, tenéis wifi?', 'TENÉIS WIFI', 'tenéis wifi porfa'].map((text) => utterance(text));
    const { proposals } = await run([...stream, ...copies]);
    const wifiProposal = proposals.find(({ terms }) => terms[0] === 'wifi')!;
    assert.ok(copies.every(({ id }) => wifiProposal.memberIds.includes(id)));
    assert.equal(
      wifiProposal.representatives.filter((text) => /^(hola, )?tenéis wifi/i.test(text)).length,
      1,
    );
  });

  describe('at the edges', () => {
    it('bears no utterances, and one', async () => {
      assert.deepEqual((await run([])).proposals, []);
      assert.deepEqual((await run([utterance('tenéis wifi')])).counts.noise, 1);
      assert.deepEqual((await run([utterance('tenéis wifi')], [], [])).proposals, []);
    });

    it('works where nothing is known', async () => {
      const { proposals, enrichments } = await run(stream, [], []);
      assert.deepEqual(enrichments, []);
      assert.ok(proposals.length >= 2, String(proposals.length));
      for (const { memberIds, nearestIntent } of proposals) {
        assert.equal(nearestIntent, null);
        assert.ok(memberIds.every((id) => wifi.includes(id)) || memberIds.every((id) => dogs.includes(id)));
      }
    });

    it('proposes nothing where all is known, or all is noise', async () => {
      const repeated = await run(known.map(({ text }) => utterance(text)));
      assert.equal(repeated.counts.assignedToIntents, known.length);
      assert.deepEqual(repeated.enrichments, []);
      const junk = [
        'asdf',
        'jsjsjs',
        'qué tiempo hace',
        'viva el betis',
        'cuéntame un chiste',
        'test',
        '123',
        'nada',
      ];
      assert.deepEqual((await run(junk.map((text) => utterance(text)))).proposals, []);
    });

    it('makes no topic of ten thousand copies', async () => {
      const copies = Array.from({ length: 10_000 }, (_, index) =>
        utterance('tenéis wifi', { id: `u${index}` }),
      );
      assert.ok((await run(copies)).proposals.length <= 1);
      const counted = await run([utterance('tenéis wifi', { count: 10_000 })]);
      assert.deepEqual(counted.proposals, []);
    });

    it('sets aside texts without a word, and bears very long ones', async () => {
      const odd = ['', '   ', '😀🎉', '???'].map((text, index) => utterance(text, { id: `odd-${index}` }));
      const { assignments } = await run([
        ...odd,
        ...stream,
        utterance('wifi '.repeat(2_000), { id: 'long' }),
      ]);
      assert.ok(assignments.slice(0, odd.length).every((one) => 'noise' in one));
    });

    it('refuses an embedder that it does not know', async () => {
      await assert.rejects(
        discover({
          utterances: stream,
          known,
          rejected: [],
          parameters: { ...parameters, embedder: 'word2vec' },
        }),
        (error) => error instanceof InvalidConfigurationError && error.message.includes('onnx:MODEL'),
      );
    });
  });
});
