/** One kind of bad input, as `docs/bad-input.md` describes it; what is seen comes from the tests. */
export interface BadInput {
  cameIn: string;
  happens: string;
  whatToDo: string;
}

/** Every kind of bad input by the name under which a test shows what is seen, in the order of the page. */
export const badInput = {
  Logs: {
    'empty-prefix': {
      cameIn: 'An empty prefix: no object below `logs.uri`',
      happens: 'The cycle ends as “skipped”; nothing is changed.',
      whatToDo: 'Correct `logs.uri`, or let the logs be delivered there.',
    },
    'not-json': {
      cameIn: 'An object that is not JSON, and no CSV',
      happens: 'Each record that cannot be read is quarantined; all others count.',
      whatToDo: 'Look at the object at that line; nothing, where it is no log.',
    },
    'long-line': {
      cameIn: 'A line of 1 GB',
      happens:
        'The line is passed over without being held, and quarantined once; what stands before and behind it counts.',
      whatToDo: 'Find out what wrote it: no log record is that long.',
    },
    'invalid-utf8': {
      cameIn: 'Bytes that are not UTF-8',
      happens:
        'The record is quarantined; the others count. A CSV in Windows-1252 and UTF-16 are understood.',
      whatToDo: 'Let the logs be written as UTF-8.',
    },
    'cut-gzip': {
      cameIn: 'A gzip that was cut short',
      happens: 'What could be unpacked counts; the rest is one quarantined record.',
      whatToDo: 'Upload the object again: an object that is replaced is read again.',
    },
    'gzip-bomb': {
      cameIn: 'A gzip that unpacks to more than 256 MB and 200 times its size',
      happens: 'It is read no further; the rest is one quarantined record.',
      whatToDo: 'Remove the object, or divide it where it is a real log.',
    },
    'log-csv-without-column': {
      cameIn: 'A CSV of logs without a column for the text',
      happens: 'The object is one quarantined record.',
      whatToDo: 'Give it a first line with a column `utterance`, or with `text` and `intent`.',
    },
    'formula-in-log': {
      cameIn: 'A formula for an utterance: text that begins with `=`, `+`, `-` or `@`',
      happens:
        'It is kept as text. Ciclo writes no CSV for spreadsheets: its lists are JSON lines, and the report escapes everything.',
      whatToDo: 'Nothing.',
    },
  },
  'CSV files and the golden set': {
    'import-without-column': {
      cameIn: 'A CSV to import without a column',
      happens: 'The import fails before the bot is touched.',
      whatToDo: 'Name the columns in the first line.',
    },
    'formula-in-import': {
      cameIn: 'A formula in a CSV to import',
      happens: 'It is added as the text that it is.',
      whatToDo: 'Nothing.',
    },
    'long-utterance': {
      cameIn: 'An utterance of 600 characters',
      happens:
        'From a CSV or a review it is left out with its reason, because Lex takes samples of 500; in logs and the golden set up to 1,024 are fine.',
      whatToDo: 'Shorten it, if it matters.',
    },
    'golden-without-column': {
      cameIn: 'A golden set without a column',
      happens: 'The cycle fails before anything is trained.',
      whatToDo: 'Name the columns in the first line.',
    },
    'golden-row-incomplete': {
      cameIn: 'A row of the golden set without a text or an intent',
      happens: 'The cycle fails before anything is trained.',
      whatToDo: 'Complete or remove the row.',
    },
    'golden-empty': {
      cameIn: 'A golden set that is empty',
      happens: 'The cycle fails before anything is trained.',
      whatToDo: 'Put labelled utterances there.',
    },
    'golden-in-training': {
      cameIn: 'A golden set that lies in the training set',
      happens:
        'The cycle fails when more than half of the golden utterances are sample utterances of the bot: a comparison would measure memory.',
      whatToDo: 'Replace them by utterances that the bot was not trained on.',
    },
  },
  'The bot': {
    'zip-bomb': {
      cameIn: 'A bot archive that is a zip bomb',
      happens: 'It is refused by the declared sizes and ratios, before anything is unpacked.',
      whatToDo: 'Export the bot again.',
    },
    'climbing-path': {
      cameIn: '`../` in a bot archive',
      happens: 'The archive is refused.',
      whatToDo: 'Export the bot again, and ask where this file came from.',
    },
    'other-language': {
      cameIn: 'An archive of another language than the pipeline’s',
      happens: 'It is refused.',
      whatToDo: 'Correct `target.localeId`.',
    },
    'names-by-case': {
      cameIn: 'Two intents whose names differ by case',
      happens: 'The review takes no such name; in a CSV the row is left out as `unknown-intent`.',
      whatToDo: 'Assign the phrases to the intent that exists, or choose another name.',
    },
    'too-many-intents': {
      cameIn: '251 intents in a bot whose locale takes 250',
      happens:
        'New intents beyond the quota are left out, those said least first; a bot that has too many already fails before the upload.',
      whatToDo: 'Remove intents, or put their phrases together.',
    },
    'bot-missing': {
      cameIn: 'A bot that does not exist',
      happens: 'The cycle fails; the logs count again.',
      whatToDo: 'Correct `target.bot`, the region or the account.',
    },
    'locale-missing': {
      cameIn: 'A locale that does not exist',
      happens: 'The cycle fails; the logs count again.',
      whatToDo: 'Correct `target.localeId`.',
    },
    'alias-missing': {
      cameIn: 'An alias that does not exist',
      happens: 'The cycle fails; the logs count again.',
      whatToDo: 'Correct `target.alias`.',
    },
    'alias-deleted': {
      cameIn: 'An alias that is deleted while it is switched',
      happens:
        'The promotion fails and withdraws its approval. The new version and its registration stay; nothing is live.',
      whatToDo: 'Make the alias again and promote the model.',
    },
    'build-failed': {
      cameIn: 'A build that fails',
      happens:
        'The cycle fails with the reasons of Lex. No version is made and the live alias is not touched.',
      whatToDo: 'Mend DRAFT, then start a new cycle.',
    },
  },
  'Configuration and AWS': {
    'unknown-key': {
      cameIn: 'A pipeline file with an unknown key',
      happens: 'Nothing starts.',
      whatToDo: 'Correct the key.',
    },
    'expired-credentials': {
      cameIn: 'Credentials that expired',
      happens: 'The step fails at once and is not tried again; the logs count again.',
      whatToDo: 'Renew them and start the worker again.',
    },
    'bucket-refused': {
      cameIn: 'A bucket that refuses access',
      happens: 'The step fails at once and is not tried again.',
      whatToDo: 'Allow the worker’s role what `docs/iam-policy.json` names.',
    },
  },
  'The review': {
    'answered-twice': {
      cameIn: 'A decision after the review was finished',
      happens: 'It is refused; the decisions that count are those before.',
      whatToDo: 'Decide in the next cycle.',
    },
    'unknown-proposal': {
      cameIn: 'A decision about an unknown proposal',
      happens: 'It is refused; nothing changes.',
      whatToDo: 'Use an id of the list.',
    },
    'after-deadline': {
      cameIn: 'A decision after the deadline',
      happens: 'It is refused; the pipeline’s `onDeadline` was followed.',
      whatToDo: 'Decide in the next cycle.',
    },
    'worker-down': {
      cameIn: 'A decision while no worker runs',
      happens:
        'The command waits and gives up after 15 seconds; Temporal may still hand the decision to a worker that starts soon after. Decisions by signal are kept, and taken when a worker is back.',
      whatToDo: 'Start a worker, look, and decide again where the decision is not listed.',
    },
  },
  'The machine': {
    'disk-full-temporary': {
      cameIn: 'A full disk below the temporary folder',
      happens: 'The job fails, is tried again five times, and leaves no result.',
      whatToDo: 'Make room, or set `TMPDIR`.',
    },
    'disk-full-store': {
      cameIn: 'A full disk below a store of files',
      happens: 'The write fails and is tried again; the object is as it was, or absent.',
      whatToDo: 'Make room.',
    },
    'clock-jump': {
      cameIn: 'A clock that jumps',
      happens:
        'Time-outs and latencies are measured on the monotonic clock; deadlines of reviews and schedules are Temporal’s own.',
      whatToDo: 'Nothing. With a clock more than some minutes wrong AWS refuses signatures: set it right.',
    },
  },
} as const satisfies Record<string, Record<string, BadInput>>;

type Sections = typeof badInput;
export type BadInputName = { [Section in keyof Sections]: keyof Sections[Section] }[keyof Sections];
