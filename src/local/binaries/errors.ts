import { CicloError } from '../../domain/errors';

/** One way that was tried to find or fetch a binary, and why it did not work. */
export interface FailedChoice {
  choice: string;
  reason: string;
}

/** A server binary could not be found on this machine nor fetched in any way. */
export class BinaryNotFoundError extends CicloError {
  constructor(
    title: string,
    executable: string,
    pathVariable: string,
    byHand: string,
    failed: FailedChoice[],
  ) {
    const tried = failed.map(({ choice, reason }) => `${choice}: ${reason}`);
    super(
      `${title} (${executable}) could not be found or fetched. Tried:\n${tried.map((line) => `  - ${line}`).join('\n')}\n` +
        `What helps: connect to the internet and try again, ${byHand}, or set ${pathVariable} to the executable.`,
      { executable, tried },
    );
  }
}
