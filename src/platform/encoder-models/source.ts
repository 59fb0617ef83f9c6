import { InvalidConfigurationError } from '../../domain/errors';

/** Where a sentence encoder comes from. */
export type ModelSource =
  | { kind: 'folder'; folder: string }
  | { kind: 's3'; uri: string }
  | { kind: 'hub'; repository: string; revision: string };

const hubForm = /^hub:([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/;

/**
 * @param text a folder, `s3://BUCKET/PREFIX/`, or `hub:ORGANISATION/NAME@REVISION`; without a revision it is `main`
 * @throws InvalidConfigurationError for a name on the hub that is none
 */
export function parseModelSource(text: string): ModelSource {
  if (text.startsWith('s3://')) return { kind: 's3', uri: text.endsWith('/') ? text : `${text}/` };
  if (!text.startsWith('hub:')) return { kind: 'folder', folder: text };
  const [, repository, revision = 'main'] = hubForm.exec(text) ?? [];
  if (repository === undefined) {
    throw new InvalidConfigurationError(
      `"${text}" names no model of the hub. Write hub:ORGANISATION/NAME@REVISION, with a commit's hash as the revision.`,
      { model: text },
    );
  }
  return { kind: 'hub', repository, revision };
}
