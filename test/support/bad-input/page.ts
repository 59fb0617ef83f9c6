import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { badInput, type BadInput, type BadInputName } from './rows';

const path = join(__dirname, '..', '..', '..', 'docs', 'bad-input.md');
/** Set to write what is seen anew instead of comparing it. */
const update = process.env.UPDATE_GENERATED === '1';

const opening = `# Bad input: what happens, what you see, what to do

Nothing is lost: what cannot be used is quarantined or left out with its reason, and counts; what goes wrong stops with a message and leaves the live alias as it is. A failed cycle’s logs count again in the next one.

**Where you see it.** Messages come on the command line, in the failed stage of \`npx ciclo status NAME\`, in the notification and in the Temporal UI. Quarantined records are lines of \`cycles/NNNN/prepare/quarantine.jsonl\`, with object, line, byte and reason, and without their text. What is left out of a data set or an import is in \`dataset.json\`, \`diff.json\` and \`left-out.jsonl\`.

Every message below is the real one: the tests compare it with what the product says.
`;

const header = '| what came in | what happens | what you see | what to do |\n|---|---|---|---|';

/**
 * Checks that the page shows what a user sees; with \`UPDATE_GENERATED=1\` writes it.
 *
 * @param seen the message or the quarantined line, as it is
 * @param stand what stands for parts that differ from run to run: the part → its stand-in
 */
export function assertDocumented(name: BadInputName, seen: string, stand: Record<string, string> = {}): void {
  let text = seen.trim();
  for (const [part, standIn] of Object.entries(stand)) text = text.replaceAll(part, standIn);
  const known = seenByName(readPage());
  if (update) {
    known.set(name, text);
    writeFileSync(path, renderPage(known));
    return;
  }
  assert.equal(
    known.get(name),
    text,
    `docs/bad-input.md is not current for "${name}": run this test with UPDATE_GENERATED=1`,
  );
}

/** The page as it is; empty where there is none yet. */
export function readPage(): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The page with these messages. */
export function renderPage(seen: ReadonlyMap<string, string>): string {
  const sections = Object.entries(badInput).map(([title, inputs]) => {
    const rows = Object.entries<BadInput>(inputs).map(([name, { cameIn, happens, whatToDo }]) => {
      const cell = code(seen.get(name) ?? '');
      return `| <a id="${name}"></a>${cameIn} | ${happens} | ${cell} | ${whatToDo} |`;
    });
    return [`## ${title}`, '', header, ...rows].join('\n');
  });
  return `${[opening, ...sections].join('\n')}\n`.replaceAll('\n## ', '\n\n## ').replaceAll('\n\n\n', '\n\n');
}

/** What the page shows, by the name of the bad input. */
export function seenByName(page: string): Map<string, string> {
  const rows = page.matchAll(/^\| <a id="([^"]+)"><\/a>.*$/gm);
  return new Map([...rows].map(([row, name]) => [name!, plain(row.split(/(?<!\\)\|/)[3]!.trim())]));
}

/** Lines of code in one cell of a table. */
function code(text: string): string {
  const lines = text.split('\n').map((line) => `\`\` ${line.replaceAll('|', '\\|')} \`\``);
  return text === '' ? '' : lines.join('<br>');
}

function plain(cell: string): string {
  if (cell === '') return '';
  const lines = cell.split('<br>').map((line) => line.replace(/^`` | ``$/g, '').replaceAll('\\|', '|'));
  return lines.join('\n');
}
