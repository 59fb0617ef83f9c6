import { broken, fine, notChecked, warning, type Finding } from '../../domain/doctor';
import type { Check } from '../check';

/** AWS refuses signatures that are off by more. */
const largestSkewMs = 5 * 60_000;
const noticeableSkewMs = 30_000;

/**
 * Whether this machine's clock agrees with that of AWS.
 * @param endpoint where a server of AWS answers; null where no region says which
 */
export function clockCheck(endpoint: () => Promise<string | null>, nowMs = Date.now): Check {
  return {
    id: 'clock',
    group: 'machine',
    title: 'The clock',
    async run(signal) {
      const url = await endpoint();
      if (url === null) return [];
      return [await judgeClock(url, signal, nowMs)];
    },
  };
}

async function judgeClock(url: string, signal: AbortSignal, nowMs: () => number): Promise<Finding> {
  const { host } = new URL(url);
  const startedMs = nowMs();
  let date: string | null;
  try {
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    date = response.headers.get('date');
  } catch {
    return notChecked(`the clock, because ${host} does not answer.`);
  }
  const theirsMs = date === null ? NaN : Date.parse(date);
  if (Number.isNaN(theirsMs)) return notChecked(`the clock, because ${host} tells no time.`);
  // The header has whole seconds, and was written between question and answer.
  const skewMs = (startedMs + nowMs()) / 2 - (theirsMs + 500);
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const direction = skewMs > 0 ? 'ahead of' : 'behind';
  const facts = { skewSeconds: Math.round(skewMs / 1_000), host };
  if (Math.abs(skewMs) <= noticeableSkewMs) return fine(`The clock agrees with that of ${host}.`, facts);
  const isTooMuch = Math.abs(skewMs) > largestSkewMs;
  return (isTooMuch ? broken : warning)(`The clock is ${seconds} seconds ${direction} that of ${host}.`, {
    why: isTooMuch
      ? 'AWS refuses requests that are signed at a time more than five minutes off.'
      : 'From five minutes on AWS refuses signed requests.',
    next: 'Set the clock by the network:',
    commands: [
      process.platform === 'darwin' ? 'sudo sntp -sS time.apple.com' : 'sudo timedatectl set-ntp true',
    ],
    facts,
  });
}
