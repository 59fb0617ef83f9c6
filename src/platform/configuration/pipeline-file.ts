import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { InvalidConfigurationError, NotFoundError } from '../../domain/errors';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { type Problem, problemsOf } from './problems';
import { type PipelineFile, pipelineFileSchema, pipelineJsonSchema } from './schema';

/**
 * Reads a pipeline file strictly and fills in the defaults.
 *
 * @throws NotFoundError when there is no such file
 * @throws InvalidConfigurationError with every problem's file, line, column and what is allowed
 */
export async function parsePipelineFile(path: string): Promise<PipelineConfiguration> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new NotFoundError(
      `The pipeline file ${path} cannot be read (${(cause as NodeJS.ErrnoException).code}). Check its path.`,
      { path },
      true,
      { cause },
    );
  }
  return parsePipelineText(text, path);
}

/**
 * The same for text that was read already.
 *
 * @param fileName stands before the line number in messages
 */
export function parsePipelineText(text: string, fileName: string): PipelineConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw invalid(
      fileName,
      broken.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return { line, column: col, message: `this is not valid YAML: ${error.message}` };
      }),
    );
  }
  const parsed = pipelineFileSchema.safeParse(valueOf(document, fileName));
  const issues = parsed.success ? contradictionsIn(parsed.data) : parsed.error.issues;
  if (!parsed.success || issues.length > 0) {
    throw invalid(fileName, problemsOf(issues, document, lines, pipelineJsonSchema()));
  }
  return toConfiguration(parsed.data);
}

/** Aliases are followed only now: they may lead nowhere, or to more than any file can mean. */
function valueOf(document: ReturnType<typeof parseDocument>, fileName: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw invalid(fileName, [
      { line: 1, column: 1, message: `its aliases cannot be followed: ${(error as Error).message}` },
    ]);
  }
}

type Issue = Parameters<typeof problemsOf>[0][number];

/** What is right by itself and wrong together. */
function contradictionsIn(file: PipelineFile): Issue[] {
  const issues: Issue[] = [];
  const add = (path: string[], message: string) =>
    issues.push({ code: 'custom', path, message, input: undefined });
  for (const job of ['prepare', 'discover'] as const) {
    if (file[job].engine === 'batch' && file.engines.batch === undefined) {
      add([job, 'engine'], 'is batch, so engines.batch must name a jobQueue and a jobDefinition');
    }
  }
  if (file.store.uri.startsWith(file.logs.uri)) {
    add(
      ['store', 'uri'],
      `must not lie below logs.uri (${file.logs.uri}): Ciclo would read its own files as logs`,
    );
  }
  if (file.logs.uri.startsWith(file.store.uri) && file.logs.uri !== file.store.uri) {
    add(['logs', 'uri'], `must not lie below store.uri (${file.store.uri}), where Ciclo keeps its own files`);
  }
  const { approvals, approvers } = file.review;
  if (approvers.length > 0 && new Set(approvers.map((name) => name.toLowerCase())).size < approvals) {
    add(['review', 'approvers'], `must name at least ${approvals} people, for as many approvals are wanted`);
  }
  return issues;
}

function toConfiguration(file: PipelineFile): PipelineConfiguration {
  const { schedule, review } = file;
  return {
    ...file,
    schedule: {
      everyDays: hoursIn(schedule.every) / 24,
      at: schedule.at,
      timeZone: schedule.timeZone,
      catchupWindowHours: hoursIn(schedule.catchupWindow),
      pauseOnFailure: schedule.pauseOnFailure,
    },
    review: {
      remindEveryHours: hoursIn(review.remindEvery),
      deadlineHours: hoursIn(review.deadline),
      onDeadline: review.onDeadline,
      approvals: review.approvals,
      reviewers: review.reviewers,
      approvers: review.approvers,
    },
    engines: { batch: file.engines.batch ?? null },
  };
}

/** Hours in `12h` or `3d`. */
function hoursIn(duration: string): number {
  return Number(duration.slice(0, -1)) * (duration.endsWith('d') ? 24 : 1);
}

function invalid(fileName: string, problems: Problem[]): InvalidConfigurationError {
  const listed = problems.map(({ line, column, message }) => `${fileName}:${line}:${column}: ${message}`);
  return new InvalidConfigurationError(
    `${listed.length === 1 ? 'The pipeline file has a problem' : `The pipeline file has ${listed.length} problems`}:\n` +
      `${listed.map((one) => `  ${one}`).join('\n')}\nEvery key is described in docs/pipeline-reference.md.`,
    { file: fileName, problems: listed },
  );
}
