import { joinMessage, splitMessage, type Message, type Translations } from './language';

/**
 * Ciclo's named errors. `permanent` says whether trying again can help: activities turn permanent errors into
 * non-retryable failures, and jobs end with another exit code for them.
 */
export type Facts = Record<string, string | number | boolean | null | string[]>;

/** The base of every error that Ciclo throws on purpose. Its `message` is English. */
export class CicloError extends Error {
  /** The message in other languages, where people of the console meet it; null elsewhere. */
  readonly translations: Translations | null;

  /**
   * @param message what happened, why, and what to do next; never an utterance
   * @param facts machine-readable details that go into failures and JSON output; never an utterance
   * @param permanent true when a retry without a change by a person cannot succeed
   */
  constructor(
    message: Message,
    readonly facts: Facts = {},
    readonly permanent: boolean = true,
    options?: ErrorOptions,
  ) {
    const { english, translations } = splitMessage(message);
    super(english, options);
    this.name = new.target.name;
    this.translations = translations;
  }
}

/** Data from outside (a log, a CSV, an archive) that cannot be used as it is. */
export class InvalidInputError extends CicloError {}

/** A pipeline file or a setting that is wrong. */
export class InvalidConfigurationError extends CicloError {}

/** Something named does not exist: a bot, an alias, an artifact, a cycle. */
export class NotFoundError extends CicloError {}

/** A limit of the target would be passed. */
export class QuotaExceededError extends CicloError {}

/** An object was changed by somebody else between reading and writing it. */
export class ConflictError extends CicloError {
  constructor(message: Message, facts: Facts = {}, options?: ErrorOptions) {
    super(message, facts, false, options);
  }
}

/** Outside work (an import, a build, a job) ended in failure; the reasons are the service's own. */
export class OutsideWorkFailedError extends CicloError {}

/** What was to be done has lost its reason: somebody else was first. */
export class SupersededError extends CicloError {}

/** Something would cost more than it may. */
export class BudgetExceededError extends CicloError {}

/**
 * The details of a Temporal failure, beside its English message: facts, and translations where there are any.
 * `messageOfFailure` reads them again.
 */
export function failureDetails(facts: Facts, translations: Translations | null): unknown[] {
  return translations === null ? [facts] : [facts, translations];
}

/** What a Temporal failure says; in English alone where it has no translations, as those of older code. */
export function messageOfFailure(failure: { message: string; details?: unknown[] | null }): Message {
  return joinMessage(failure.message, failure.details?.[1]);
}
