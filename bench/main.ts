import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs one benchmark: `npm run bench -- NAME [arguments]`; each is a folder here with its own `main.ts`. */
const [name = '', ...rest] = process.argv.slice(2);
const mainOf = (benchmark: string) => join(__dirname, benchmark, 'main.ts');
if (name === '' || !existsSync(mainOf(name))) {
  const names = readdirSync(__dirname).filter((folder) => existsSync(mainOf(folder)));
  console.error(`Usage: npm run bench -- NAME [--help]. There are: ${names.join(', ')}.`);
  process.exitCode = 2;
} else {
  const entry = mainOf(name);
  const { status } = spawnSync(process.execPath, [...process.execArgv, entry, ...rest], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
