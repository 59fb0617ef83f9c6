import type { WatchedMeasure, WatchVerdict } from '../../watch';
import type { Language } from '../../language';

/** The endings that have a message of their own: a rollback tells of itself, and whoever superseded or stopped it knows. */
export type ToldVerdict = Exclude<WatchVerdict, 'rolled-back' | 'superseded' | 'stopped'>;

/** What notifications say of the watch over a switched alias, in one language. */
export interface WatchMessages {
  subjects: Record<ToldVerdict, (version: string) => string>;
  verdicts: Record<ToldVerdict, (facts: { version: string; time: string }) => string>;
  /** What took the bot back, in place of a person's reason. */
  because: string;
  finding: (facts: {
    measure: WatchedMeasure;
    after: string | null;
    requests: string;
    before: string | null;
    requestsBefore: string;
    /** The share above which it is worse, and how sure that is; null where it is not. */
    worse: { bound: string; pValue: string } | null;
  }) => string;
  steps: Record<ToldVerdict, (pipeline: string) => { text: string; command: string | null }>;
}

const english: WatchMessages = {
  subjects: {
    held: (version) => `version ${version} holds in real traffic`,
    'rollback-failed': (version) => `version ${version} is worse, and the rollback failed`,
    'not-enough-requests': (version) => `too few requests to judge version ${version}`,
    'not-watched': (version) => `version ${version} is not watched`,
  },
  verdicts: {
    held: ({ version, time }) =>
      `Version ${version} was watched for ${time}; nothing got worse that the traffic could show.`,
    'rollback-failed': ({ version }) =>
      `Version ${version} is worse than the one before, and it is still live: the rollback failed.`,
    'not-enough-requests': ({ version, time }) =>
      `Version ${version} was watched for ${time}. There were too few requests, before or after the switch, to tell whether anything got worse.`,
    'not-watched': ({ version }) =>
      `The traffic of version ${version} could not be read, so nobody watches whether it is worse. It stays live.`,
  },
  because:
    'Real traffic went worse than with the version before, beyond chance and beyond what is tolerated:',
  finding: ({ measure, after, requests, before, requestsBefore, worse }) =>
    `${measure === 'missed' ? 'Fallback' : 'Errors'}: ${after ?? 'none'} of ${requests} requests, before ${before ?? 'none'} of ${requestsBefore}` +
    (worse ? ` — above ${worse.bound} (p ${worse.pValue})` : ''),
  steps: {
    held: (pipeline) => ({ text: 'See how things stand:', command: `npx ciclo status ${pipeline}` }),
    'rollback-failed': (pipeline) => ({
      text: 'Take it back by hand:',
      command: `npx ciclo rollback ${pipeline}`,
    }),
    'not-enough-requests': (pipeline) => ({
      text: 'Should people complain, take it back:',
      command: `npx ciclo rollback ${pipeline}`,
    }),
    'not-watched': (pipeline) => ({
      text: 'Look at the alias’s metrics yourself; should it be worse, take it back:',
      command: `npx ciclo rollback ${pipeline}`,
    }),
  },
};

const spanish: WatchMessages = {
  subjects: {
    held: (version) => `la versión ${version} aguanta con tráfico real`,
    'rollback-failed': (version) => `la versión ${version} es peor y no se ha podido retirar`,
    'not-enough-requests': (version) => `muy pocas peticiones para juzgar la versión ${version}`,
    'not-watched': (version) => `nadie vigila la versión ${version}`,
  },
  verdicts: {
    held: ({ version, time }) =>
      `La versión ${version} ha estado vigilada ${time}; nada ha empeorado que el tráfico pudiera mostrar.`,
    'rollback-failed': ({ version }) =>
      `La versión ${version} es peor que la anterior y sigue en producción: no se ha podido retirar.`,
    'not-enough-requests': ({ version, time }) =>
      `La versión ${version} ha estado vigilada ${time}. Ha habido muy pocas peticiones, antes o después del cambio, para saber si algo ha empeorado.`,
    'not-watched': ({ version }) =>
      `No se ha podido leer el tráfico de la versión ${version}, así que nadie vigila si es peor. Sigue en producción.`,
  },
  because:
    'Con tráfico real ha ido peor que la versión anterior, más de lo que explica el azar y de lo que se tolera:',
  finding: ({ measure, after, requests, before, requestsBefore, worse }) =>
    `${measure === 'missed' ? 'Sin entender' : 'Errores'}: ${after ?? 'nada'} de ${requests} peticiones, antes ${before ?? 'nada'} de ${requestsBefore}` +
    (worse ? ` — por encima del ${worse.bound} (p ${worse.pValue})` : ''),
  steps: {
    held: (pipeline) => ({ text: 'Ver cómo está todo:', command: `npx ciclo status ${pipeline}` }),
    'rollback-failed': (pipeline) => ({
      text: 'Retirarla a mano:',
      command: `npx ciclo rollback ${pipeline}`,
    }),
    'not-enough-requests': (pipeline) => ({
      text: 'Si hay quejas, volver atrás:',
      command: `npx ciclo rollback ${pipeline}`,
    }),
    'not-watched': (pipeline) => ({
      text: 'Mirar las métricas del alias; si es peor, volver atrás:',
      command: `npx ciclo rollback ${pipeline}`,
    }),
  },
};

export function watchMessagesIn(language: Language): WatchMessages {
  return language === 'es' ? spanish : english;
}
