import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareFolder } from '../../src/jobs/prepare';
import { writeLogs, type Layout } from './write-logs';

/** How fast the job prepare reads generated logs, and how much memory it takes: `bench/prepare/main.ts [MEGABYTES]`. */
async function main(megabytes: number): Promise<void> {
  const cases: { layout: Layout; distinct: number }[] = [
    { layout: 'lex', distinct: 20_000 },
    { layout: 'lex', distinct: 5_000_000 },
    { layout: 'plain', distinct: 20_000 },
    { layout: 'plain', distinct: 5_000_000 },
  ];
  for (const { layout, distinct } of cases) {
    const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'));
    try {
      await writeLogs(join(folder, 'logs'), layout, megabytes, distinct);
      const { size } = await stat(join(folder, 'logs', 'log.jsonl'));
      let highestRss = 0;
      let readAtMs = 0;
      const started = performance.now();
      const cpuBefore = process.cpuUsage();
      const { result } = await prepareFolder({
        logsDirectory: join(folder, 'logs'),
        outDirectory: join(folder, 'out'),
        parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
        onProgress: () => {
          highestRss = Math.max(highestRss, process.memoryUsage.rss());
          readAtMs = performance.now() - started;
        },
      });
      const seconds = (performance.now() - started) / 1000;
      const cpu = process.cpuUsage(cpuBefore);
      highestRss = Math.max(highestRss, process.memoryUsage.rss());
      console.log(
        JSON.stringify({
          layout,
          megabytes: Math.round(size / 1e6),
          records: result.records.in,
          utterances: result.utterances.rows,
          seconds: Number(seconds.toFixed(1)),
          readingSeconds: Number((readAtMs / 1000).toFixed(1)),
          cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(1)),
          megabytesPerSecond: Number((size / 1e6 / seconds).toFixed(1)),
          highestResidentMegabytes: Math.round(highestRss / 1e6),
        }),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

void main(Number(process.argv[2] ?? 200));
