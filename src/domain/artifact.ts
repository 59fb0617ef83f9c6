/** An immutable object in the artifact store. All data between stages passes as such references. */
export interface Artifact {
  /** `s3://bucket/key`, or `file:///path` for the commands that work on plain files. */
  uri: string;
  /** Of the stored bytes, in hexadecimal. */
  sha256: string;
  bytes: number;
  /** Records in it: lines of a JSON-lines artifact, else 1. */
  rows: number;
  /** Version of the shape of its content. */
  schemaVersion: number;
}
