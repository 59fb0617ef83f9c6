import type { ArchiveDiff } from '../../../src/domain/bot-archive';
import { pendingStages } from '../../../src/domain/cycle';
import {
  evaluate,
  type Evaluation,
  type EvaluationItem,
  type Prediction,
} from '../../../src/domain/evaluation';
import { decide, defaultGatePolicy } from '../../../src/domain/gate';
import { seededRandom } from '../../../src/domain/metrics';
import type { ReportInput } from '../../../src/domain/report';
import { outOfScope } from '../../../src/domain/utterance';
import { wholeDiscovery, wifiProposal } from '../../support/discovery';

const phrases: Record<string, string[]> = {
  ConsultarHorario: ['¿a qué hora abrís?', 'q horario tienen los domingos', 'hasta q hora estáis abiertos'],
  ConsultarMenu: ['qué hay de comer', 'me pasas la carta porfa', 'tenéis menú del día?'],
  ConsultarPrecio: ['cuánto cuesta un café', 'precio del bocadillo', 'q vale el zumo'],
  ConsultarUbicacion: ['dónde estáis', 'cómo llego al local', 'calle y número?'],
  HacerReclamo: ['el café estaba frío', 'quiero poner una queja', 'me cobraron dos veces'],
  PedirCafe: ['ponme un cortado', 'un café con leche 🙏', 'quisiera un capuchino grande'],
  PedirCuenta: ['la cuenta', 'me cobras?', 'cuánto te debo'],
  ReservarMesa: ['una mesa para dos', 'quiero reservar para el sábado', 'hay sitio esta noche?'],
  Saludar: ['hola', 'buenas tardes', 'q tal'],
  PreguntarWifi: ['cuál es la clave del wifi', 'tenéis internet?', 'contraseña del wifi porfa'],
  PreguntarPerros: ['puedo ir con mi perro', 'dejáis entrar mascotas', 'la terraza admite perros?'],
  [outOfScope]: ['cuánto mide el Everest', 'asdfgh', 'ponme música de los 80'],
};
const newIntents = ['PreguntarWifi', 'PreguntarPerros'];

export interface SampleOptions {
  itemsPerIntent: number;
  /** How often in a hundred each version is right about what it knows. */
  championRight: number;
  challengerRight: number;
}

/** An evaluation of an invented café bot; the same options give the same one. */
export function sampleEvaluation({
  itemsPerIntent,
  championRight,
  challengerRight,
}: SampleOptions): Evaluation {
  const random = seededRandom(11);
  const intents = Object.keys(phrases);
  const items: EvaluationItem[] = intents.flatMap((intent) =>
    Array.from({ length: itemsPerIntent }, (_, index) => ({
      id: `${intent}-${index}`,
      text: `${phrases[intent]![index % 3]}${index < 3 ? '' : ` (${Math.floor(index / 3) + 1})`}`,
      intent,
      set: index % 4 === 3 ? 'validation' : 'golden',
    })),
  );
  items[0] = { ...items[0]!, text: '<script>alert("hola")</script> & \'abrís\'?' };
  const answer = (item: EvaluationItem, right: number, known: string[]): Prediction => {
    const hit = known.includes(item.intent) ? random(100) < right : false;
    const elsewhere = random(2) === 0 ? outOfScope : known[random(known.length)]!;
    const intent = hit ? item.intent : known.includes(item.intent) ? elsewhere : outOfScope;
    const confidence = intent === outOfScope ? null : (hit ? 70 + random(30) : 45 + random(30)) / 100;
    return { itemId: item.id, intent, confidence, latencyMs: 20 + random(60) };
  };
  const old = intents.filter((intent) => !newIntents.includes(intent));
  return evaluate({
    subject: {
      pipeline: 'cafe',
      cycle: 3,
      evaluatedAt: '2026-11-21T12:31:07.000Z',
      champion: '4',
      challenger: '5',
    },
    items,
    champion: items.map((item) => answer(item, championRight, old)),
    challenger: items.slice(1).map((item) => answer(item, challengerRight, intents)),
    newIntents,
    unanswered: [{ itemId: items[0].id, model: 'challenger', reason: 'ThrottlingException' }],
    seed: 7,
    resamples: 300,
  });
}

const diff: ArchiveDiff = {
  localeId: 'es_ES',
  newIntents: [
    {
      name: 'PreguntarWifi',
      description: null,
      utterances: ['hay wifi', 'clave del wifi', 'tienen internet <b>'],
    },
    { name: 'PreguntarPerros', description: null, utterances: ['puedo llevar al perro', 'aceptan mascotas'] },
  ],
  removedIntents: [],
  addedUtterances: {
    ConsultarHorario: ['abrís mañana', 'cierran a mediodía'],
    PedirCafe: ['un cortado porfa'],
  },
  removedUtterances: {},
  unchangedIntents: ['ConsultarMenu', 'Saludar'],
  otherChanges: [],
  toEdit: [{ intent: 'PreguntarWifi', what: 'closing-message', message: 'Gracias.' }],
};

/** Everything that a report can show, about an evaluation. */
export function sampleReport(options: SampleOptions, language: ReportInput['language']): ReportInput {
  const evaluation = sampleEvaluation(options);
  const start = Date.parse('2026-11-21T12:00:00Z');
  const durations = [900, 6400, 14_200, 1_380_000, 700, 21_500, 38_000, 40, 5100];
  let elapsed = 0;
  return {
    language,
    evaluation,
    decision: decide(evaluation, { ...defaultGatePolicy, protectedIntents: 'all-existing' }),
    newIntents: [
      {
        name: 'PreguntarWifi',
        representatives: ['cuál es la clave del wifi', 'tenéis internet?', '<img src=x onerror=alert(1)>'],
        size: 41,
        interactions: 286,
        found: { proposal: wifiProposal, discovery: wholeDiscovery },
      },
      {
        name: 'PreguntarPerros',
        representatives: ['puedo ir con mi perro', 'dejáis entrar mascotas'],
        size: 28,
        interactions: 143,
        found: null,
      },
    ],
    diff,
    records: {
      records: 5347,
      accepted: 5320,
      quarantined: 27,
      leftOut: 1104,
      understood: 2985,
      uncertain: 312,
      missed: 919,
      redacted: 133,
      utterances: 812,
    },
    dataset: { accepted: 214, training: 150, validation: 32, goldenAdded: 18, golden: 832, leftOut: 14 },
    leftOut: { 'already-known': 9, 'near-golden': 4, 'locale-full': 1 },
    stages: pendingStages().map((stage, index) => {
      const duration = durations[index];
      if (duration === undefined) return stage;
      const startedAt = new Date(start + elapsed).toISOString();
      elapsed += duration;
      return { ...stage, state: 'done', startedAt, finishedAt: new Date(start + elapsed).toISOString() };
    }),
  };
}
