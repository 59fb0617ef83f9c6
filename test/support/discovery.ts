import type { Discovery, Proposal, TrayGroup } from '../../src/domain/discovery';

/** A proposal of which only some things matter. */
export function aProposal(known: Partial<Proposal> & Pick<Proposal, 'id' | 'name'>): Proposal {
  const memberIds = known.memberIds ?? [];
  return {
    isReturning: false,
    terms: [],
    size: memberIds.length,
    interactions: memberIds.length,
    rescuedInteractions: memberIds.length,
    cohesion: 1,
    stability: null,
    trend: null,
    nearestIntent: null,
    representatives: [],
    borderline: [],
    effect: null,
    memberIds,
    ...known,
  };
}

/** A discovery of which only some things matter. */
export function aDiscovery(known: Partial<Discovery>): Discovery {
  return {
    schemaVersion: 2,
    embedder: 'lexical',
    traffic: { interactions: 0, missed: 0, uncertain: 0, from: null, to: null },
    clashSimilarity: null,
    assignments: [],
    proposals: [],
    enrichments: [],
    tray: [],
    suggestedMerges: [],
    counts: { utterances: 0, assignedToIntents: 0, inProposals: 0, noise: 0, previouslyRejected: 0 },
    ...known,
  };
}

/** A proposal that has everything to say, and a discovery around it. */
export const wifiProposal = aProposal({
  id: 'p-0000000a',
  name: 'PreguntarWifi',
  isReturning: true,
  terms: ['wifi', 'clave', 'contraseña'],
  size: 41,
  interactions: 286,
  rescuedInteractions: 280,
  cohesion: 0.742,
  stability: 0.91,
  trend: {
    direction: 'growing',
    earlier: 80.4,
    later: 205.6,
    usualLaterShare: 0.4667,
    bucketDays: 7,
    perBucket: [20, 60.4, 90, 115.6],
  },
  nearestIntent: { name: 'ConsultarUbicacion', similarity: 0.6, clashes: true },
  representatives: ['cuál es la clave del wifi', 'tenéis internet?', '<img src=x onerror=alert(1)>'],
  borderline: [
    { text: 'dónde hay wifi?', near: 'ConsultarUbicacion' },
    { text: 'internet para <b>perros</b>', near: 'p-0000000b' },
  ],
  effect: {
    fallback: { interactions: 250, share: 0.1052, likelyShare: 0.1021 },
    own: { phrases: 34, recognised: 33, lower: 0.8512, upper: 0.9948 },
    neighbours: [
      {
        intent: 'ConsultarUbicacion',
        examples: 19,
        f1Before: 0.8718,
        f1After: 0.8421,
        examplesLost: 1,
        worstRecallChange: -0.205,
      },
      {
        intent: 'ConsultarMenu',
        examples: 14,
        f1Before: 0.7273,
        f1After: 0.7273,
        examplesLost: 0,
        worstRecallChange: -0.162,
      },
    ],
  },
  memberIds: ['w1', 'w2', 'w3'],
});

const dogsProposal = aProposal({
  id: 'p-0000000b',
  name: 'PreguntarPerros',
  representatives: ['puedo ir con mi perro'],
  memberIds: ['d1', 'd2'],
});

/** One of everything that a discovery can hold. */
export const wholeDiscovery = aDiscovery({
  traffic: {
    interactions: 6007,
    missed: 2076,
    uncertain: 706,
    from: '2026-08-20T11:06:04.000Z',
    to: '2026-11-05T21:36:44.285Z',
  },
  clashSimilarity: 0.5919,
  assignments: [
    ...['w1', 'w2', 'w3'].map((id) => ({ id, proposal: 'p-0000000a' })),
    ...['d1', 'd2'].map((id) => ({ id, proposal: 'p-0000000b' })),
    { id: 'm1', intent: 'ConsultarMenu', similarity: 0.8 },
    ...['n1', 'n2', 'n3', 'c1', 'r1', 'x1'].map((id) => ({ id, noise: true as const })),
  ],
  proposals: [wifiProposal, dogsProposal],
  enrichments: [
    {
      id: 'e-ConsultarMenu',
      intent: 'ConsultarMenu',
      size: 1,
      interactions: 4,
      representatives: ['qué hay de comer'],
      memberIds: ['m1'],
    },
  ],
  tray: [
    trayGroup('t-0000000c', 'group', ['n1', 'n2'], { terms: ['evento', 'empresa'], cohesion: 0.81 }),
    trayGroup('t-loose', 'loose', ['n3']),
    trayGroup('t-rejected', 'rejected', ['r1']),
    trayGroup('t-language-ca', 'language', ['c1'], { language: 'ca', representatives: ['bon dia'] }),
    trayGroup('t-wordless', 'wordless', ['x1']),
  ],
  suggestedMerges: [{ proposals: ['p-0000000a', 'p-0000000b'], similarity: 0.6312 }],
  counts: { utterances: 12, assignedToIntents: 1, inProposals: 5, noise: 6, previouslyRejected: 1 },
});

function trayGroup(
  id: string,
  kind: TrayGroup['kind'],
  memberIds: string[],
  known: Partial<TrayGroup> = {},
): TrayGroup {
  return {
    id,
    kind,
    language: null,
    terms: [],
    size: memberIds.length,
    interactions: 2 * memberIds.length,
    cohesion: null,
    representatives: memberIds.map((member) => `frase ${member}`),
    memberIds,
    ...known,
  };
}
