import { createHash } from 'node:crypto';

/** 8 hexadecimal digits behind a prefix: the same for the same members, in whatever order. */
export function stableId(prefix: string, memberIds: readonly string[]): string {
  return `${prefix}-${createHash('sha256')
    .update([...memberIds].sort().join('\n'))
    .digest('hex')
    .slice(0, 8)}`;
}
