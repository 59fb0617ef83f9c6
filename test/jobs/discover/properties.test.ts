import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Discovery } from '../../../src/domain/discovery';
import type { Utterance } from '../../../src/domain/utterance';
import { discover } from '../../../src/jobs/discover/discover';
import { anUtterance } from './utterances';

const parameters = { embedder: 'lexical', language: 'es', minimumSize: 3, seed: 1 };
/** What people say about each topic always holds its first word. */
const topics = [
  'wifi clave internet contraseña red lento gratis señal conexión',
  'perro mascota terraza correa entrar agua dejan dentro cachorro',
  'gluten celíaco pan apto harina tarta opciones alergia avena',
  'horario abrís cerráis domingo sábado mañana tarde festivo hora',
  'mesa reserva noche viernes cuatro dos terraza ventana grupo',
].map((words) => words.split(' '));
const intents = ['ConsultarHorario', 'ReservarMesa', 'ConsultarMenu', 'PedirCuenta', 'Saludar', 'PedirCafe'];

const phrase = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .constantFrom(...topics)
      .chain(([core, ...others]) => fc.subarray(others, { maxLength: 3 }).map((some) => [core!, ...some])),
  },
  { weight: 1, arbitrary: fc.constantFrom(['???'], ['😀'], [''], ['hola'], ['<PHONE_1>']) },
);
const time = fc.integer({ min: 0, max: 70 }).map((day) => new Date(Date.UTC(2026, 7, 1 + day)).toISOString());
const utterances: fc.Arbitrary<Utterance[]> = fc
  .array(
    fc.record({
      text: phrase.map((parts) => parts.join(' ')),
      language: fc.constantFrom('es', 'es', 'es', 'und', 'und', 'ca', 'en'),
      count: fc.integer({ min: 1, max: 50 }),
      times: fc.option(fc.tuple(time, time).map((pair) => pair.sort())),
      outcome: fc.constantFrom<Utterance['outcome'][]>(
        'missed',
        'missed',
        'missed',
        'uncertain',
        'understood',
      ),
      intent: fc.constantFrom(...intents),
    }),
    { minLength: 60, maxLength: 150, size: 'max' },
  )
  .map((rows) =>
    rows.map(({ text, times, intent, ...row }, index) =>
      anUtterance(text, {
        ...row,
        id: `u${index}`,
        intent: row.outcome === 'missed' ? null : intent,
        firstSeen: times?.[0] ?? null,
        lastSeen: times?.[1] ?? null,
      }),
    ),
  );
const known = fc.array(
  fc.record({ text: phrase.map((parts) => parts.join(' ')), intent: fc.constantFrom(...intents) }),
  { maxLength: 30 },
);
const rejected = fc.array(
  phrase.map((parts) => parts.join(' ')),
  { maxLength: 5 },
);

function assertWhole(discovery: Discovery, said: readonly Utterance[]): void {
  const { proposals, tray, assignments, counts, traffic, suggestedMerges } = discovery;
  const countOf = new Map(said.map(({ id, count }) => [id, count]));
  const interactions = (ids: readonly string[]) => ids.reduce((sum, id) => sum + countOf.get(id)!, 0);
  const places = [
    ...proposals.flatMap(({ memberIds }) => memberIds),
    ...assignments.flatMap((one) => ('intent' in one ? [one.id] : [])),
    ...tray.flatMap(({ memberIds }) => memberIds),
  ];
  assert.deepEqual([...places].sort(), said.map(({ id }) => id).sort(), 'each utterance is in one place');
  const noise = assignments.flatMap((one) => ('noise' in one ? [one.id] : []));
  assert.deepEqual(
    tray.flatMap(({ memberIds }) => memberIds).sort(),
    noise.sort(),
    'the tray holds all noise',
  );
  assert.equal(counts.assignedToIntents + counts.inProposals + counts.noise, counts.utterances);
  assert.equal(traffic.interactions, interactions(said.map(({ id }) => id)));
  for (const { size, interactions: sum, memberIds } of [...proposals, ...tray, ...discovery.enrichments]) {
    assert.equal(size, memberIds.length);
    assert.equal(sum, interactions(memberIds));
  }
  const ids = [...proposals, ...tray].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'no id stands twice');
  const rescued = proposals.map(({ rescuedInteractions }) => rescuedInteractions);
  assert.deepEqual(
    [...rescued].sort((a, b) => b - a),
    rescued,
    'the most rescued first',
  );
  const groups = tray.filter(({ kind }) => kind === 'group').map(({ size, cohesion }) => size * cohesion!);
  assert.deepEqual(
    [...groups].sort((a, b) => b - a),
    groups,
    'groups by size and cohesion',
  );
  for (const { id, language } of said) {
    if (language === 'es' || language === 'und') continue;
    const place = tray.find(({ memberIds }) => memberIds.includes(id));
    assert.deepEqual([place?.kind, place?.language], ['language', language]);
  }
  for (const { proposals: pair } of suggestedMerges) {
    assert.ok(pair[0] !== pair[1] && pair.every((id) => proposals.some((one) => one.id === id)));
  }
  for (const proposal of proposals) {
    const { effect } = proposal;
    assert.ok(effect!.fallback.likelyShare <= effect!.fallback.share);
    assert.ok(effect!.fallback.interactions <= proposal.rescuedInteractions);
    for (const { near } of proposal.borderline) {
      assert.ok(near !== proposal.id && (intents.includes(near) || ids.includes(near)), near);
    }
  }
}

describe('discovery, whatever is said', function () {
  this.timeout(180_000);

  it('loses nothing, counts nothing twice, and keeps its ids when it is done again', async () => {
    let proposed = 0;
    await fc.assert(
      fc.asyncProperty(utterances, known, rejected, async (said, examples, no) => {
        const input = { utterances: said, known: examples, rejected: no, parameters };
        const discovery = await discover(input);
        assertWhole(discovery, said);
        proposed += discovery.proposals.length;
        const previous = { proposals: discovery.proposals, utteranceIds: said.map(({ id }) => id) };
        const again = await discover({ ...input, previous });
        const idAndName = ({ proposals }: Discovery) => proposals.map(({ id, name }) => [id, name]);
        assert.deepEqual(idAndName(again), idAndName(discovery));
        assert.ok(again.proposals.every(({ isReturning, size }) => isReturning || size === 1));
      }),
      { seed: 7, numRuns: 100 },
    );
    assert.ok(proposed > 10, `only ${proposed} proposals were made`);
  });
});
