import type { DiscoveryMessages } from './discovery-messages';

const phrases = (count: string) => `${count} ${count === '1' ? 'phrase' : 'phrases'}`;
const interactions = (count: string) => `${count} ${count === '1' ? 'interaction' : 'interactions'}`;

export const englishDiscovery: DiscoveryMessages = {
  title: 'What the bot does not know yet',
  subtitle: ({ embedder, utterances, interactions: said }) =>
    `${phrases(utterances)}, ${interactions(said)}; embedder ${embedder}`,
  period: (from, to) => `From ${from} to ${to}.`,
  missed: (missed, uncertain) => `The bot missed ${missed} of them and was uncertain about ${uncertain}.`,
  sample: (phrases, of) =>
    `Topics were looked for among a random sample of ${phrases} of ${of} phrases; the others joined what was found there.`,
  places: {
    assignedToIntents: 'belong to intents that the bot has',
    inProposals: 'in proposals for new intents',
    noise: 'set aside in the tray',
  },
  proposalsHeading: (count) => `Proposals: ${count}`,
  noProposals: 'Nothing new was found.',
  proposalsNote:
    'By the interactions that they would rescue. Estimates come from a simple classifier on the same embeddings, cross-validated; they order and warn, they promise nothing.',
  returning: 'known from the cycle before',
  size: (facts) =>
    `${phrases(facts.phrases)}, ${interactions(facts.interactions)}; would rescue ${facts.rescued}`,
  fallback: ({ share, likelyShare }) => `at most ${share} of all fallbacks, likely ${likelyShare}`,
  byModel: ({ name, description }) => `a language model would call it ${name}: ${description}`,
  cohesion: (cohesion, stability) =>
    stability === null ? `cohesion ${cohesion}` : `cohesion ${cohesion}, stability ${stability}`,
  trend: {
    new: ({ later }) => `new: not said in the first half of the time, ${later} times in the second`,
    growing: ({ earlier, later, usualLaterShare }) =>
      `growing: ${earlier} in the first half of the time, ${later} in the second (of all traffic ${usualLaterShare} is in the second)`,
    falling: ({ earlier, later, usualLaterShare }) =>
      `falling: ${earlier} in the first half of the time, ${later} in the second (of all traffic ${usualLaterShare} is in the second)`,
    steady: ({ earlier, later }) =>
      `steady: ${earlier} in the first half of the time, ${later} in the second`,
  },
  trendChart: ({ buckets, days }) =>
    days === '1' ? `interactions a day: ${buckets}` : `interactions in ${days} days each: ${buckets}`,
  nearest: ({ intent, similarity }) => `nearest intent: ${intent}, similarity ${similarity}`,
  clash: ({ intent, similarity, limit }) =>
    `would clash with ${intent}: similarity ${similarity}, and nine in ten of the bot’s own intents stay below ${limit}. Perhaps its phrases belong there`,
  own: ({ recognised, phrases: total, lower, upper }) =>
    `${recognised} of ${phrases(total)} recognised when held out (95 %: ${lower} to ${upper})`,
  neighboursKept: (intents) => `no loss of F1 seen at ${intents}`,
  neighbourLoses: ({ intent, before, after, examples, worst }) =>
    `${intent} would go from F1 ${before} to ${after} (${examples} examples; recall at worst ${worst} points)`,
  merge: ({ name, similarity }) =>
    `perhaps the same as ${name} (similarity ${similarity}): they could be merged`,
  nearProposals: (near) =>
    `closest other proposals: ${near.map(({ name, similarity }) => `${name} (${similarity})`).join(', ')}`,
  whyFound: 'Why it was proposed',
  terms: 'terms',
  representatives: 'typical phrases',
  borderline: 'borderline: look before you accept',
  near: (name) => `near ${name}`,
  enrichmentsHeading: (count) => `New examples for intents that the bot has: ${count}`,
  enrichmentsByNeighbours: (count) => `${count} by likeness alone: look at each`,
  newExamples: ({ chosenByBot, byLikenessAlone }) =>
    byLikenessAlone === null
      ? `chosen by the bot itself: ${chosenByBot}; by likeness alone: none`
      : `chosen by the bot itself: ${chosenByBot}; by likeness alone: ${byLikenessAlone}, look at each. In the example’s logs 97 in 100 of the former are right, and half of the latter`,
  trayHeading: (count) => `The tray: ${phrases(count)} set aside`,
  trayNote:
    'Nothing is deleted. Groups are ranked by size and cohesion: one that deserves an intent may be among the first.',
  trayKinds: {
    group: 'group',
    loose: 'phrases that stand alone',
    language: 'in another language',
    rejected: 'close to what was rejected before',
    wordless: 'without a word',
  },
  language: (name) => `in ${name}`,
  languages: {
    ca: 'Catalan',
    de: 'German',
    en: 'English',
    es: 'Spanish',
    eu: 'Basque',
    fr: 'French',
    gl: 'Galician',
    it: 'Italian',
    pt: 'Portuguese',
  },
  trayFacts: ({ phrases: size, interactions: said, cohesion }) =>
    `${phrases(size)}, ${interactions(said)}${cohesion === null ? '' : `, cohesion ${cohesion}`}`,
  moreGroups: (count) => `Show ${count} more groups`,
  mapHeading: 'Map',
  mapNote: 'Each point is a phrase; what lies close says alike things. Axes have no meaning of their own.',
  mapLabel: (points) => `Map of ${points} phrases`,
  mapOthers: { intent: 'known intents', noise: 'tray' },
  methodHeading: 'How to read this',
  method:
    'Cohesion: mean cosine of the phrases to their centre. Stability: how often phrases stay together when the data is resampled. Trend: halves of the time covered, compared with all traffic by a 95 % Wilson interval; only the first and last time of each phrase are known, what was said in between is taken to be spread evenly. Clash: measured on how close the bot’s own intents come to each other. F1 of neighbours and recognised phrases: nearest centre, five-fold cross-validation; recall at worst is a one-sided 95 % bound (Tango).',
};
