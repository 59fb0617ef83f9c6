import type { ActivityInterfaceFor, ActivityOptions } from '@temporalio/workflow';
import type { createActivities } from '../activities';

type Activities = ReturnType<typeof createActivities>;

/** What the Temporal UI shows beside each activity: what it is about, never what anybody said. */
const summaries: { [Name in keyof Activities]: (input: Parameters<Activities[Name]>[0]) => string } = {
  openCycle: ({ pipeline }) => `Open a cycle of ${pipeline}`,
  recordStage: ({ manifest }) => `Note what ${manifest.stage} made`,
  findStageResult: ({ stage }) => `Look for an earlier result of ${stage}`,
  keepStatus: () => 'Keep how the cycle ended',
  completeCycle: ({ cycle }) => `Note what cycle ${cycle} leaves to the next one`,
  listNewLogs: ({ logsUri }) => `List new logs in ${logsUri}`,
  prepareUtterances: ({ engine }) => `Prepare utterances on ${engine}`,
  discoverCategories: ({ engine }) => `Discover categories on ${engine}`,
  openReview: () => 'Lay out the proposals',
  resolveSplit: ({ decision }) => `Check the split of ${decision.proposal}`,
  resolveMove: ({ decision }) => `Check the move of ${decision.members.length} phrases`,
  storeDecisions: () => 'Store the decisions of the review',
  buildDataset: ({ cycle }) => `Build the data set of cycle ${cycle}`,
  resolveBot: ({ target }) => `Look up bot ${target.bot}, alias ${target.alias}`,
  readBotDraft: ({ bot }) => `Export DRAFT of ${bot.botName}`,
  compareDraft: () => 'Compare DRAFT with what was expected',
  noteDraft: ({ settled }) => (settled ? 'Note what DRAFT holds' : 'Note what goes into DRAFT'),
  writeChallengerArchive: ({ localeId }) => `Write the challenger's archive for ${localeId}`,
  writeCsvArchive: ({ localeId }) => `Write the CSV's archive for ${localeId}`,
  importBotArchive: ({ bot }) => `Import into DRAFT of ${bot.botName}`,
  buildBotLocale: ({ bot }) => `Build ${bot.localeId} of ${bot.botName}`,
  createBotVersion: ({ bot }) => `Make a version of ${bot.botName}`,
  pointEvaluationAliases: ({ championVersion, challengerVersion }) =>
    `Point the evaluation aliases to versions ${championVersion} and ${challengerVersion}`,
  askModel: ({ model, items }) => `Ask the ${model} ${items.rows} items`,
  saveAlias: ({ bot }) => `Save alias ${bot.aliasName} as it is`,
  findSavedAlias: () => 'Look for the alias as it was before a switch',
  switchAlias: ({ bot, version }) => `Switch alias ${bot.aliasName} to version ${version}`,
  restoreAlias: ({ bot }) => `Put alias ${bot.aliasName} back`,
  smokeTest: ({ bot, utterances }) => `Try alias ${bot.aliasName} with ${utterances} utterances`,
  compareModels: ({ champion, challenger }) =>
    `Compare version ${challenger.version} with version ${champion.version}`,
  decideGate: ({ gate }) => `Decide by the policy "${gate.policy}"`,
  registerChallenger: ({ challengerVersion }) => `Register version ${challengerVersion} as a candidate`,
  planPromotion: ({ modelVersion }) => `Plan the promotion of model v${modelVersion}`,
  approveModel: ({ modelVersion }) => `Approve model v${modelVersion}`,
  withdrawApproval: ({ modelVersion }) => `Withdraw the approval of model v${modelVersion}`,
  markModelLive: ({ modelVersion }) => `Mark model v${modelVersion} as live`,
  planRollback: ({ pipeline }) => `Plan the rollback of ${pipeline}`,
  writeReport: ({ modelVersion }) => `Write the report on model v${modelVersion}`,
  readBaseline: ({ bot, days }) => `Read ${days} days of traffic on alias ${bot.aliasName}`,
  readTraffic: ({ bot, until }) => `Read the traffic on alias ${bot.aliasName} until ${until}`,
  recordWatch: ({ status }) => `Note how the watch over model v${status.modelVersion} ended`,
  recordAudit: ({ records }) =>
    `Note ${records.length} ${records.length === 1 ? 'event' : 'events'} in the audit trail`,
  notify: ({ kind }) => `Tell people: ${kind}`,
};

/**
 * Gives every call of these activities its summary.
 * @param activities as `proxyActivities` made them
 */
export function withSummaries<Chosen extends object>(activities: ActivityInterfaceFor<Chosen>): Chosen {
  const callable = activities as unknown as Record<string, Executable>;
  return new Proxy({} as Chosen, {
    get: (_, name: string) => (input: unknown) => {
      const { executeWithOptions } = callable[name]!;
      const summarise = summaries[name as keyof Activities] as (about: unknown) => string;
      return executeWithOptions({ summary: summarise(input) }, [input]);
    },
  });
}

interface Executable {
  executeWithOptions: (options: ActivityOptions, args: unknown[]) => Promise<unknown>;
}
