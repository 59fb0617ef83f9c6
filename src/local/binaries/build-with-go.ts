import type { Effects } from './effects';
import type { BinaryPins } from './versions';

const BUILD_TIMEOUT_MS = 30 * 60_000;

/** Builds the command with the Go toolchain on PATH; Go verifies every module against its checksum database. */
export async function buildWithGo(pins: BinaryPins, folder: string, effects: Effects): Promise<void> {
  if (!pins.go) throw new Error('it is no Go program that can be installed by version');
  const result = await effects.run(
    'go',
    // Without symbols the binary is a sixth smaller.
    ['install', '-ldflags', '-s -w', `${pins.go.package}@${pins.go.version}`],
    { cwd: folder, env: { ...effects.env, GOBIN: folder }, timeoutMs: BUILD_TIMEOUT_MS },
  );
  if (!result.ok) throw new Error(result.reason);
}
