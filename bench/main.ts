import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs one benchmark: `npm run bench -- NAME [arguments]`; each is a folder here with its own `main.ts`. */
const [name = '', ...rest] = process.argv.slice(2);
const entry = join(__dirname, name, 'main.ts');
if (name === '' || !existsSync(entry)) {
  const names = readdirSync(__dirname, { withFileTypes: true }).filter((one) => one.isDirectory());
  console.error(`Usage: npm run bench -- NAME. There are: ${names.map((one) => one.name).join(', ')}.`);
  process.exitCode = 2;
} else {
  const { status } = spawnSync(process.execPath, [...process.execArgv, entry, ...rest], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
