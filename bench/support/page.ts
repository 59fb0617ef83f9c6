import { readFile, writeFile } from 'node:fs/promises';

/**
 * Replaces what stands in a Markdown page between `<!-- bench NAME -->` and `<!-- end of NAME -->`.
 * @throws Error when the page has no such markers
 */
export async function writeBetweenMarkers(path: string, name: string, content: string): Promise<void> {
  const page = await readFile(path, 'utf8');
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no ${begin} … ${end}.`);
  await writeFile(path, `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`);
}
