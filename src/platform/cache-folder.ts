import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where what was fetched is kept: `CICLO_CACHE_DIR`, else the cache folder that the system gives its users. */
export function cacheFolder(env: NodeJS.ProcessEnv, systemName: NodeJS.Platform): string {
  if (env.CICLO_CACHE_DIR) return path.resolve(env.CICLO_CACHE_DIR);
  if (systemName === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'ciclo');
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'ciclo');
}

/** Where points of texts are kept between runs that have no store of their own: a prefix of `file://` URIs. */
export function cachedEmbeddingsUri(env: NodeJS.ProcessEnv, systemName: NodeJS.Platform): string {
  return `${pathToFileURL(path.join(cacheFolder(env, systemName), 'embeddings')).href}/`;
}
