import type { Artifact } from '../../../domain/artifact';
import {
  addUtterances,
  diffArchives,
  localeOf,
  readBotArchive,
  sampleUtterances,
  writeLocaleArchive,
  type ArchiveDiff,
  type BotArchive,
} from '../../../domain/bot-archive';
import type { Dataset, TrainingExample } from '../../../domain/dataset';
import { QuotaExceededError } from '../../../domain/errors';
import {
  checkQuotas,
  describeViolation,
  importedIntents,
  lexQuotas,
  selectWithinQuota,
  type QuotaReason,
} from '../../../domain/quotas';
import { putJson, readArtifactJson } from '../../artifacts';
import { readArtifactBytes } from './artifact-bytes';
import type { LexDependencies } from './dependencies';

/** `diff.json` */
export interface ChallengerDiff extends ArchiveDiff {
  /** Utterances for which the bot has no room. */
  leftOut: { text: string; intent: string; reason: QuotaReason }[];
}

export interface ChallengerArchive {
  /** `challenger.zip`, a locale archive. */
  archive: Artifact;
  /** `diff.json`, a `ChallengerDiff` */
  diff: Artifact;
  /** Those of new intents included. */
  addedUtterances: number;
  newIntents: number;
  leftOut: number;
}

export function writeChallengerArchiveActivity({ store }: LexDependencies) {
  return {
    /**
     * Adds a data set's training examples to the bot as it is, within the quotas of Lex, and shows the difference.
     * @param input.dataset `dataset.json`
     * @throws QuotaExceededError when the bot passes a quota that leaving utterances out cannot mend
     */
    async writeChallengerArchive(input: {
      draft: Artifact;
      dataset: Artifact;
      localeId: string;
      outputUri: string;
    }): Promise<ChallengerArchive> {
      const draft = readBotArchive(await readArtifactBytes(store, input.draft));
      const { training, newIntents } = await readArtifactJson<Dataset>(store, input.dataset);
      const { archive, diff } = extendArchive(draft, input.localeId, training, newIntents);
      return {
        archive: await store.putArtifact(
          `${input.outputUri}challenger.zip`,
          Buffer.from(writeLocaleArchive(archive, input.localeId)),
          { rows: 1, schemaVersion: 1, contentType: 'application/zip' },
        ),
        diff: await putJson(store, `${input.outputUri}diff.json`, diff),
        addedUtterances: addedIn(diff),
        newIntents: diff.newIntents.length,
        leftOut: diff.leftOut.length,
      };
    },
  };
}

/** Adds examples within the quotas; see {@link writeChallengerArchiveActivity}. */
export function extendArchive(
  draft: BotArchive,
  localeId: string,
  training: readonly TrainingExample[],
  newIntents: Dataset['newIntents'],
): { archive: BotArchive; diff: ChallengerDiff } {
  const existing = new Set(importedIntents(localeOf(draft, localeId)));
  const { selected, leftOut } = selectWithinQuota(
    sampleUtterances(draft, localeId),
    [...existing],
    training,
    lexQuotas(localeId),
  );
  const textsOf = (name: string) => selected.filter(({ intent }) => intent === name).map(({ text }) => text);
  const toMake = newIntents
    .filter(({ name }) => !existing.has(name))
    .map(({ name, description }) => ({ name, description, utterances: textsOf(name) }))
    .filter(({ utterances }) => utterances.length > 0);
  const made = new Set(toMake.map(({ name }) => name));
  const archive = addUtterances(
    draft,
    localeId,
    selected.filter(({ intent }) => !made.has(intent)),
    toMake,
  );
  const violations = checkQuotas(archive, localeId);
  if (violations.length > 0) {
    const described = violations.map(describeViolation);
    throw new QuotaExceededError(
      `The bot would pass quotas of Lex: ${described.join('; ')}. Remove what is not needed in the Lex console.`,
      { localeId, violations: described },
    );
  }
  return {
    archive,
    diff: {
      ...diffArchives(draft, archive, localeId),
      leftOut: leftOut.map(({ candidate: { text, intent }, reason }) => ({ text, intent, reason })),
    },
  };
}

/** Sample utterances that a diff adds, those of new intents included. */
export function addedIn(diff: ArchiveDiff): number {
  const lists = [
    ...Object.values(diff.addedUtterances),
    ...diff.newIntents.map(({ utterances }) => utterances),
  ];
  return lists.reduce((sum, list) => sum + list.length, 0);
}
