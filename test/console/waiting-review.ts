import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reviewProposals } from '../../src/domain/category-map';
import type { Discovery, Enrichment } from '../../src/domain/discovery';
import type { PipelineConfiguration } from '../../src/domain/pipeline';
import type { LabelledUtterance, Utterance } from '../../src/domain/utterance';
import { toJsonLines } from '../../src/platform/storage/json-lines';
import type { ObjectStore } from '../../src/platform/storage/object-store';
import type { ReviewInput } from '../../src/workflows/review';
import { aDiscovery, aProposal } from '../support/discovery';
import { configuration } from '../workflows/mock-activities';

/** A phrase of the invented week that tries to do harm. */
export const hostile = '<script>alert(1)</script> \u202Ewifi\u0007 =1+1';
type Said = [id: string, text: string, count: number, outcome: Utterance['outcome']];
const said: Said[] = [
  ['w1', 'tenéis wifi?', 20, 'missed'],
  ['w2', 'la clave del wifi', 10, 'missed'],
  ['w3', hostile, 1, 'uncertain'],
  ['d1', 'puedo entrar con mi perro?', 6, 'missed'],
  ['d2', 'admitís perros?', 2, 'missed'],
  ['s1', 'hola buenas', 5, 'understood'],
  ['t1', 'wifi '.repeat(210_000), 1, 'missed'],
];
const heard = ([id, text, count, outcome]: Said): Utterance => ({
  id,
  text,
  language: 'es',
  count,
  firstSeen: null,
  lastSeen: null,
  outcome,
  intent: outcome === 'understood' ? 'Saludar' : null,
  confidence: outcome === 'understood' ? 0.9 : null,
  alternative: null,
});
/** New examples for a greeting; the bot understood those that are one. */
const saidToGreet: Said[] = [
  ['g1', 'buenas noches', 3, 'understood'],
  ['g2', 'muy buenas', 4, 'understood'],
  ['g3', 'nos vemos', 2, 'missed'],
  ['g4', 'qué tal el café', 7, 'missed'],
];
const greetings: Enrichment = {
  id: 'e-Saludar',
  intent: 'Saludar',
  size: 4,
  chosenByBot: 2,
  interactions: 16,
  representatives: ['muy buenas', 'qué tal el café'],
  memberIds: ['g1', 'g2', 'g3', 'g4'],
};
const proposalOf = (id: string, name: string, memberIds: string[], interactions: number) =>
  aProposal({ id, name, memberIds, interactions, rescuedInteractions: interactions });
const discovery = aDiscovery({
  traffic: { interactions: 100, missed: 39, uncertain: 1, from: null, to: null },
  proposals: [
    proposalOf('p-1', 'PreguntarWifi', ['w1', 'w2', 'w3'], 31),
    proposalOf('p-2', 'PreguntarPerros', ['d1', 'd2'], 8),
  ],
  enrichments: [],
  tray: [
    {
      id: 't-1',
      kind: 'loose',
      language: null,
      terms: [],
      size: 1,
      interactions: 1,
      cohesion: null,
      representatives: [],
      memberIds: ['t1'],
    },
  ],
  assignments: [
    ...['w1', 'w2', 'w3'].map((id) => ({ id, proposal: 'p-1' })),
    ...['d1', 'd2'].map((id) => ({ id, proposal: 'p-2' })),
    { id: 's1', intent: 'Saludar', similarity: 1 },
    { id: 't1', noise: true as const },
  ],
});
const known = [
  { text: 'hola', intent: 'Saludar' },
  { text: 'buenos días', intent: 'Saludar' },
  { text: 'ponme un café', intent: 'PedirCafe' },
];
const golden =
  'text,intent\nhola qué tal,Saludar\nquiero un café solo,PedirCafe\nhay wifi aquí,FallbackIntent\nla capital de Francia,FallbackIntent\n';

/** What a review is about. */
export interface ReviewMaterials {
  discovery: Discovery;
  utterances: readonly Utterance[];
  /** What the bot has. */
  known: readonly LabelledUtterance[];
  /** The golden set as a CSV. */
  golden: string;
}

/** An invented week of a café. */
export const aWeek: ReviewMaterials = { discovery, utterances: said.map(heard), known, golden };

/** The same with new examples for an intent. */
export const aWeekWithExamples: ReviewMaterials = {
  ...aWeek,
  discovery: { ...discovery, enrichments: [greetings] },
  utterances: [...said, ...saidToGreet].map(heard),
};

/** A review that is laid out. */
export interface WaitingReview {
  pipeline: PipelineConfiguration;
  /** For the workflow `review`, as cycle 1. */
  input: ReviewInput;
}

/**
 * Writes the artifacts of a cycle that comes to its review.
 * @param folder where they are kept
 * @param changes what the pipeline file says otherwise about reviews
 */
export async function layOutReview(
  store: ObjectStore,
  folder: string,
  changes: Partial<ReviewInput['configuration']> = {},
  materials: ReviewMaterials = aWeek,
): Promise<WaitingReview> {
  const { utterances } = materials;
  const name = `cafe-${randomUUID().slice(0, 8)}`;
  const uri = (path: string) => pathToFileURL(join(folder, path)).href;
  const own = {
    ...configuration,
    name,
    store: { uri: `${uri(name)}/` },
    dataset: { ...configuration.dataset, goldenSetUri: uri('golden.csv') },
  } as unknown as PipelineConfiguration;
  await store.write(own.dataset.goldenSetUri, materials.golden);
  const cycleUri = `${own.store.uri}cycles/0001/`;
  const about = { rows: 1, schemaVersion: 1 };
  const [discoveryArtifact, utterancesArtifact, knownArtifact, mapArtifact] = await Promise.all([
    store.putArtifact(`${cycleUri}discover/discovery.json`, JSON.stringify(materials.discovery), about),
    store.putArtifact(`${cycleUri}prepare/utterances.jsonl`, toJsonLines(utterances), about),
    store.putArtifact(`${cycleUri}draft/known.jsonl`, toJsonLines(materials.known), about),
    store.putArtifact(
      `${cycleUri}discover/map.json`,
      JSON.stringify({
        schemaVersion: 1,
        points: utterances.map(({ id }, n) => ({ id, x: n / 10, y: 0.5 })),
      }),
      about,
    ),
  ]);
  await store.write(
    `${cycleUri}discover/manifest.json`,
    JSON.stringify({ inputs: { known: knownArtifact }, outputs: { map: mapArtifact } }),
  );
  return {
    pipeline: own,
    input: {
      pipeline: name,
      cycle: 1,
      language: 'es',
      topicArn: configuration.notify.topicArn,
      cycleUri,
      proposals: reviewProposals(materials.discovery),
      existingIntents: [...new Set(materials.known.map(({ intent }) => intent))].sort(),
      discovery: discoveryArtifact,
      utterances: utterancesArtifact,
      configuration: { ...configuration.review, ...changes },
    },
  };
}
