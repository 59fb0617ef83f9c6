import { z } from 'zod';
import { defaultExistingIntentsTolerance, defaultGatePolicy } from '../../domain/gate/policy';
import { embedderSchema, namingSchema } from './embedder-schema';

/**
 * The shape of a pipeline file. From it come the parser, `pipelines/pipeline.schema.json` for editors and
 * `docs/pipeline-reference.md`; so every key has a description, and every rule that has no words of its own
 * in zod says what is allowed.
 */

const engine = z
  .enum(['worker', 'batch'])
  .default('worker')
  .describe('Where this job runs: in the worker’s own process pool, or on AWS Batch.');
const seed = z
  .int()
  .min(0)
  .default(1)
  .describe('Seed of everything random in this stage; the same seed, the same result.');

function share(description: string, fallback: number) {
  return z.number().min(0).max(1).default(fallback).describe(description);
}

function matching(pattern: RegExp, allowed: string) {
  const error = `must be ${allowed}`;
  return z.string({ error }).regex(pattern, { error });
}

function days(fallback: string, description: string) {
  return matching(/^[1-9]\d{0,3}d$/, 'a number of days such as 15d')
    .default(fallback)
    .describe(description);
}

function hoursOrDays(fallback: string, description: string) {
  return matching(/^[1-9]\d{0,4}[hd]$/, 'a number of hours or days such as 12h or 3d')
    .default(fallback)
    .describe(description);
}

const s3Uri = matching(
  /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S+$/,
  'an S3 URI with a key such as s3://bucket/golden/golden.csv',
);
const s3Prefix = matching(
  /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(\S+\/)?$/,
  'an S3 prefix that ends in a slash, such as s3://bucket/logs/',
);

const lexTarget = z
  .strictObject({
    kind: z.literal('lex').describe('Amazon Lex V2.'),
    bot: matching(/^([0-9a-zA-Z][_-]?){1,100}$/, 'a bot’s name or its 10-character id').describe(
      'The bot’s name, or its 10-character id.',
    ),
    alias: matching(/^([0-9a-zA-Z][_-]?){1,100}$/, 'an alias’s name or its 10-character id')
      .refine((alias) => alias !== 'TSTALIASID', {
        error: 'must be an alias that can be switched; TSTALIASID always stays on DRAFT',
      })
      .describe('The live alias’s name, or its 10-character id; promotion points it at the new version.'),
    localeId: matching(/^[a-z]{2}_([A-Z]{2}|419)$/, 'a Lex locale such as es_ES').describe(
      'The bot’s locale that is retrained.',
    ),
    consoleEdits: z
      .enum(['refuse', 'keep'])
      .default('refuse')
      .describe(
        'What happens when DRAFT was changed since Ciclo’s last import, in the Lex console for example: the cycle is refused with the differences, or they go into the next version.',
      ),
  })
  .describe('Where the model lives.');

const schedule = z
  .strictObject({
    every: days('15d', 'Days between two cycles.'),
    at: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 12:00')
      .default('12:00')
      .describe('Time of day in the time zone, `HH:MM`.'),
    timeZone: z
      .string()
      .refine(isTimeZone, { error: 'must be an IANA time zone such as Europe/Madrid' })
      .default('UTC')
      .describe('IANA time zone; the time of day holds through summer and winter.'),
    catchupWindow: hoursOrDays('1d', 'How long after its time a missed cycle may still start.'),
    pauseOnFailure: z
      .boolean()
      .default(false)
      .describe('Whether a failed cycle pauses the schedule until a person resumes it.'),
  })
  .prefault({})
  .describe('When cycles start by themselves.');

function people(description: string) {
  return z.array(z.string().trim().min(1)).default([]).describe(description);
}

const review = z
  .strictObject({
    remindEvery: hoursOrDays('3d', 'Time between two reminders while proposals wait for a person.'),
    deadline: hoursOrDays('21d', 'How long proposals wait for a person.'),
    onDeadline: z
      .enum(['proceed-without-new-categories', 'abandon'])
      .default('proceed-without-new-categories')
      .describe(
        'What happens at the deadline: go on with what is decided (and approved, where that needs more than one person or one of the approvers), or end the cycle.',
      ),
    approvals: z
      .int()
      .min(1)
      .max(10)
      .default(1)
      .describe('How many different people have to approve the decisions; 2 for two-person approval.'),
    reviewers: people('Who may decide about proposals, by author’s name; anyone where empty.'),
    approvers: people('Who may approve, which finishes the review, by author’s name; anyone where empty.'),
  })
  .prefault({})
  .describe('Who decides, how long people may take, and what happens without an answer.');

const significantGate = z
  .strictObject({
    policy: z
      .literal('significant')
      .describe('Promote what is better beyond chance; six rules, all must hold.'),
    macroF1Tolerance: share(
      'Macro F1 that may be lost where coverage grows significantly.',
      defaultGatePolicy.macroF1Tolerance,
    ),
    existingIntentsTolerance: share(
      'Largest tolerated loss of accuracy on the existing intents taken together.',
      defaultExistingIntentsTolerance,
    ),
    protectedIntentTolerance: share(
      'Largest tolerated loss of F1 of a protected intent, with 95 % certainty.',
      defaultGatePolicy.protectedIntentTolerance,
    ),
    protectedIntents: z
      .union([z.literal('all-existing'), z.array(z.string().min(1))], {
        error: 'must be all-existing or a list of intent names',
      })
      .default(defaultGatePolicy.protectedIntents)
      .describe('Intents that must not get worse: `all-existing`, or a list of names.'),
    outOfScopeTolerance: share(
      'Largest tolerated loss of recall on what the bot should not understand.',
      defaultGatePolicy.outOfScopeTolerance,
    ),
    confusionCellGrowth: z
      .strictObject({
        count: z.int().min(0).default(defaultGatePolicy.confusionCellGrowth.count).describe('Items.'),
        share: share('Share of the intent’s items.', defaultGatePolicy.confusionCellGrowth.share),
      })
      .prefault({})
      .describe(
        'Largest tolerated growth of one confusion (one intent taken for another): the greater of the two.',
      ),
    latencyRatio: z
      .number()
      .min(1)
      .default(defaultGatePolicy.latencyRatio)
      .describe('Largest tolerated ratio of the new p95 latency to the old.'),
    calibrationTolerance: share(
      'Largest tolerated growth of the expected calibration error.',
      defaultGatePolicy.calibrationTolerance,
    ),
  })
  .describe('Six statistical rules on the same frozen items.');

const accuracyGate = z
  .strictObject({
    policy: z.literal('accuracy-above').describe('Promote when the new accuracy is above the old one.'),
  })
  .describe('The simple rule, blind to chance.');

const watch = z
  .strictObject({
    hours: z
      .int()
      .min(0)
      .max(336)
      .default(24)
      .describe('How long the live alias is watched after a switch; 0 turns it off.'),
    everyMinutes: z
      .int()
      .min(5)
      .max(1440)
      .multipleOf(5, { error: 'must be a multiple of 5, the grain in which metrics are read' })
      .default(15)
      .describe('Time between two looks.'),
    baselineDays: z
      .int()
      .min(1)
      .max(60)
      .default(14)
      .describe('How many days of the old version’s traffic are compared with, as far as it was live.'),
    significance: z
      .number({ error: 'must be a number from 0.0001 to 0.2' })
      .min(0.0001)
      .max(0.2)
      .default(0.05)
      .describe('Chance of a rollback over the whole window although nothing is worse.'),
    missedTolerance: share(
      'Largest tolerated growth of the share of requests that end in the fallback intent.',
      0.03,
    ),
    errorTolerance: share('Largest tolerated growth of the share of requests that fail.', 0.01),
    minimumRequests: z
      .int()
      .min(1)
      .default(100)
      .describe('With fewer requests than this, before or after the switch, nothing is concluded.'),
  })
  .prefault({})
  .describe(
    'Watching the live alias after a switch; when it is worse, the old version comes back by itself.',
  );

/** A pipeline file as people write it. */
export const pipelineFileSchema = z
  .strictObject({
    name: matching(
      /^[a-z][a-z0-9-]{0,39}$/,
      'lower-case letters, digits and dashes, at most 40, a letter first',
    ).describe('Name of the pipeline; part of workflow ids and object keys.'),
    description: z.string().default('').describe('One line that tells people what this is.'),
    language: z
      .enum(['es', 'en'])
      .default('en')
      .describe('Language of notifications and of the report’s first view.'),
    target: lexTarget,
    logs: z
      .strictObject({
        uri: s3Prefix.describe('Prefix where new logs arrive; every object below it is read once.'),
      })
      .describe('The bot’s conversation logs.'),
    store: z
      .strictObject({ uri: s3Prefix.describe('Prefix of everything that Ciclo keeps for this pipeline.') })
      .describe('Where artifacts, models and state are kept.'),
    schedule,
    ingest: z
      .strictObject({
        minimumNewInteractions: z
          .int()
          .min(1)
          .default(100)
          .describe('Fewer new interactions end the cycle as “skipped”; they count again in the next one.'),
      })
      .prefault({})
      .describe('Reading new logs.'),
    prepare: z
      .strictObject({
        engine,
        lowConfidence: share('Below this confidence an answer of the live bot counts as uncertain.', 0.6),
      })
      .prefault({})
      .describe('Cleaning, redacting and deduplicating.'),
    discover: z
      .strictObject({
        engine,
        embedder: embedderSchema
          .default('lexical')
          .describe(
            'What turns phrases into points: `lexical` needs nothing and takes any language; `onnx:MODEL` is a sentence encoder in a folder, below an `s3://` prefix or on the hub; `bedrock:MODEL_ID` a model on Amazon Bedrock. A section says more.',
          ),
        naming: namingSchema.optional(),
        minimumSize: z.int().min(2).default(8).describe('Fewest distinct utterances that make a proposal.'),
        granularity: z
          .enum(['coarser', 'automatic', 'finer'])
          .optional()
          .describe('Larger or smaller proposals than those that come out by themselves (`automatic`).'),
        seed,
      })
      .prefault({})
      .describe('Finding what the bot does not know.'),
    review,
    dataset: z
      .strictObject({
        goldenSetUri: s3Uri.describe(
          'CSV `text,intent`: the frozen utterances on which versions are compared.',
        ),
        validationShare: share('Share of each intent’s groups kept for validation.', 0.2),
        goldenShare: share('Share of each new intent’s groups that joins the golden set.', 0.2),
        seed,
      })
      .describe('Building the training, validation and golden sets.'),
    evaluate: z
      .strictObject({
        concurrency: z
          .int()
          .min(1)
          .max(50)
          .default(10)
          .describe('Conversations at once; Lex allows 50 on an alias unless the quota was raised.'),
        resamples: z
          .int()
          .min(200)
          .max(100_000)
          .default(2000)
          .describe('Bootstrap resamples of an interval.'),
        seed,
      })
      .prefault({})
      .describe('Comparing champion and challenger.'),
    gate: z
      .discriminatedUnion('policy', [significantGate, accuracyGate], {
        error: 'needs a policy: significant or accuracy-above',
      })
      .prefault({ policy: 'significant' })
      .describe('What decides whether the new version goes live.'),
    promote: z
      .strictObject({
        smokeTestUtterances: z
          .int()
          .min(0)
          .max(200)
          .default(10)
          .describe('Utterances asked of the live alias after the switch.'),
      })
      .prefault({})
      .describe('Going live.'),
    watch,
    notify: z
      .strictObject({
        topicArn: matching(
          /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/,
          'an SNS topic’s ARN',
        ).describe(
          'SNS topic for the messages that a person reads. A FIFO topic never repeats one; a standard topic may, after a crash.',
        ),
      })
      .describe('Telling people.'),
    engines: z
      .strictObject({
        batch: z
          .strictObject({
            jobQueue: z.string().min(1).describe('Job queue, by name or ARN.'),
            jobDefinition: z
              .string()
              .min(1)
              .describe('Job definition with Ciclo’s image, by name, name:revision or ARN.'),
          })
          .optional()
          .describe('AWS Batch; needed when a job’s engine is `batch`.'),
      })
      .prefault({})
      .describe('What the engines need to know.'),
  })
  .describe('One bot and how Ciclo keeps it alive.');

/** A pipeline file's content, defaults filled in. */
export type PipelineFile = z.output<typeof pipelineFileSchema>;

/** JSON Schema of a pipeline file, for editors. */
export function pipelineJsonSchema(): Record<string, unknown> {
  return {
    title: 'Ciclo pipeline',
    ...z.toJSONSchema(pipelineFileSchema, { io: 'input' }),
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
