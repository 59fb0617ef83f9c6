/**
 * Ciclo's named errors. `permanent` says whether trying again can help: activities turn permanent errors into
 * non-retryable failures, and jobs end with another exit code for them.
 */
export type Facts = Record<string, string | number | boolean | null | string[]>;

/** The base of every error that Ciclo throws on purpose. */
export class CicloError extends Error {
  /**
   * @param message what happened, why, and what to do next; never an utterance
   * @param facts machine-readable details that go into failures and JSON output; never an utterance
   * @param permanent true when a retry without a change by a person cannot succeed
   */
  constructor(
    message: string,
    readonly facts: Facts = {},
    readonly permanent: boolean = true,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
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
  constructor(message: string, facts: Facts = {}, options?: ErrorOptions) {
    super(message, facts, false, options);
  }
}

/** Outside work (an import, a build, a job) ended in failure; the reasons are the service's own. */
export class OutsideWorkFailedError extends CicloError {}

/** What was to be done has lost its reason: somebody else was first. */
export class SupersededError extends CicloError {}

/** Something would cost more than it may. */
export class BudgetExceededError extends CicloError {}
