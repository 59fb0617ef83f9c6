import type { GateReason } from '../../gate';
import { outOfScope } from '../../utterance';
import { spanishDiscovery } from './discovery-es';
import { nameOf, numberOf } from './facts';
import type { Messages } from './messages';
import { spanishNotifications } from './notification-es';

export const spanish: Messages = {
  discovery: spanishDiscovery,
  notification: spanishNotifications,
  verdicts: {
    promote: ({ challenger }) => `La versión ${challenger} es mejor y pasa a producción`,
    keep: ({ champion }) => `La versión ${champion} sigue en producción`,
    'not-enough-evidence': ({ champion }) =>
      `No hay pruebas suficientes: la versión ${champion} sigue en producción`,
  },
  itemsNeeded: (items) => `Harían falta unas ${items} frases etiquetadas de este tipo para saberlo.`,
  outcomes: {
    passed: 'se cumple',
    failed: 'no se cumple',
    undecided: 'sin decidir',
    'not-applicable': 'no se aplica',
  },
  sets: {
    golden: 'conjunto de referencia',
    validation: 'conjunto de validación',
    together: 'ambos juntos',
  },
  groups: {
    existing: 'intenciones existentes',
    new: 'intenciones nuevas',
    'out-of-scope': 'fuera de alcance',
  },
  leftOutReasons: {
    'already-known': 'el bot ya las tenía',
    duplicate: 'la misma frase dos veces',
    'conflicting-labels': 'aceptadas para dos intenciones distintas',
    'near-golden': 'demasiado parecidas a una frase de referencia',
    placeholder: 'contenían datos personales',
    'character-not-allowed': 'caracteres que Lex rechaza',
    'too-long': 'más largas de lo que Lex permite',
    'nothing-left': 'sin palabras',
    'utterance-too-long': 'más largas de lo que Lex permite',
    'too-many-intents': 'no cabe otra intención',
    'intent-full': 'no caben más en la intención',
    'locale-full': 'no caben más en el idioma',
  },
  stages: {
    ingest: 'Buscar registros nuevos',
    prepare: 'Preparar',
    discover: 'Descubrir',
    review: 'Revisión por una persona',
    dataset: 'Construir los datos',
    train: 'Entrenar',
    evaluate: 'Evaluar',
    gate: 'Decidir',
    promote: 'Promover',
    notify: 'Avisar',
  },
  reasons: {
    'no-items': () =>
      'No hay nada que comparar: ninguna frase etiquetada fue respondida por ambas versiones.',
    'answers-complete': (r, n) =>
      r.facts['missing'] === 0
        ? `Ambas versiones respondieron a las ${n.count(numberOf(r, 'items'))} frases.`
        : `Ambas versiones respondieron al ${n.percent(r.value ?? 0)} de las frases.`,
    'answers-missing': (r, n) =>
      `${n.count(numberOf(r, 'missing'))} de ${n.count(numberOf(r, 'items'))} frases quedaron sin respuesta de alguna versión; hace falta al menos el ${n.percent(r.threshold ?? 0)}.`,
    'macro-f1-better': (r, n) =>
      `El macro-F1 sube de ${n.score(numberOf(r, 'champion'))} a ${n.score(numberOf(r, 'challenger'))}: la mejora está entre ${n.points(numberOf(r, 'lower'))} y ${n.points(numberOf(r, 'upper'))} puntos, así que no es casualidad.`,
    'macro-f1-held-with-coverage': (r, n) =>
      `El bot responde ${n.size(numberOf(r, 'coverageGain'))} puntos más de lo que debe responder, y el macro-F1 pierde como mucho ${n.size(numberOf(r, 'lower'))} puntos, lo que se tolera.`,
    'macro-f1-worse': (r, n) =>
      `El macro-F1 baja de ${n.score(numberOf(r, 'champion'))} a ${n.score(numberOf(r, 'challenger'))}: el cambio está entre ${n.points(numberOf(r, 'lower'))} y ${n.points(numberOf(r, 'upper'))} puntos.`,
    'macro-f1-no-worthwhile-gain': (r, n) =>
      `El macro-F1 gana menos de ${n.size(numberOf(r, 'worthwhileGain'))} punto incluso en el mejor caso (entre ${n.points(numberOf(r, 'lower'))} y ${n.points(numberOf(r, 'upper'))}): no justifica una versión nueva.`,
    'macro-f1-unclear': (r, n) =>
      `El macro-F1 pasa de ${n.score(numberOf(r, 'champion'))} a ${n.score(numberOf(r, 'challenger'))}, pero el cambio puede estar en cualquier punto entre ${n.points(numberOf(r, 'lower'))} y ${n.points(numberOf(r, 'upper'))}: puede ser casualidad.`,
    'macro-f1-too-few-changes': (r, n) =>
      `El macro-F1 sube ${n.size(r.value ?? 0)} puntos, pero solo cambiaron ${n.count(numberOf(r, 'changed'))} respuestas; con menos de ${n.count(numberOf(r, 'fewestChanges'))} no se puede probar nada.`,
    'mcnemar-not-worse': (r, n) =>
      `${nameOf(r, 'items') === 'all' ? 'En todas las frases' : 'Sin contar las intenciones nuevas'}, ${n.count(numberOf(r, 'fixed'))} respuestas mejoran y ${n.count(numberOf(r, 'broken'))} empeoran: nada habla en contra de la versión nueva (McNemar p ${n.pValue(r.value ?? 1)}).`,
    'mcnemar-worse': (r, n) =>
      `${nameOf(r, 'items') === 'all' ? 'En todas las frases' : 'Sin contar las intenciones nuevas'}, ${n.count(numberOf(r, 'broken'))} respuestas empeoran y solo ${n.count(numberOf(r, 'fixed'))} mejoran: no es casualidad (McNemar p ${n.pValue(r.value ?? 1)}).`,
    'existing-intents-kept': (r, n) =>
      `Las intenciones que el bot ya tenía no pierden nada importante: ${n.points(numberOf(r, 'difference'))} puntos de exactitud, en el peor caso ${n.points(r.value ?? 0)} (se toleran ${n.points(r.threshold ?? 0)}).`,
    'existing-intents-worse': (r, n) =>
      `Las intenciones que el bot ya tenía pierden ${n.size(numberOf(r, 'difference'))} puntos de exactitud; se toleran ${n.size(r.threshold ?? 0)}.`,
    'existing-intents-unclear': (r, n) =>
      `En las intenciones que el bot ya tenía la exactitud cambia ${n.points(numberOf(r, 'difference'))} puntos, pero con ${n.count(numberOf(r, 'items'))} frases no se puede descartar una pérdida de ${n.size(r.value ?? 0)} (se toleran ${n.size(r.threshold ?? 0)}).`,
    'existing-intents-none': () =>
      'Ninguna frase pertenece a una intención que el bot ya tuviera: no se vería si empeoran.',
    'protected-intent-kept': (r, n) =>
      `${nameOf(r, 'intent')} se mantiene: F1 ${n.points(numberOf(r, 'difference'))} puntos, en el peor caso ${n.points(r.value ?? 0)}.`,
    'protected-intent-worse': (r, n) =>
      `${nameOf(r, 'intent')}, que está protegida, pierde ${n.size(numberOf(r, 'difference'))} puntos de F1; se toleran ${n.size(r.threshold ?? 0)}.`,
    'protected-intent-unclear': (r, n) =>
      `${nameOf(r, 'intent')}, que está protegida, tiene pocas frases (${n.count(numberOf(r, 'items'))}): no se puede descartar una pérdida de ${n.size(r.value ?? 0)} puntos de F1 (se toleran ${n.size(r.threshold ?? 0)}).`,
    'protected-intent-without-items': (r) =>
      `${nameOf(r, 'intent')}, que está protegida, no tiene ninguna frase que comparar.`,
    'protected-intents-none': () => 'El archivo del pipeline no protege ninguna intención en particular.',
    'out-of-scope-kept': (r, n) =>
      `Lo que el bot no debe entender sigue sin entenderse: ${n.percent(numberOf(r, 'champion'))} antes, ${n.percent(numberOf(r, 'challenger'))} ahora.`,
    'out-of-scope-worse': (r, n) =>
      `El bot responde más a lo que no debe entender: antes reconocía como ajeno el ${n.percent(numberOf(r, 'champion'))}, ahora el ${n.percent(numberOf(r, 'challenger'))}; se tolera una pérdida de ${n.size(r.threshold ?? 0)} puntos.`,
    'out-of-scope-unclear': (r, n) =>
      `Parece que el bot responde más a lo que no debe entender (antes reconocía como ajeno el ${n.percent(numberOf(r, 'champion'))}, ahora el ${n.percent(numberOf(r, 'challenger'))}), pero con ${n.count(numberOf(r, 'items'))} frases puede ser casualidad.`,
    'out-of-scope-too-few': (r, n) =>
      `Solo ${n.count(numberOf(r, 'items'))} frases están fuera de alcance; hacen falta ${n.count(r.itemsNeeded ?? 0)} para ver si el bot sigue sabiendo lo que no sabe.`,
    'confusion-steady': (r, n) =>
      `Ningún error se ha vuelto frecuente: el que más crece tiene ${n.count(r.value ?? 0)} ${r.value === 1 ? 'caso' : 'casos'} más.`,
    'confusion-grew': (r, n) =>
      `${confusionName(r)} ${n.count(numberOf(r, 'challenger'))} veces de ${n.count(numberOf(r, 'support'))}, antes ${n.count(numberOf(r, 'champion'))}; se tolera que crezca en ${n.decimal(r.threshold ?? 0)}.`,
    'latency-kept': (r, n) =>
      `Las respuestas tardan lo mismo: el 95 % llega antes de ${n.count(numberOf(r, 'challenger'))} ms (antes ${n.count(numberOf(r, 'champion'))} ms).`,
    'latency-worse': (r, n) =>
      `Las respuestas tardan más: el 95 % llega antes de ${n.count(numberOf(r, 'challenger'))} ms, antes ${n.count(numberOf(r, 'champion'))} ms; se tolera ${n.decimal(r.threshold ?? 0)} veces más.`,
    'calibration-kept': (r, n) =>
      `La confianza significa lo mismo: se desvía ${n.score(numberOf(r, 'challenger'))} puntos de media (antes ${n.score(numberOf(r, 'champion'))}).`,
    'calibration-worse': (r, n) =>
      `La confianza significa menos que antes: se desvía ${n.score(numberOf(r, 'challenger'))} puntos de media, antes ${n.score(numberOf(r, 'champion'))}; se toleran ${n.size(r.threshold ?? 0)} más.`,
    'calibration-unknown': () =>
      'Las respuestas no indican confianza, así que no hay nada que comprobar en ella.',
    'accuracy-above': (r, n) =>
      `La exactitud sube del ${n.percent(r.threshold ?? 0)} al ${n.percent(r.value ?? 0)}. Esta regla no pregunta si es casualidad.`,
    'accuracy-not-above': (r, n) =>
      `La exactitud no sube: ${n.percent(r.threshold ?? 0)} antes, ${n.percent(r.value ?? 0)} ahora.`,
  },
  report: {
    languageName: 'Español',
    switchLabel: 'Idioma',
    title: (pipeline, cycle) => `${pipeline}, ciclo ${cycle}`,
    subtitle: (champion, challenger, time) =>
      `La versión ${champion} (en producción al medir) frente a la versión ${challenger} (recién entrenada) · ${time}`,
    verdictHeading: 'Veredicto',
    leadChanges: ({ items, set, fixed, broken }) =>
      `De ${items} frases del ${set}, la versión nueva acierta ${fixed} que la anterior fallaba y falla ${broken} que la anterior acertaba.`,
    leadEvidence: ({ items, difference }) =>
      `Con ${items} frases se puede probar una diferencia de unos ${difference} puntos; para menos hacen falta más frases.`,
    rulesAgainst: 'Lo que habla en contra',
    rulesUndecided: 'Lo que no se puede saber',
    rulesFor: 'Lo que se cumple',
    protectedKept: (count, weakest, bound) =>
      `Las ${count} intenciones protegidas que se pudieron juzgar se mantienen; la menos segura es ${weakest}, en el peor caso ${bound} puntos de F1.`,
    protectedUnclear: ({ count, tolerance, intents }) =>
      `En ${count} intenciones protegidas no se puede descartar una pérdida de más de ${tolerance} puntos de F1 (entre paréntesis, sus frases y la pérdida en el peor caso): ${intents}.`,
    liveNow: (version) => `En producción ahora: versión ${version}`,
    numbersHeading: 'Los números',
    numbersNote: (set) =>
      `En el ${set}. En letra pequeña: la diferencia y dónde está con un 95 % de confianza.`,
    measures: {
      accuracy: { name: 'Exactitud', explanation: 'respuestas correctas' },
      macroF1: { name: 'Macro-F1', explanation: 'todas las intenciones pesan igual' },
      weightedF1: { name: 'F1 ponderado', explanation: 'las intenciones pesan según sus frases' },
      coverage: { name: 'Cobertura', explanation: 'respondido, de lo que debe responder' },
      fallbackRate: { name: 'Tasa de fallback', explanation: 'de todas las frases' },
      outOfScopeRecall: { name: 'Fuera de alcance', explanation: 'correctamente no entendido' },
      latency: { name: 'Latencia (p95)', explanation: 'el 95 % responde antes de' },
      calibration: { name: 'Error de calibración', explanation: 'la confianza se desvía' },
    },
    before: 'antes',
    after: 'ahora',
    difference: 'diferencia',
    interval95: (lower, upper) => `${lower} a ${upper}`,
    points: (value) => `${value} puntos`,
    setsHeading: 'Por conjunto, y con las intenciones existentes y nuevas por separado',
    set: 'conjunto',
    group: 'frases',
    items: 'cuántas',
    fixed: 'mejoran',
    broken: 'empeoran',
    pValue: 'p (McNemar)',
    changesHeading: 'Qué mejora y qué empeora',
    changesNote:
      'Todas las frases que respondieron ambas versiones, del conjunto de referencia y del de validación.',
    fixedHeading: (count) => `Mejoran: ${count}`,
    brokenHeading: (count) => `Empeoran: ${count}`,
    differentlyWrongHeading: (count) => `Mal antes y ahora, de otra manera: ${count}`,
    noneFixed: 'Ninguna respuesta mejora.',
    noneBroken: 'Ninguna respuesta empeora.',
    phrase: 'frase',
    rightIntent: 'intención correcta',
    answeredBefore: 'respuesta antes',
    answeredNow: 'respuesta ahora',
    fallback: 'no entendida',
    showMore: (count) => `Mostrar ${count} más`,
    intentsHeading: 'Intención por intención',
    intentsNote:
      'F1 de cada intención en todas las frases comparadas: círculo hueco antes, lleno ahora; las líneas son intervalos del 95 %. Una nota perfecta no tiene línea; el intervalo de su exhaustividad en la tabla dice cuán segura es.',
    intent: 'intención',
    newTag: 'nueva',
    intentChartLabel: ({ intent, before, after }) => `${intent}: F1 ${before} antes, ${after} ahora`,
    intentTable: 'Precisión, exhaustividad y número de frases',
    precision: 'precisión',
    recall: 'exhaustividad',
    support: 'frases',
    confusionHeading: 'Qué se toma por qué',
    confusionNote:
      'Las filas son la intención correcta; las columnas, la respuesta de la versión nueva; cuanto más intenso el color, mayor parte de la fila. Fuera de la diagonal están los errores.',
    confusionMapLabel: (version) => `Matriz de confusión de la versión ${version}`,
    confusionCell: ({ intent, predicted, count }) => `${intent} respondida como ${predicted}: ${count}`,
    confusionTable: 'Los errores más frecuentes',
    noConfusion: 'Ninguna de las dos versiones se equivoca en estas frases.',
    taken: 'tomada por',
    newIntentsHeading: 'Intenciones nuevas',
    newIntentFacts: (phrases, interactions) =>
      `${phrases} ${phrases === '1' ? 'frase' : 'frases'}, ${interactions} ${interactions === '1' ? 'vez' : 'veces'} en total`,
    diffHeading: 'Qué cambia en el bot',
    diffNote: ({ intents, phrases, unchanged }) =>
      `${intents} ${intents === '1' ? 'intención nueva' : 'intenciones nuevas'} y ${phrases} ${phrases === '1' ? 'frase añadida' : 'frases añadidas'}; ${unchanged} ${unchanged === '1' ? 'intención queda exactamente como estaba' : 'intenciones quedan exactamente como estaban'}.`,
    diffNew: 'Intenciones nuevas',
    diffAdded: 'Frases añadidas a intenciones existentes',
    diffRemoved: 'Frases quitadas',
    diffRemovedIntents: 'Intenciones quitadas',
    diffOther: 'Otros cambios',
    diffToEdit: 'Por escribir a mano',
    diffClosingMessage: (intent, message) =>
      `${intent} solo contesta «${message}»: dele una respuesta propia.`,
    phrases: (count) => `${count} ${count === '1' ? 'frase' : 'frases'}`,
    dataHeading: 'De los registros al entrenamiento',
    funnel: {
      records: 'registros leídos',
      accepted: 'registros aceptados',
      counted: 'interacciones que abren una petición',
      utterances: 'frases distintas',
      learnable: 'ejemplos aceptados en la revisión',
      training: 'ejemplos entrenados',
    },
    countsHeading: 'Los datos',
    leftOutHeading: 'Quedan fuera',
    noneLeftOut: 'No queda nada fuera.',
    dataset: {
      accepted: 'ejemplos aceptados',
      training: 'para entrenar',
      validation: 'para validar',
      goldenAdded: 'para el conjunto de referencia',
      golden: 'conjunto de referencia desde ahora',
      leftOut: 'quedan fuera',
    },
    redacted: (count) => `${count} datos personales se han sustituido por marcadores.`,
    quarantined: (count) => `${count} registros no se pudieron leer; quarantine.jsonl dice por qué.`,
    timingHeading: 'Cuánto ha tardado',
    stage: 'etapa',
    took: 'tiempo',
    waitingForPerson: 'esperó a una persona',
    unansweredHeading: (count) => `Sin respuesta: ${count}`,
    unanswered: ({ count, reason, model }) => `${count} de la ${model}: ${reason}`,
    champion: 'versión anterior',
    challenger: 'versión nueva',
    nextHeading: 'Y ahora',
    next: {
      promote: (pipeline) => [
        { text: 'Ver qué está en producción.', command: `npx ciclo status ${pipeline}` },
        { text: 'Volver atrás en cualquier momento.', command: `npx ciclo rollback ${pipeline}` },
      ],
      keep: (pipeline) => [
        {
          text: 'Mire las frases que empeoran: a menudo dos intenciones se parecen demasiado.',
          command: null,
        },
        { text: 'Empiece otro ciclo cuando los datos sean mejores.', command: `npx ciclo run ${pipeline}` },
      ],
      'not-enough-evidence': (pipeline) => [
        {
          text: 'Añada frases etiquetadas al conjunto de referencia, sobre todo donde hay pocas.',
          command: null,
        },
        { text: 'Después, compare otra vez.', command: `npx ciclo run ${pipeline}` },
        { text: 'O asuma el riesgo a sabiendas.', command: `npx ciclo promote ${pipeline}` },
      ],
    },
    methodHeading: 'Cómo se ha medido',
    method: ({ resamples, seed }) =>
      `Ambas versiones respondieron a las mismas frases en la misma ejecución; con el conjunto de referencia no se entrena nunca. Las proporciones llevan intervalos de Wilson; F1 y diferencias, intervalos de bootstrap pareado (${resamples} remuestras, estratificadas por intención, semilla ${seed}); lo que mejora frente a lo que empeora se juzga con la prueba exacta de McNemar; las pérdidas se acotan con el intervalo de puntuación de Tango. Los mismos números están en evaluation.json.`,
  },
};

function confusionName(reason: GateReason): string {
  const [intent, predicted] = [nameOf(reason, 'intent'), nameOf(reason, 'predicted')];
  if (intent === outOfScope) return `Lo que está fuera de alcance se toma por ${predicted}`;
  return predicted === outOfScope ? `${intent} no se entiende` : `${intent} se toma por ${predicted}`;
}
