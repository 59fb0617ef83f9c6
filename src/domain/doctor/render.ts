import { wrap } from '../text/wrap';
import type { CheckGroup, CheckReport, Finding, FindingLevel } from './finding';

const titles: Record<CheckGroup, string> = { machine: 'Machine', account: 'Account', pipeline: 'Pipeline' };
const marks: Record<FindingLevel, string> = { fine: '✓', warning: '!', broken: '✗', 'not-checked': '!' };
const indent = '    ';
const widest = 100;

/** How parts of the output look on the terminal; each gives the text back unchanged where there is no colour. */
export interface DoctorStyle {
  heading(text: string): string;
  mark(level: FindingLevel, text: string): string;
  command(text: string): string;
  dim(text: string): string;
}

/**
 * The findings for a person: a line each with its mark, below it why it matters and what to do next. Sentences are
 * wrapped; commands and policies stay in one piece, so that they can be copied.
 *
 * @param columns of the terminal
 */
export function renderDoctor(reports: readonly CheckReport[], columns: number, style: DoctorStyle): string {
  const width = Math.max(40, Math.min(columns, widest));
  const lines: string[] = [];
  for (const group of Object.keys(titles) as CheckGroup[]) {
    const findings = reports.filter((report) => report.group === group).flatMap((report) => report.findings);
    if (findings.length === 0) continue;
    lines.push(style.heading(titles[group]));
    for (const finding of findings) lines.push(...findingLines(finding, width, style));
    lines.push('');
  }
  lines.push(style.heading(summary(reports)));
  return lines.join('\n');
}

/** How many things are how, in one sentence. */
export function summary(reports: readonly CheckReport[]): string {
  const levels = reports.flatMap(({ findings }) => findings.map(({ level }) => level));
  const count = (level: FindingLevel) => levels.filter((one) => one === level).length;
  const parts = [
    count('broken') > 0 ? `${count('broken')} broken` : null,
    count('warning') > 0 ? `${count('warning')} to look at` : null,
    count('not-checked') > 0 ? `${count('not-checked')} not checked` : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return `Nothing is missing: ${levels.length} fine.`;
  return `${parts.join(', ')}, ${count('fine')} fine.`;
}

function findingLines(finding: Finding, width: number, style: DoctorStyle): string[] {
  const { level, what, why, next, commands = [], statements = [] } = finding;
  const text = level === 'not-checked' ? `Not checked: ${what}` : what;
  const [first = '', ...rest] = wrap(text, width - indent.length);
  const lines = [`  ${style.mark(level, marks[level])} ${first}`, ...rest.map((line) => `${indent}${line}`)];
  const below = (sentence: string, look: (line: string) => string) =>
    lines.push(...wrap(sentence, width - indent.length).map((line) => `${indent}${look(line)}`));
  if (why !== undefined) below(why, (line) => style.dim(line));
  if (next !== undefined) below(`→ ${next}`, (line) => line);
  for (const command of commands) lines.push(`${indent}  ${style.command(command)}`);
  for (const statement of statements)
    lines.push(
      ...JSON.stringify(statement, null, 2)
        .split('\n')
        .map((line) => `${indent}  ${style.command(line)}`),
    );
  return lines;
}
