import type { Artifact } from '../domain/artifact';
import {
  describeDiff,
  diffArchives,
  localeContent,
  readBotArchive,
  type BotArchive,
} from '../domain/bot-archive';
import type { Sentence } from '../domain/language';
import { readPipelineState, updatePipelineState, type DraftState } from '../platform/registry/pipeline-state';
import { putJson } from './artifacts';
import type { ActivityDependencies } from './dependencies';
import { readArtifactBytes } from './targets/lex/artifact-bytes';

/** How DRAFT differs from what was expected. */
export interface DraftEdits {
  /** Intents and counts, in one line. */
  summary: Sentence;
  /** `edits.json`, an `ArchiveDiff` */
  diff: Artifact;
}

/** DRAFT, compared with what Ciclo left. */
export interface DraftComparison {
  /** Null when it is as it was left, and before the first import. */
  edits: DraftEdits | null;
  /** What Ciclo imported last, when no version of it has been compared with the live one yet. */
  untried: Pick<DraftState, 'runName' | 'settled'> | null;
}

export type DraftActivities = ReturnType<typeof createDraftActivities>;

export function createDraftActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return {
    /**
     * Compares DRAFT with what the last import left, or with an archive.
     * @param input.since the archive; null for what the last import left
     */
    async compareDraft(input: {
      storeUri: string;
      localeId: string;
      draft: Artifact;
      since: Artifact | null;
      outputUri: string;
    }): Promise<DraftComparison> {
      const left = (await readPipelineState(store, input.storeUri)).state.draft;
      const untried = left !== null && !left.judged ? left : null;
      const expected = input.since === null ? (left?.expected ?? []) : [input.since];
      const edits = expected.length === 0 ? null : await editsSince(expected, input);
      return { edits, untried: untried && { runName: untried.runName, settled: untried.settled } };
    },

    /** Remembers what DRAFT holds: before an import what may be in it, after the build what is in it. */
    async noteDraft(input: { storeUri: string } & Omit<DraftState, 'judged'>): Promise<void> {
      const { storeUri, ...draft } = input;
      await updatePipelineState(store, storeUri, (state) => ({
        ...state,
        draft: { ...draft, judged: false },
      }));
    },
  };

  async function editsSince(
    expected: readonly Artifact[],
    { draft, localeId, outputUri }: { draft: Artifact; localeId: string; outputUri: string },
  ): Promise<DraftEdits | null> {
    const now = await read(draft);
    const content = localeContent(now, localeId);
    const before = await Promise.all(expected.map(read));
    if (before.some((archive) => localeContent(archive, localeId) === content)) return null;
    const diff = diffArchives(before[0]!, now, localeId);
    // What is about to be imported is written by us, and Lex writes the same bot with other details.
    const summary = describeDiff(expected.length > 1 ? { ...diff, otherChanges: [] } : diff);
    if (summary === null) return null;
    return { summary, diff: await putJson(store, `${outputUri}edits.json`, diff) };
  }

  async function read(artifact: Artifact): Promise<BotArchive> {
    return readBotArchive(await readArtifactBytes(store, artifact));
  }
}
