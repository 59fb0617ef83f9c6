import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discover } from '../../src/jobs/discover/discover';
import { createEmbedder } from '../../src/jobs/discover/embedders';
import type { Scenario } from './scenario';
import type { Answer } from './score';

/** What a method made of a scenario, and how long after embedding. */
export interface Run {
  answers: Answer[];
  seconds: number;
}

const seed = 1;

/** The product's own discovery with its default parameters. */
export async function runOurs(scenario: Scenario, embedder: string): Promise<Run> {
  const { utterances, known, language } = scenario;
  let embeddedMs: number | undefined;
  const discovery = await discover(
    { utterances, known, rejected: [], parameters: { embedder, language, minimumSize: 5, seed } },
    ({ unit }) => {
      if (unit.includes('embedded')) embeddedMs = performance.now();
    },
  );
  if (embeddedMs === undefined) throw new Error('The discovery does not say when everything is embedded.');
  const seconds = (performance.now() - embeddedMs) / 1000;
  const answers = discovery.assignments.map((one): Answer => {
    if ('proposal' in one) return { group: one.proposal };
    return 'intent' in one ? { intent: one.intent } : 'noise';
  });
  return { answers, seconds };
}

export const peers = {
  kmeans: 'KMeans, true number',
  'umap-hdbscan': 'UMAP + HDBSCAN',
  'knn-leiden': 'kNN + Leiden, resolution 8',
} as const;

export type Peer = keyof typeof peers;

/** The points of a scenario as files that the peers read. */
export interface PeerInput {
  scenarioPath: string;
  pointsPath: string;
}

/** Embeds a scenario with the product's own embedder, so that all methods see the same points. */
export async function writePeerInput(
  scenario: Scenario,
  embedder: string,
  folder: string,
): Promise<PeerInput> {
  const { utterances, known, truth } = scenario;
  const hidden = new Set([...truth.values()].flatMap((one) => (one.isHidden ? [one.topic] : [])));
  const texts = [...utterances, ...known].map(({ text }) => text);
  const { values } = await createEmbedder(embedder, seed).embed(texts);
  const paths = { scenarioPath: join(folder, 'scenario.json'), pointsPath: join(folder, 'points.f32') };
  const described = {
    stream: utterances.length,
    known: known.map(({ intent }) => intent),
    hidden: hidden.size,
  };
  await writeFile(paths.scenarioPath, JSON.stringify(described));
  await writeFile(paths.pointsPath, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return paths;
}

export function runPeer(python: string, peer: Peer, { scenarioPath, pointsPath }: PeerInput): Run {
  const script = join(__dirname, 'peers', 'cluster.py');
  const printed = execFileSync(python, ['-W', 'ignore', script, peer, scenarioPath, pointsPath], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return JSON.parse(printed) as Run;
}
