import { userInfo } from 'node:os';

/** Where a command prints; tests give their own. */
export interface CommandOutput {
  /** Results: what a program or a pipe reads. */
  out(text: string): void;
  /** Progress, hints and errors. */
  err(text: string): void;
  /** Redraws the last progress line; on what is no terminal nothing. */
  redraw(text: string): void;
}

export const processOutput: CommandOutput = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  redraw: (text) => {
    if (!process.stderr.isTTY) return;
    const width = (process.stderr.columns || 80) - 1;
    process.stderr.write(`\r\u001b[2K${text.slice(0, width)}`);
  },
};

/** Columns of the terminal; 80 where nothing says so. */
export function terminalColumns(): number {
  return process.stdout.columns || Number(process.env['COLUMNS']) || 80;
}

/** Who acts, for the audit trail: `--author`, `CICLO_AUTHOR`, or the machine's user. */
export function authorOf(option: string | undefined): string {
  return option ?? process.env['CICLO_AUTHOR'] ?? userInfo().username;
}
