import type { Platform } from './versions';

const PLATFORMS: readonly string[] = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
] satisfies Platform[];

/** The machine we run on, or undefined when no server binaries are pinned for it. */
export function currentPlatform(): Platform | undefined {
  const name = `${process.platform}-${process.arch}`;
  return PLATFORMS.includes(name) ? (name as Platform) : undefined;
}
