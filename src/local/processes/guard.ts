import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Waits for the end of its standard input, which comes when whoever holds the other end is gone, however it went; then
 * ends the process named in its argument: SIGTERM, and SIGKILL after ten seconds.
 */
const GUARD_SCRIPT = `
read -r _
kill -TERM "$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10; do
  sleep 1
  kill -0 "$1" 2>/dev/null || exit 0
done
kill -KILL "$1" 2>/dev/null
`;

/**
 * Sees to it that a server does not outlive this process, not even when this one is killed.
 *
 * @returns a function that ends the watch; call it as soon as the server has ended
 */
export function guardServer(pid: number): () => void {
  const guard = spawn('sh', ['-c', GUARD_SCRIPT, 'guard', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell there is no guard; the record in the state folder still lets the next start clean up.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  (guard.stdin as unknown as Socket).unref();
  return () => void guard.kill('SIGKILL');
}
