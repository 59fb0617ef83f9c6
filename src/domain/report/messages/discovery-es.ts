import type { DiscoveryMessages } from './discovery-messages';

const phrases = (count: string) => `${count} ${count === '1' ? 'frase' : 'frases'}`;
const interactions = (count: string) => `${count} ${count === '1' ? 'interacción' : 'interacciones'}`;

export const spanishDiscovery: DiscoveryMessages = {
  title: 'Lo que el bot aún no sabe',
  subtitle: ({ embedder, utterances, interactions: said }) =>
    `${phrases(utterances)}, ${interactions(said)}; embedder ${embedder}`,
  period: (from, to) => `Del ${from} al ${to}.`,
  missed: (missed, uncertain) => `El bot no entendió ${missed} y dudó en ${uncertain}.`,
  sample: (phrases, of) =>
    `Los temas se buscaron en una muestra al azar de ${phrases} de ${of} frases; las demás se unieron a lo encontrado.`,
  places: {
    assignedToIntents: 'son de intenciones que el bot ya tiene',
    inProposals: 'en propuestas de intenciones nuevas',
    noise: 'apartadas en la bandeja',
  },
  proposalsHeading: (count) => `Propuestas: ${count}`,
  noProposals: 'No se encontró nada nuevo.',
  proposalsNote:
    'Por las interacciones que rescatarían. Las estimaciones salen de un clasificador sencillo sobre los mismos embeddings, con validación cruzada; sirven para ordenar y avisar, no prometen nada.',
  returning: 'ya estaba en el ciclo anterior',
  size: (facts) =>
    `${phrases(facts.phrases)}, ${interactions(facts.interactions)}; rescataría ${facts.rescued}`,
  fallback: ({ share, likelyShare }) =>
    `rescataría como mucho el ${share} de lo no entendido, probablemente el ${likelyShare}`,
  byModel: ({ name, description }) => `un modelo de lenguaje la llamaría ${name}: ${description}`,
  cohesion: (cohesion, stability) =>
    stability === null ? `cohesión ${cohesion}` : `cohesión ${cohesion}, estabilidad ${stability}`,
  trend: {
    new: ({ later }) => `nueva: no se dijo en la primera mitad del periodo; en la segunda, ${later} veces`,
    growing: ({ earlier, later, usualLaterShare }) =>
      `crece: ${earlier} en la primera mitad del periodo, ${later} en la segunda (de todo el tráfico, el ${usualLaterShare} cae en la segunda)`,
    falling: ({ earlier, later, usualLaterShare }) =>
      `baja: ${earlier} en la primera mitad del periodo, ${later} en la segunda (de todo el tráfico, el ${usualLaterShare} cae en la segunda)`,
    steady: ({ earlier, later }) =>
      `estable: ${earlier} en la primera mitad del periodo, ${later} en la segunda`,
  },
  trendChart: ({ buckets, days }) =>
    days === '1' ? `interacciones por día: ${buckets}` : `interacciones cada ${days} días: ${buckets}`,
  nearest: ({ intent, similarity }) => `intención más cercana: ${intent}, similitud ${similarity}`,
  clash: ({ intent, similarity, limit }) =>
    `chocaría con ${intent}: similitud ${similarity}, y nueve de cada diez intenciones del bot no llegan a ${limit}. Quizá sus frases sean de ahí`,
  own: ({ recognised, phrases: total, lower, upper }) =>
    `${recognised} de ${phrases(total)} se reconocerían sin haberlas visto (95 %: ${lower} a ${upper})`,
  neighboursKept: (intents) => `no se ve pérdida de F1 en ${intents}`,
  neighbourLoses: ({ intent, before, after, examples, worst }) =>
    `${intent} pasaría de F1 ${before} a ${after} (${examples} ejemplos; cobertura, en el peor caso, ${worst} puntos)`,
  merge: ({ name, similarity }) => `quizá lo mismo que ${name} (similitud ${similarity}): se podrían unir`,
  nearProposals: (near) =>
    `propuestas más parecidas: ${near.map(({ name, similarity }) => `${name} (${similarity})`).join(', ')}`,
  whyFound: 'Por qué se propuso',
  terms: 'términos',
  representatives: 'frases típicas',
  borderline: 'en el límite: mírelas antes de aceptar',
  near: (name) => `cerca de ${name}`,
  enrichmentsHeading: (count) => `Ejemplos nuevos para intenciones que el bot ya tiene: ${count}`,
  enrichmentsByNeighbours: (count) => `${count} solo por parecido: revíselos uno a uno`,
  newExamples: ({ chosenByBot, byLikenessAlone }) =>
    byLikenessAlone === null
      ? `elegidos por el propio bot: ${chosenByBot}; solo por parecido: ninguno`
      : `elegidos por el propio bot: ${chosenByBot}; solo por parecido: ${byLikenessAlone}, revíselos uno a uno. En los registros del ejemplo son correctos 97 de cada 100 de los primeros y la mitad de los segundos`,
  trayHeading: (count) => `La bandeja: ${phrases(count)} apartadas`,
  trayNote:
    'No se borra nada. Los grupos van por tamaño y cohesión: entre los primeros puede haber alguno que merezca una intención.',
  trayKinds: {
    group: 'grupo',
    loose: 'frases sueltas',
    language: 'en otro idioma',
    rejected: 'cerca de lo que ya se rechazó',
    wordless: 'sin palabras',
  },
  language: (name) => `en ${name}`,
  languages: {
    ca: 'catalán',
    de: 'alemán',
    en: 'inglés',
    es: 'español',
    eu: 'euskera',
    fr: 'francés',
    gl: 'gallego',
    it: 'italiano',
    pt: 'portugués',
  },
  trayFacts: ({ phrases: size, interactions: said, cohesion }) =>
    `${phrases(size)}, ${interactions(said)}${cohesion === null ? '' : `, cohesión ${cohesion}`}`,
  moreGroups: (count) => `Ver ${count} grupos más`,
  mapHeading: 'Mapa',
  mapNote: 'Cada punto es una frase; lo que está cerca dice cosas parecidas. Los ejes no significan nada.',
  mapLabel: (points) => `Mapa de ${points} frases`,
  mapOthers: { intent: 'intenciones conocidas', noise: 'bandeja' },
  methodHeading: 'Cómo leerlo',
  method:
    'Cohesión: coseno medio de las frases a su centro. Estabilidad: cuántas veces siguen juntas al remuestrear los datos. Tendencia: las dos mitades del periodo, frente a todo el tráfico con un intervalo de Wilson del 95 %; de cada frase solo se conocen la primera y la última vez, lo dicho entre medias se reparte por igual. Choque: se mide en lo que se acercan entre sí las intenciones del propio bot. F1 de los vecinos y frases reconocidas: centro más cercano, validación cruzada de cinco partes; la cobertura en el peor caso es una cota unilateral del 95 % (Tango).',
};
