import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pc from 'picocolors';
import type { CycleResult } from '../domain/cycle';
import type { PipelineConfiguration } from '../domain/pipeline';
import type { ObjectStore } from '../platform/storage/object-store';

const headlines: Record<CycleResult['outcome'], string> = {
  promoted: 'The better version is live',
  kept: 'The live version stays: the new one is not better',
  'not-enough-evidence': 'The live version stays: there is not enough evidence',
  'nothing-to-learn': 'Nothing to learn this time',
  skipped: 'Skipped',
  abandoned: 'Given up: nobody finished the review in time',
};

/**
 * What a cycle's end means to a person: verdict, reason, where the report lies and what to do next.
 * @param folder where a copy of the report is put, for a browser
 */
export async function describeResult(
  result: CycleResult,
  configuration: PipelineConfiguration,
  store: ObjectStore,
  folder: string,
): Promise<string> {
  const headline = headlines[result.outcome];
  const lines = [
    `${result.outcome === 'promoted' ? pc.green(pc.bold(headline)) : pc.bold(headline)} (${result.pipeline}, cycle ${result.cycle}).`,
    result.reason.en,
  ];
  if (result.liveVersionBefore !== result.liveVersionAfter) {
    lines.push(
      `Alias "${configuration.target.alias}": version ${result.liveVersionBefore} → ${result.liveVersionAfter}.`,
    );
  }
  if (result.reportUri !== null)
    lines.push(`Report: ${pc.cyan(await copyReport(result.reportUri, result.cycle, store, folder))}`);
  if (result.outcome === 'promoted')
    lines.push(`Take it back at any time: npx ciclo rollback ${result.pipeline}`);
  if (result.outcome === 'kept' || result.outcome === 'not-enough-evidence') {
    lines.push(`Promote it all the same: npx ciclo promote ${result.pipeline}`);
  }
  return lines.join('\n');
}

/** Puts a report beside the other local files, for a browser; its path. */
export async function copyReport(
  uri: string,
  cycle: number | null,
  store: ObjectStore,
  folder: string,
): Promise<string> {
  const path = join(folder, `report-${String(cycle ?? 0).padStart(4, '0')}.html`);
  await writeFile(path, await store.readText(uri));
  return path;
}
