import type { Language } from './language';
import { subjectsOf, type Approval, type DecisionEvent } from './review';

/** A promotion is noted before the alias is touched, and after it is live or put back. */
export type PromotionAuditKind = 'promotion-started' | 'promoted' | 'promotion-withdrawn';
/** A rollback is noted before the alias is touched, and after it is back. */
export type RollbackAuditKind = 'rollback-started' | 'rolled-back';

/**
 * What the audit trail tells: who decided, approved and switched what, and when. Names of people and intents and ids
 * only; never an utterance, and no free text such as a decision's reason.
 */
export type AuditEvent =
  | {
      kind: 'decision';
      cycle: number;
      author: string;
      /** Within the review: 1, 2, 3 … */
      number: number;
      action: DecisionEvent['action'];
      proposals: string[];
      /** The name or the intent that was given. */
      name: string | null;
    }
  | { kind: 'approval'; cycle: number; author: string; decisions: number }
  | {
      kind: 'review-finished';
      cycle: number;
      outcome: 'finished' | 'deadline-proceed' | 'deadline-abandon';
      /** How many decisions are used. */
      decisions: number;
      approvers: string[];
    }
  | {
      kind: PromotionAuditKind;
      modelVersion: number;
      botVersion: string;
      alias: string;
      /** Null where the cycle itself promoted. */
      author: string | null;
    }
  | {
      kind: RollbackAuditKind;
      fromModelVersion: number;
      toModelVersion: number;
      botVersion: string;
      alias: string;
      author: string;
    };

/** An event that is to be noted once, however often it is told. */
export interface AuditRecord {
  /** The same for every telling of the same event, and for no other. */
  id: string;
  /** When it happened: ISO 8601, UTC. */
  at: string;
  event: AuditEvent;
}

/** A record in its place in the chain. */
export interface AuditEntry extends AuditRecord {
  schemaVersion: 1;
  /** 1, 2, 3 … without a gap. */
  number: number;
  /** SHA-256 of the entry before, byte by byte as it is stored, in hex; null for the first. */
  previousSha256: string | null;
  pipeline: string;
}

/** What a review leaves in the audit trail, in the order in which it happened. */
export function reviewRecords(review: {
  /** Tells this review from every other. */
  id: string;
  cycle: number;
  /** Every decision, whether it is used or not. */
  events: readonly DecisionEvent[];
  approvals: readonly Approval[];
  outcome: 'finished' | 'deadline-proceed' | 'deadline-abandon';
  decisionsUsed: number;
  /** ISO 8601, UTC. */
  endedAt: string;
}): AuditRecord[] {
  const { id, cycle, events, approvals, outcome, decisionsUsed, endedAt } = review;
  return [
    ...events.map((event): AuditRecord => ({
      id: `${id}/decision/${event.number}`,
      at: event.at,
      event: {
        kind: 'decision',
        cycle,
        author: event.author,
        number: event.number,
        action: event.action,
        proposals: subjectsOf(event),
        name: nameOf(event),
      },
    })),
    ...approvals.map(({ author, at }, index): AuditRecord => ({
      id: `${id}/approval/${index + 1}`,
      at,
      event: { kind: 'approval', cycle, author, decisions: events.length },
    })),
    {
      id: `${id}/finished`,
      at: endedAt,
      event: {
        kind: 'review-finished',
        cycle,
        outcome,
        decisions: decisionsUsed,
        approvers: approvals.map(({ author }) => author),
      },
    },
  ];
}

/** One line for a person: what was done, without who and when. */
export function describeAuditEvent(event: AuditEvent, language: Language = 'en'): string {
  return language === 'en' ? inEnglish(event) : inSpanish(event);
}

function inEnglish(event: AuditEvent): string {
  switch (event.kind) {
    case 'decision':
      return `cycle ${event.cycle}, decision ${event.number}: ${event.action}${aboutOf(event)}`;
    case 'approval':
      return `cycle ${event.cycle}: approved ${decisions(event.decisions)}`;
    case 'review-finished': {
      const approved = event.approvers.length > 0 ? `, approved by ${event.approvers.join(', ')}` : '';
      return `cycle ${event.cycle}: review ended (${event.outcome}), ${decisions(event.decisions)} used${approved}`;
    }
    case 'promotion-started':
      return `model v${event.modelVersion}: promotion of bot version ${event.botVersion} to alias ${event.alias} begins`;
    case 'promoted':
      return `model v${event.modelVersion}: bot version ${event.botVersion} is live on alias ${event.alias}`;
    case 'promotion-withdrawn':
      return `model v${event.modelVersion}: promotion failed, alias ${event.alias} was put back`;
    case 'rollback-started':
      return `rollback of alias ${event.alias} from model v${event.fromModelVersion} to v${event.toModelVersion} begins`;
    case 'rolled-back':
      return `alias ${event.alias} is back on model v${event.toModelVersion}, bot version ${event.botVersion}`;
  }
}

const actionsInSpanish: Record<DecisionEvent['action'], string> = {
  accept: 'aceptar',
  'accept-all': 'aceptar todo',
  rename: 'cambiar el nombre',
  merge: 'unir',
  split: 'separar',
  move: 'mover',
  assign: 'dar a una intención',
  reject: 'rechazar',
  'put-aside': 'apartar',
  reopen: 'reabrir',
  undo: 'deshacer',
  redo: 'rehacer',
};

const endsInSpanish = {
  finished: 'terminada',
  'deadline-proceed': 'acabó el plazo, el ciclo sigue',
  'deadline-abandon': 'acabó el plazo, el ciclo se abandona',
};

function inSpanish(event: AuditEvent): string {
  const used = (count: number) => `${count} ${count === 1 ? 'decisión' : 'decisiones'}`;
  switch (event.kind) {
    case 'decision':
      return `ciclo ${event.cycle}, decisión ${event.number}: ${actionsInSpanish[event.action]}${aboutOf(event)}`;
    case 'approval':
      return `ciclo ${event.cycle}: ${used(event.decisions)} con aprobación`;
    case 'review-finished': {
      const approved = event.approvers.length > 0 ? `; aprobada por ${event.approvers.join(', ')}` : '';
      return `ciclo ${event.cycle}: fin de la revisión (${endsInSpanish[event.outcome]}), con ${used(event.decisions)}${approved}`;
    }
    case 'promotion-started':
      return `modelo v${event.modelVersion}: empieza la promoción de la versión ${event.botVersion} del bot al alias ${event.alias}`;
    case 'promoted':
      return `modelo v${event.modelVersion}: la versión ${event.botVersion} del bot está en vivo en el alias ${event.alias}`;
    case 'promotion-withdrawn':
      return `modelo v${event.modelVersion}: la promoción falló, el alias ${event.alias} quedó como estaba`;
    case 'rollback-started':
      return `empieza la vuelta atrás del alias ${event.alias} del modelo v${event.fromModelVersion} al v${event.toModelVersion}`;
    case 'rolled-back':
      return `el alias ${event.alias} está otra vez en el modelo v${event.toModelVersion}, versión ${event.botVersion} del bot`;
  }
}

/** What a decision is about, with a space in front. */
function aboutOf({ proposals, name }: Extract<AuditEvent, { kind: 'decision' }>): string {
  return [...proposals, ...(name === null ? [] : [`→ ${name}`])].map((part) => ` ${part}`).join('');
}

function decisions(count: number): string {
  return `${count} ${count === 1 ? 'decision' : 'decisions'}`;
}

/** Who did it; null where nobody in person did. */
export function auditAuthor(event: AuditEvent): string | null {
  return 'author' in event ? event.author : null;
}

function nameOf(event: DecisionEvent): string | null {
  if ('intent' in event) return event.intent ?? null;
  return 'name' in event ? (event.name ?? null) : null;
}
