import { CicloError } from '../../domain/errors';

/** A server died before it was ready, or was not ready in time. */
export class ServerStartError extends CicloError {
  /** @param lastLines the end of what the server itself wrote to its log */
  constructor(server: string, what: string, logFile: string, lastLines: string[]) {
    super(
      `${server} ${what}. ` +
        (lastLines.length > 0
          ? `Its last words:\n${lastLines.map((line) => `  ${line}`).join('\n')}\n`
          : 'It wrote nothing. ') +
        `The whole log is in ${logFile}.`,
      { server, logFile, lastLines },
    );
  }
}

/** Another process that is still running has started this server in the same state folder. */
export class StateFolderInUseError extends CicloError {
  constructor(server: string, stateFolder: string, ownerPid: number) {
    super(
      `${server} is already running in ${stateFolder}, started by process ${ownerPid}. ` +
        'Stop that one first (Ctrl-C in its terminal), or use another state folder.',
      { server, stateFolder, ownerPid },
    );
  }
}
