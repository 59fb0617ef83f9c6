import * as os from 'node:os';
import * as path from 'node:path';

/** Where what was fetched is kept: `CICLO_CACHE_DIR`, else the cache folder that the system gives its users. */
export function cacheFolder(env: NodeJS.ProcessEnv, systemName: NodeJS.Platform): string {
  if (env.CICLO_CACHE_DIR) return path.resolve(env.CICLO_CACHE_DIR);
  if (systemName === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'ciclo');
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'ciclo');
}
