import { useState } from 'react';
import { RequestError } from '../requests/client';
import { useSettings } from '../settings/settings';

/** Something that is sent once a person confirms it. */
export interface ConfirmedRequest {
  isSending: boolean;
  /** Why it was refused; null while it was not. */
  problem: string | null;
  run: () => void;
}

/**
 * @param send what is sent
 * @param done what follows when it was taken
 */
export function useConfirmedRequest(send: () => Promise<unknown>, done: () => void): ConfirmedRequest {
  const { words } = useSettings();
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    setIsSending(true);
    setProblem(null);
    try {
      await send();
      done();
    } catch (error) {
      setProblem(error instanceof RequestError ? words.errors(error) : String(error));
      setIsSending(false);
    }
  };
  return { isSending, problem, run: () => void run() };
}
