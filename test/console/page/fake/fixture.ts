import type { ConsoleProposal, ConsoleTrayGroup, Phrase, Review } from '../../../../src/console/api';
import { explainNewExamples } from '../../../../src/domain/report';

/** A review as its workflow and artifacts would hold it, invented. */
export interface Fixture {
  pipeline: string;
  cycle: number;
  /** Before any decision. */
  proposals: ConsoleProposal[];
  tray: ConsoleTrayGroup[];
  existingIntents: Review['existingIntents'];
  phrases: Phrase[];
  /** Utterance ids by group: proposals, enrichments, tray groups, `i-INTENT`. */
  members: Map<string, string[]>;
  /** Where each phrase lies on the map. */
  places: Map<string, { x: number; y: number }>;
}

interface Topic {
  name: string;
  terms: string[];
  starts: string[];
  things: string[];
  trend: NonNullable<ConsoleProposal['trend']>['direction'];
  nearest: { name: string; similarity: number; clashes: boolean };
}

const topics: Topic[] = [
  {
    name: 'PreguntarWifi',
    terms: ['wifi', 'contraseña', 'internet', 'clave'],
    starts: ['cuál es', 'me dices', 'necesito', 'hay', 'dónde veo'],
    things: ['la clave del wifi', 'la contraseña de internet', 'el wifi del local', 'la red de clientes'],
    trend: 'steady',
    nearest: { name: 'PreguntarServicios', similarity: 0.31, clashes: false },
  },
  {
    name: 'LlevarPerro',
    terms: ['perro', 'mascota', 'terraza', 'entrar'],
    starts: ['puedo ir con', 'dejáis entrar a', 'aceptáis', 'se puede llevar a'],
    things: ['mi perro', 'un perro pequeño', 'mascotas', 'mi gato en su caja'],
    trend: 'growing',
    nearest: { name: 'PreguntarServicios', similarity: 0.28, clashes: false },
  },
  {
    name: 'PreguntarAlergenos',
    terms: ['alérgenos', 'gluten', 'lactosa', 'vegano'],
    starts: ['tenéis', 'qué lleva', 'es apto para celíacos', 'hay algo'],
    things: ['sin gluten', 'la tarta de queso', 'leche de avena', 'vegano', 'sin lactosa'],
    trend: 'new',
    nearest: { name: 'ConsultarCarta', similarity: 0.52, clashes: true },
  },
  {
    name: 'ReservarGrupo',
    terms: ['grupo', 'cumpleaños', 'evento', 'empresa'],
    starts: ['quiero celebrar', 'hacéis', 'somos veinte para', 'precio para'],
    things: ['un cumpleaños', 'una comida de empresa', 'un grupo grande', 'una despedida'],
    trend: 'growing',
    nearest: { name: 'ReservarMesa', similarity: 0.61, clashes: true },
  },
  {
    name: 'TarjetaFidelidad',
    terms: ['tarjeta', 'puntos', 'sellos', 'gratis'],
    starts: ['cuántos puntos tengo en', 'cómo consigo', 'he perdido', 'caduca'],
    things: ['la tarjeta de puntos', 'la tarjeta de sellos', 'mi tarjeta de socio'],
    trend: 'falling',
    nearest: { name: 'ConsultarPrecio', similarity: 0.22, clashes: false },
  },
  {
    name: 'PuntosSocio',
    terms: ['socio', 'puntos', 'canjear'],
    starts: ['quiero canjear', 'dónde gasto', 'valen todavía'],
    things: ['mis puntos', 'los puntos de socio', 'los puntos del mes'],
    trend: 'steady',
    nearest: { name: 'ConsultarPrecio', similarity: 0.2, clashes: false },
  },
];

const intents = [
  'ReservarMesa',
  'ConsultarCarta',
  'ConsultarHorario',
  'ConsultarPrecio',
  'PreguntarServicios',
  'PedirCafe',
  'CancelarReserva',
  'Saludar',
];
const fillers = [
  '',
  ' por favor',
  ', gracias',
  ' hoy',
  ' mañana',
  ' el sábado',
  ', oye',
  ' para dos',
  ' ahora',
  '?',
];

/** Phrases that try to do harm. */
export const hostilePhrases = [
  '<img src=x onerror="window.harmed=true"><script>window.harmed=true</script>',
  'pulsa aquí \u202eexe.gpj\u202c y\u200b ya \u0007 está',
  '=HYPERLINK("http://127.0.0.1/","wifi")',
];

/**
 * @param size about how many utterances
 * @param hostile whether some phrases and a name try to do harm
 */
export function createFixture({ size = 600, hostile = false } = {}): Fixture {
  const random = randomNumbers(7);
  const fixture: Fixture = {
    pipeline: 'cafe',
    cycle: 3,
    proposals: [],
    tray: [],
    existingIntents: [],
    phrases: [],
    members: new Map(),
    places: new Map(),
  };
  const add = (
    text: string,
    group: string,
    at: { x: number; y: number },
    outcome: Phrase['outcome'],
    chosen = intents[fixture.phrases.length % intents.length]!,
  ) => {
    const number = fixture.phrases.length;
    const day = 1 + Math.floor(random() * 24);
    const phrase: Phrase = {
      id: `u${number.toString(16).padStart(6, '0')}`,
      text,
      cut: false,
      language: 'es',
      count: 1 + Math.floor(random() ** 4 * 40),
      firstSeen: `2026-10-${String(day).padStart(2, '0')}T09:12:00.000Z`,
      lastSeen: `2026-11-${String(Math.min(28, day + 3)).padStart(2, '0')}T18:40:00.000Z`,
      outcome,
      intent: outcome === 'missed' ? null : chosen,
      confidence: outcome === 'missed' ? null : Number((0.35 + random() * 0.6).toFixed(2)),
      group,
    };
    fixture.phrases.push(phrase);
    const members = fixture.members.get(group) ?? [];
    members.push(phrase.id);
    fixture.members.set(group, members);
    const spread = () => (random() + random() + random() - 1.5) * 0.05;
    fixture.places.set(phrase.id, {
      x: Math.min(1, Math.max(0, at.x + spread())),
      y: Math.min(1, Math.max(0, at.y + spread())),
    });
  };
  const around = (index: number, of: number, radius: number) => ({
    x: 0.5 + radius * Math.cos((index / of) * 2 * Math.PI),
    y: 0.5 + radius * Math.sin((index / of) * 2 * Math.PI),
  });
  const say = (topic: Topic, index: number) =>
    `${topic.starts[index % topic.starts.length]} ${topic.things[Math.floor(index / topic.starts.length) % topic.things.length]}${fillers[Math.floor(index / (topic.starts.length * topic.things.length)) % fillers.length]}${index >= topic.starts.length * topic.things.length * fillers.length ? ` ${index}` : ''}`;

  topics.forEach((topic, rank) => {
    const id = `p-0000000${rank}`;
    const phrases = Math.round((size * 0.4) / (rank + 2));
    for (let index = 0; index < phrases; index++) {
      const isHostile = hostile && rank === 0 && index < hostilePhrases.length + 1;
      const text = isHostile ? (hostilePhrases[index] ?? `wifi ${'muy '.repeat(499)}`) : say(topic, index);
      add(text, id, around(rank, topics.length, 0.33), index % 7 === 0 ? 'uncertain' : 'missed');
      if (isHostile && index === hostilePhrases.length) fixture.phrases.at(-1)!.cut = true;
    }
  });
  intents.forEach((intent, rank) => {
    const phrases = Math.round((size * 0.3) / intents.length);
    for (let index = 0; index < phrases; index++)
      add(
        `${intent.toLowerCase()} caso ${index}`,
        `i-${intent}`,
        around(rank + 0.5, intents.length, 0.14),
        'understood',
      );
  });
  const withExamples = ['ReservarMesa', 'ConsultarHorario'];
  for (const intent of withExamples) {
    for (let index = 0; index < Math.round(size * 0.03); index++)
      add(
        `${intent === 'ReservarMesa' ? 'mesa para cuatro' : 'a qué hora abrís'} variante ${index}`,
        `e-${intent}`,
        around(intents.indexOf(intent), 8, 0.14),
        index < Math.round(size * 0.01) ? 'missed' : 'uncertain',
        intent,
      );
  }
  for (let index = 0; index < Math.round(size * 0.04); index++)
    add(`pregunta por calefacción ${index}`, 't-00000001', around(3.5, 6, 0.4), 'missed');
  for (let index = 0; index < Math.round(size * 0.05); index++)
    add(`cosa suelta ${index}`, 't-loose', { x: random(), y: random() }, 'missed');
  for (let index = 0; index < 5; index++)
    add(`where is the toilet ${index}`, 't-language-en', { x: 0.05, y: 0.95 }, 'missed');

  const byId = new Map(fixture.phrases.map((phrase) => [phrase.id, phrase]));
  const measure = (group: string) => {
    const members = (fixture.members.get(group) ?? []).map((id) => byId.get(id)!);
    return {
      size: members.length,
      interactions: members.reduce((sum, { count }) => sum + count, 0),
      rescued: members.reduce((sum, { count, outcome }) => sum + (outcome === 'understood' ? 0 : count), 0),
      texts: members.map(({ text }) => text),
    };
  };
  fixture.proposals = topics.map((topic, rank): ConsoleProposal => {
    const id = `p-0000000${rank}`;
    const { size: phrases, interactions, rescued, texts } = measure(id);
    const name = hostile && rank === 1 ? '<b>Perro</b>\u202eorreP' : topic.name;
    return {
      id,
      kind: 'new-intent',
      name,
      suggestedName: name,
      suggestedByModel: rank === 4 ? { name: 'ConsultarPuntos', description: 'preguntas por puntos' } : null,
      status: 'open',
      category: null,
      mergedInto: null,
      splitFrom: null,
      reason: null,
      nameProblem: null,
      size: phrases,
      interactions,
      rescuedInteractions: rescued,
      changed: false,
      isReturning: rank === 4,
      terms: topic.terms,
      cohesion: 0.71 - rank * 0.04,
      stability: 0.93 - rank * 0.05,
      trend: {
        direction: topic.trend,
        earlier: Math.round(interactions * 0.4),
        later: Math.round(interactions * 0.6),
        usualLaterShare: 0.52,
        bucketDays: 3,
        perBucket: Array.from({ length: 16 }, (_, bucket) =>
          Math.round(
            (interactions / 16) *
              (topic.trend === 'growing'
                ? bucket / 8
                : topic.trend === 'falling'
                  ? 2 - bucket / 8
                  : topic.trend === 'new'
                    ? Number(bucket > 8) * 2
                    : 1) *
              (0.7 + random() * 0.6),
          ),
        ),
      },
      nearestIntent: topic.nearest,
      near: rank === 4 ? ['p-00000005'] : rank === 5 ? ['p-00000004', 'p-00000003'] : [],
      effect: null,
      representatives: texts.slice(0, 6),
      borderline: [{ text: texts.at(-1)!, near: topic.nearest.name }],
      byLikenessAlone: [],
      explanations: [
        {
          kind: 'fact',
          en: `${phrases} phrases, ${interactions} interactions; would rescue ${rescued}`,
          es: `${phrases} frases, ${interactions} interacciones; rescataría ${rescued}`,
        },
        {
          kind: 'fact',
          en: 'at most 12.4 % of all fallbacks, likely 10.9 %',
          es: 'como mucho el 12,4 % de lo no entendido, probablemente el 10,9 %',
        },
        ...(topic.nearest.clashes
          ? [
              {
                kind: 'warning' as const,
                en: `would clash with ${topic.nearest.name}: similarity ${topic.nearest.similarity}, and nine in ten of the bot’s own intents stay below 0.48. Perhaps its phrases belong there`,
                es: `chocaría con ${topic.nearest.name}: similitud ${String(topic.nearest.similarity).replace('.', ',')}, y nueve de cada diez intenciones del bot quedan por debajo de 0,48. Quizá sus frases sean de allí`,
              },
            ]
          : []),
        { kind: 'fact', en: 'cohesion 0.71, stability 0.93', es: 'cohesión 0,71, estabilidad 0,93' },
        {
          kind: 'fact',
          en: '41 of 44 phrases recognised when held out (95 %: 82 % to 98 %)',
          es: '41 de 44 frases reconocidas al apartarlas (95 %: 82 % a 98 %)',
        },
      ],
    };
  });
  for (const intent of withExamples) {
    const members = fixture.members.get(`e-${intent}`) ?? [];
    const isMissed = (id: string) => byId.get(id)!.outcome === 'missed';
    const examples = {
      chosenByBot: members.filter((id) => !isMissed(id)),
      byLikenessAlone: members.filter(isMissed),
    };
    const inEnglish = explainNewExamples(examples, 'en');
    const inSpanish = explainNewExamples(examples, 'es');
    const { size: phrases, interactions, rescued, texts } = measure(`e-${intent}`);
    fixture.proposals.push({
      id: `e-${intent}`,
      kind: 'new-examples',
      name: intent,
      suggestedName: intent,
      suggestedByModel: null,
      status: 'open',
      category: null,
      mergedInto: null,
      splitFrom: null,
      reason: null,
      nameProblem: null,
      size: phrases,
      interactions,
      rescuedInteractions: rescued,
      changed: false,
      isReturning: false,
      terms: [],
      cohesion: null,
      stability: null,
      trend: null,
      near: [],
      nearestIntent: null,
      effect: null,
      representatives: texts.slice(0, 6),
      borderline: [],
      explanations: inEnglish.map(({ kind, text }, at) => ({ kind, en: text, es: inSpanish[at]!.text })),
      byLikenessAlone: examples.byLikenessAlone,
    });
  }
  fixture.tray = (
    [
      ['t-00000001', 'group', null, ['calefacción', 'terraza', 'frío']],
      ['t-loose', 'loose', null, []],
      ['t-language-en', 'language', 'en', []],
    ] as const
  ).map(([id, kind, language, terms]) => {
    const { size: phrases, interactions, texts } = measure(id);
    return {
      id,
      kind,
      language,
      terms: [...terms],
      size: phrases,
      interactions,
      cohesion: kind === 'group' ? 0.44 : null,
      representatives: texts.slice(0, 5),
    };
  });
  fixture.existingIntents = intents.map((name) => ({
    name,
    examples: 24,
    assigned: measure(`i-${name}`).size,
  }));
  return fixture;
}

/** Mulberry32: numbers 0–1 that are the same each time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
