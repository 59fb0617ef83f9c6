import { ActivityCancellationType, type ActivityOptions } from '@temporalio/workflow';

/** A retry policy that ends: without a number of attempts Temporal would try for ever. */
type BoundedOptions = ActivityOptions &
  Required<Pick<ActivityOptions, 'startToCloseTimeout'>> & {
    retry: Required<
      Pick<
        NonNullable<ActivityOptions['retry']>,
        'initialInterval' | 'backoffCoefficient' | 'maximumInterval' | 'maximumAttempts'
      >
    >;
  };

/** A worker that is gone is noticed after this time; every call to AWS gives up sooner. */
const heartbeatTimeout = '30 seconds';

/** The short steps beat every two seconds. */
const quickHeartbeatTimeout = '10 seconds';
/** A calculation keeps the worker's thread busy, and nothing beats meanwhile. */
const calculationHeartbeatTimeout = '3 minutes';

const quickRetry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
  maximumAttempts: 8,
} as const;

/** How long and how often activities are tried, by the group that they belong to. */
export const activityOptions = {
  /** Short steps on the artifact store: tried again soon, and not for long. */
  quick: {
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: quickHeartbeatTimeout,
    retry: quickRetry,
  },

  /** As the short steps, but with much to calculate. */
  calculation: {
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: calculationHeartbeatTimeout,
    retry: quickRetry,
  },

  /** Data jobs on an engine: started once or attached to, followed by heartbeats. */
  jobs: {
    startToCloseTimeout: '12 hours',
    heartbeatTimeout,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: '2 seconds',
      backoffCoefficient: 2,
      maximumInterval: '2 minutes',
      maximumAttempts: 8,
    },
  },

  /** Steps of the Lex models API; conflicts and quotas choose their own, longer delays. */
  lex: {
    startToCloseTimeout: '2 hours',
    heartbeatTimeout,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: '1 second',
      backoffCoefficient: 2,
      maximumInterval: '2 minutes',
      maximumAttempts: 10,
    },
  },

  /** Asking a model thousands of questions: resumes where it stopped, so many attempts cost little. */
  modelQuestions: {
    startToCloseTimeout: '12 hours',
    heartbeatTimeout,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: '1 second',
      backoffCoefficient: 2,
      maximumInterval: '1 minute',
      maximumAttempts: 20,
    },
  },

  /** Reading metrics while nothing hurries: tried for six hours, then a person must know that nobody watches. */
  traffic: {
    startToCloseTimeout: '2 minutes',
    retry: {
      initialInterval: '10 seconds',
      backoffCoefficient: 2,
      maximumInterval: '10 minutes',
      maximumAttempts: 41,
    },
  },
} satisfies Record<string, BoundedOptions>;

export type ActivityGroup = keyof typeof activityOptions;
