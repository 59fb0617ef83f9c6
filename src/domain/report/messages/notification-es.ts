import type { NotificationMessages } from './notification-messages';

export const spanishNotifications: NotificationMessages = {
  subjects: {
    promoted: (version) => `la versión ${version} está en producción`,
    kept: (version) => `sigue en producción la versión ${version}`,
    'not-enough-evidence': (version) => `sin pruebas suficientes, sigue la versión ${version}`,
    skipped: 'muy poco nuevo, ciclo omitido',
    'nothing-to-learn': 'nada que aprender esta vez',
    abandoned: 'abandonado, nadie terminó la revisión',
    'draft-edited': 'han editado el bot entretanto, el ciclo espera',
    'waiting-for-review': (proposals, reminder) =>
      `${reminder ? 'recordatorio: ' : ''}${proposals} ${proposals === '1' ? 'propuesta espera' : 'propuestas esperan'}`,
    'waiting-for-approval': (missing) =>
      missing === '1' ? 'falta 1 aprobación más' : `faltan ${missing} aprobaciones más`,
    failed: (stage) => `ha fallado en "${stage}"`,
    'rolled-back': (version) => `de vuelta a la versión ${version}`,
  },
  cycle: (cycle) => `ciclo ${cycle}`,
  newIntents: (names) => `Intenciones nuevas: ${names}`,
  skipped: (facts) =>
    facts
      ? `Solo han llegado ${facts.found} interacciones nuevas; un ciclo empieza con ${facts.needed}. Contarán de nuevo la próxima vez.`
      : 'No han llegado registros nuevos desde el último ciclo. Si debería haberlos, compruebe logs.uri en el archivo del pipeline.',
  nothingToLearn: 'Ninguna propuesta aceptada daba al bot una frase que no tuviera ya. Se queda como está.',
  abandoned:
    'Nadie terminó la revisión antes del plazo. El bot se queda como está y los registros contarán de nuevo la próxima vez.',
  waiting: ({ proposals, interactions, deadline }) =>
    `${proposals} ${proposals === '1' ? 'propuesta espera' : 'propuestas esperan'} a una persona, con frases dichas ${interactions} veces sin una respuesta segura. Plazo: ${deadline}.`,
  allDecided: (deadline) =>
    `Todas las propuestas están decididas y las decisiones esperan su aprobación. Plazo: ${deadline}.`,
  reminder: 'Esto es un recordatorio.',
  approvals: ({ given, missing, remaining }) =>
    `${given === '' ? 'Nadie ha aprobado aún las decisiones' : `Con la aprobación de ${given}`}; ${missing === '1' ? 'falta 1 aprobación' : `faltan ${missing} aprobaciones`}, de ${remaining === '' ? (given === '' ? 'personas distintas' : 'otra persona') : remaining}.`,
  draftEdited: ({ summary, diffUri }) =>
    `DRAFT ha cambiado fuera de Ciclo durante el ciclo: ${summary}. Todo el detalle: ${diffUri}.`,
  failed: (stage) =>
    `El ciclo se ha detenido en la etapa «${stage}». La versión en producción no se ha tocado, salvo que el texto de abajo diga otra cosa.`,
  failedSince: 'Qué ha pasado:',
  rolledBack: ({ from, to, author }) =>
    `${author} ha devuelto el bot de la versión ${from} a la versión ${to}, que está ahora en producción.`,
  reason: (reason) => `Motivo: ${reason}`,
  report: 'Informe:',
  review: 'Dónde mirar:',
  next: 'Y ahora:',
  steps: {
    skipped: (pipeline) => [
      { text: 'Para empezar otro ciclo cuando haya más:', command: `npx ciclo run ${pipeline}` },
    ],
    'nothing-to-learn': (pipeline) => [
      { text: 'Ver cómo está todo:', command: `npx ciclo status ${pipeline}` },
    ],
    abandoned: (pipeline) => [{ text: 'Empezar el ciclo de nuevo:', command: `npx ciclo run ${pipeline}` }],
    'waiting-for-review': (pipeline) => [
      { text: 'Mirar y decidir:', command: `npx ciclo review ${pipeline}` },
    ],
    'draft-edited': (pipeline) => [
      {
        text: 'Llevar los cambios a la versión nueva:',
        command: `npx ciclo run ${pipeline} --keep-console-edits`,
      },
      { text: 'O deshacerlos en la consola de Lex y terminar el ciclo.', command: null },
    ],
    failed: (pipeline) => [
      { text: 'Ver dónde se ha detenido:', command: `npx ciclo status ${pipeline}` },
      { text: 'Resuelta la causa, empezar de nuevo:', command: `npx ciclo run ${pipeline}` },
    ],
    'rolled-back': (pipeline) => [
      { text: 'Ver qué está en producción:', command: `npx ciclo status ${pipeline}` },
    ],
  },
};
