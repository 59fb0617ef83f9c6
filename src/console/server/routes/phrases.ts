import type { Utterance } from '../../../domain/utterance';
import { NotFoundError } from '../../../domain/errors';
import { newExamplesOf } from '../../../domain/new-examples';
import { asideGroup } from '../../../domain/phrase-groups';
import {
  cycleParameters,
  intentSchema,
  longestPhrase,
  mapSchema,
  mostPhrases,
  phrasesByIdSchema,
  phrasesQuery,
  phrasesSchema,
  searchQuery,
  searchSchema,
  type MapPoints,
  type Phrase,
} from '../../api';
import { z } from 'zod';
import type { ConsoleServer, RouteContext } from '../context';
import type { OpenReview } from '../desk';
import { readKnownPipeline } from '../pipelines';
import { findLike, findWords } from '../search';

const review = '/api/pipelines/:pipeline/cycles/:cycle/review';

export function addPhraseRoutes(server: ConsoleServer, { analyst, desk, pipelines }: RouteContext): void {
  const open = async ({ pipeline, cycle }: { pipeline: string; cycle: number }) =>
    desk.open(await readKnownPipeline(pipelines, pipeline), cycle);

  server.get(
    `${review}/utterances`,
    { schema: { params: cycleParameters, querystring: phrasesQuery, response: { 200: phrasesSchema } } },
    async ({ params, query: { group, after, limit } }) => {
      const opened = await open(params);
      const { members } = opened.groups;
      const ids = members.get(group);
      if (!ids) {
        throw new NotFoundError(
          {
            en: `There is no group "${group}" in this review.`,
            es: `El grupo «${group}» no está en esta revisión: quizá alguien deshizo lo que lo creó.`,
          },
          { group },
        );
      }
      const { utterances, discovery } = opened.materials;
      const doubtful = new Set(newExamplesOf({ id: group, memberIds: ids }, discovery).byLikenessAlone);
      const sorted = ids
        .flatMap((id) => utterances.get(id) ?? [])
        .sort(
          // What has to be looked at comes first.
          (one, other) =>
            Number(doubtful.has(other.id)) - Number(doubtful.has(one.id)) || other.count - one.count,
        );
      const page = sorted.slice(after, after + limit);
      const next = after + page.length;
      return {
        phrases: page.map((utterance) => describePhrase(utterance, group)),
        total: sorted.length,
        next: next < sorted.length ? next : null,
      };
    },
  );

  server.post(
    `${review}/utterances`,
    { schema: { params: cycleParameters, body: phrasesByIdSchema, response: { 200: phrasesSchema } } },
    async ({ params, body }) => {
      const opened = await open(params);
      const { groupOf } = opened.groups;
      const phrases = body.ids.slice(0, mostPhrases).flatMap((id) => {
        const utterance = opened.materials.utterances.get(id);
        return utterance ? [describePhrase(utterance, groupOf.get(id) ?? '')] : [];
      });
      return { phrases, total: phrases.length, next: null };
    },
  );

  server.get(
    `${review}/intents/:intent`,
    {
      schema: {
        params: cycleParameters.extend({ intent: z.string().min(1).max(200) }),
        response: { 200: intentSchema },
      },
    },
    async ({ params }) => {
      const { materials } = await open(params);
      if (!materials.existingIntents.includes(params.intent)) {
        throw new NotFoundError(
          {
            en: `The bot has no intent "${params.intent}".`,
            es: `El bot no tiene la intención «${params.intent}».`,
          },
          { intent: params.intent },
        );
      }
      const examples = materials.known.filter(({ intent }) => intent === params.intent);
      return {
        name: params.intent,
        examples: examples.slice(0, mostPhrases).map(({ text }) => text.slice(0, longestPhrase)),
      };
    },
  );

  server.get(
    `${review}/map`,
    { schema: { params: cycleParameters, response: { 200: mapSchema } } },
    async ({ params }) => mapOf(await open(params)),
  );

  server.get(
    `${review}/search`,
    { schema: { params: cycleParameters, querystring: searchQuery, response: { 200: searchSchema } } },
    async ({ params, query: { text, like, limit } }) => {
      const { materials } = await open(params);
      const matches =
        text !== undefined ? findWords(materials, text) : await findLike(analyst, materials, like ?? '');
      return {
        matches: matches.slice(0, limit),
        total: matches.length,
        method: text !== undefined ? ('words' as const) : ('similarity' as const),
      };
    },
  );
}

function describePhrase(utterance: Utterance, group: string): Phrase {
  const { id, text, language, count, firstSeen, lastSeen, outcome, intent, confidence } = utterance;
  return {
    id,
    text: text.slice(0, longestPhrase),
    cut: text.length > longestPhrase,
    language,
    count,
    firstSeen,
    lastSeen,
    outcome,
    intent,
    confidence,
    group,
  };
}

function mapOf(review: OpenReview): MapPoints {
  const { materials, state, view } = review;
  const { map, utterances, discovery } = materials;
  const { groupOf, members } = review.groups;
  const proposals = new Map(state.proposals.map((proposal) => [proposal.id, proposal]));
  const trayIds = new Set([asideGroup, ...discovery.tray.map(({ id }) => id)]);
  const ids = [...members.keys()];
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const points = (map?.points ?? []).filter(({ id }) => groupOf.has(id));
  return {
    decisions: view.decisions,
    available: map !== null,
    groups: ids.map((id) => {
      const proposal = proposals.get(id);
      if (proposal)
        return { id, kind: proposal.kind === 'new-intent' ? 'proposal' : 'enrichment', name: proposal.name };
      return trayIds.has(id)
        ? { id, kind: 'tray', name: id }
        : { id, kind: 'intent', name: id.replace(/^i-/, '') };
    }),
    ids: points.map(({ id }) => id),
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    group: points.map(({ id }) => indexOf.get(groupOf.get(id) ?? '') ?? 0),
    count: points.map(({ id }) => utterances.get(id)?.count ?? 0),
    confidence: points.map(({ id }) => utterances.get(id)?.confidence ?? -1),
  };
}
