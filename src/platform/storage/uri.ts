import { InvalidInputError } from '../../domain/errors';

/** Bucket and key of `s3://bucket/key`; the key may be empty for a whole bucket. */
export interface S3Location {
  bucket: string;
  key: string;
}

/**
 * Takes an `s3://` URI apart.
 *
 * @throws InvalidInputError for anything else
 */
export function parseS3Uri(uri: string): S3Location {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(uri);
  if (match === null) {
    throw new InvalidInputError(`"${uri}" is no S3 URI: write s3://BUCKET/KEY.`, { uri });
  }
  return { bucket: match[1] ?? '', key: match[2] ?? '' };
}

/** Puts a prefix and names below it together with exactly one slash between them. */
export function joinUri(prefix: string, ...names: string[]): string {
  return names.reduce((uri, name) => `${uri.replace(/\/+$/, '')}/${name.replace(/^\/+/, '')}`, prefix);
}
