import type { JournalEntry } from '../../src/local/aws/journal';
import { hasTrained, resultOf } from './outcome';
import type { Records, Truth, Violation } from './records';

/** One import, one build, one version and, where promoted, one switch of the live alias for each cycle that trained. */
export function checkLex(records: Records, truth: Truth): Violation[] {
  const violations: Violation[] = [];
  const { lex, journal } = records;
  const promotedVersions: string[] = [];
  const expectedVersions: string[] = [];
  for (const { number, runId, startedMs, endedMs } of truth.cycles) {
    const result = resultOf(records, runId);
    if (result === undefined) continue;
    const add = (check: string, evidence: string) => violations.push({ cycle: number, check, evidence });
    const accepted = journal.filter(({ at, status }) => {
      const atMs = Date.parse(at);
      return status < 300 && atMs >= startedMs && atMs <= endedMs;
    });
    const expectRequests = (
      what: string,
      count: number,
      belongs: (entry: JournalEntry) => boolean,
    ): JournalEntry[] => {
      const found = accepted.filter(belongs);
      if (found.length !== count)
        add(
          `${what}: ${count}`,
          found.length === 0
            ? 'none in the journal'
            : found.map((entry) => `${entry.at} ${entry.operation} ${JSON.stringify(entry.keys)}`).join('; '),
        );
      return found;
    };
    const once = hasTrained(result) ? 1 : 0;
    const imports = expectRequests('imports started', once, ({ operation }) => operation === 'StartImport');
    expectRequests('builds started', once, ({ operation }) => operation === 'BuildBotLocale');
    expectRequests('versions made', once, ({ operation }) => operation === 'CreateBotVersion');
    const promoted = result.outcome === 'promoted';
    expectRequests(
      'switches of the live alias',
      promoted ? 1 : 0,
      ({ operation, keys }) => operation === 'UpdateBotAlias' && keys['botAliasId'] === lex.liveAlias.id,
    );
    for (const { keys } of imports) {
      const status = lex.imports.find(({ id }) => id === keys['importId'])?.status;
      if (status !== 'Completed') add('the import succeeded', `${keys['importId']} is ${status}`);
    }
    const own = lex.versions.filter(({ description }) => description?.includes(runId));
    if (own.length !== once || own.some(({ status }) => status !== 'Available'))
      add(
        `versions of the run: ${once}`,
        own.map(({ version, status }) => `${version} ${status}`).join(', ') || 'none',
      );
    expectedVersions.push(...own.map(({ version }) => version));
    if (promoted) {
      promotedVersions.push(...own.map(({ version }) => version));
      if (own[0]?.version !== result.liveVersionAfter)
        add(
          'the promoted version is the run’s',
          `made ${own[0]?.version}, result says ${result.liveVersionAfter}`,
        );
    }
  }
  const add = (check: string, evidence: string) => violations.push({ cycle: null, check, evidence });
  const strangers = lex.versions.slice(1).filter(({ version }) => !expectedVersions.includes(version));
  if (strangers.length > 0)
    add('no other version was made', strangers.map(({ version }) => version).join(', '));
  const history = [lex.versions[0]?.version, ...promotedVersions].join(' → ');
  if (lex.liveAlias.history.join(' → ') !== history)
    add(
      'the alias went through the promoted versions',
      `${lex.liveAlias.history.join(' → ')}, wanted ${history}`,
    );
  if (lex.liveAlias.status !== 'Available') add('the alias is settled', lex.liveAlias.status);
  if (lex.localeStatus !== 'Built') add('DRAFT is built', lex.localeStatus);
  return violations;
}
