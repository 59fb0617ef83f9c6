import {
  broken,
  fine,
  notChecked,
  requiredPermissions,
  statementsFor,
  type Finding,
  type RequiredPermission,
} from '../../domain/doctor';
import type { PipelineConfiguration } from '../../domain/pipeline';
import type { BotReference } from '../../activities/targets/lex';
import { settled, type Check } from '../check';
import type { DoctorClients } from '../clients';
import type { CallerIdentity } from './identity';
import { tryCall, type Outcome } from './outcome';
import { simulate } from './simulate';
import { judgeStoreTrial, tryStore } from './store-trial';
import { harmlessTries, type Tries } from './tries';

/** Why the worker needs each statement of its policy. */
const purposes: Record<string, string> = {
  ReadLogsAndGoldenSet: 'Without it a cycle reads nothing.',
  KeepArtifacts: 'Every stage keeps its results there.',
  ListTheBucket: 'New logs are found by listing.',
  RetrainTheBot: 'Training imports utterances into DRAFT, builds it and makes a version.',
  SwitchAndAskAliases: 'Versions are compared by asking them, and promoted by switching the alias.',
  WhatLexDoesNotNarrow: 'Bots are found by name, imported and exported with it.',
  WatchTheLiveAlias: 'After a promotion the traffic decides whether it is taken back.',
  TellPeople: 'Nobody would learn that a review waits.',
  RunJobsOnBatch: 'The pipeline runs data jobs on AWS Batch.',
  WhatBatchDoesNotNarrow: 'Jobs are followed with it, and found again after a crash.',
  AskModelsOnBedrock: 'The pipeline embeds phrases, or has names suggested, by a model on Bedrock.',
  EncryptWhatTemporalKeeps: 'Without the key no payload can be written or read.',
};

export interface PermissionsCheckOptions {
  clients: DoctorClients;
  configuration: PipelineConfiguration;
  identity: () => Promise<CallerIdentity>;
  bot: () => Promise<BotReference>;
  /** Exports DRAFT. */
  draft: () => Promise<unknown>;
  /** Keys that encrypt what Temporal keeps. */
  kmsKeys: () => string[];
  /** Tries of the keys. */
  keyTries: () => Tries;
}

/** Every permission that the worker needs: tried where that has no effect, else asked of IAM. */
export function permissionsCheck(options: PermissionsCheckOptions): Check {
  return {
    id: 'permissions',
    group: 'account',
    title: 'Permissions',
    run: (signal) => checkPermissions(options, signal),
  };
}

async function checkPermissions(options: PermissionsCheckOptions, signal: AbortSignal): Promise<Finding[]> {
  const { clients, configuration } = options;
  const [identity, bot] = await Promise.all([settled(options.identity()), settled(options.bot())]);
  const caller = identity.value ?? null;
  const [, partition = 'aws', , topicRegion = '', topicAccount = ''] =
    configuration.notify.topicArn.split(':');
  const required = requiredPermissions(configuration, {
    partition,
    region: caller?.region ?? topicRegion,
    account: caller?.account ?? topicAccount,
    botId: bot.value?.botId ?? botIdIn(bot.error) ?? configuration.target.bot,
    kmsKeyArns: options.kmsKeys(),
  });
  const trial = tryStore(clients.s3, configuration.store.uri, signal);
  const tries: Tries = {
    ...harmlessTries(clients, configuration, bot.value ?? null, () => trial, signal),
    ...(bot.value && { 'RetrainTheBot lex:CreateExport': () => tryCall(options.draft) }),
    ...options.keyTries(),
  };
  const outcomes = new Map<RequiredPermission, Outcome>();
  await Promise.all(
    required.map(async (permission) => {
      const outcome = await tries[`${permission.sid} ${permission.action}`]?.();
      if (outcome) outcomes.set(permission, outcome);
    }),
  );
  const open = required.filter((permission) => (outcomes.get(permission)?.kind ?? 'unknown') === 'unknown');
  const simulated = caller
    ? await simulate(clients.iam, caller.arn, open, signal)
    : open.map((): Outcome => ({ kind: 'unknown', reason: 'AWS does not say who we are' }));
  open.forEach((permission, index) => outcomes.set(permission, simulated[index]!));
  return [
    ...judgePermissions(caller?.arn ?? 'This identity', required, (one) => outcomes.get(one)!),
    ...judgeStoreTrial(configuration.store.uri, await trial),
  ];
}

/** Puts outcomes into findings: one for each statement of the policy, and one for each reason of not knowing. */
export function judgePermissions(
  who: string,
  required: readonly RequiredPermission[],
  outcomeOf: (permission: RequiredPermission) => Outcome,
): Finding[] {
  const findings: Finding[] = [];
  const unknown = new Map<string, RequiredPermission[]>();
  for (const sid of new Set(required.map((permission) => permission.sid))) {
    const permissions = required.filter((permission) => permission.sid === sid);
    const denied = permissions.filter((permission) => outcomeOf(permission).kind === 'denied');
    if (denied.length > 0) findings.push(judgeDenied(who, sid, denied, outcomeOf));
    const allowed = permissions.map(outcomeOf).filter((outcome) => outcome.kind === 'allowed');
    if (allowed.length > 0) {
      const tried = allowed.filter(({ how }) => how === 'tried').length;
      const ways = [
        tried > 0 ? `${tried} tried` : null,
        allowed.length > tried ? `${allowed.length - tried} by IAM's simulation` : null,
      ].filter((way) => way !== null);
      findings.push(
        fine(`${words(sid)}: ${allowed.length} of ${permissions.length} permissions (${ways.join(', ')}).`, {
          statement: sid,
          permissions: permissions.map((one) => ({
            action: one.action,
            resources: one.resources,
            ...outcomeOf(one),
          })),
        }),
      );
    }
    for (const permission of permissions) {
      const outcome = outcomeOf(permission);
      if (outcome.kind === 'unknown')
        unknown.set(outcome.reason, [...(unknown.get(outcome.reason) ?? []), permission]);
    }
  }
  for (const [reason, permissions] of unknown) {
    findings.push(
      notChecked(
        `${permissions.map(({ action }) => action).join(', ')}, because trying would change something or told nothing, and ${reason}.`,
        {
          next: 'Let somebody who may simulate policies (iam:SimulatePrincipalPolicy, iam:GetRole) run this, or compare with docs/iam-policy.json.',
          facts: { actions: permissions.map(({ action }) => action), reason },
        },
      ),
    );
  }
  return findings;
}

function judgeDenied(
  who: string,
  sid: string,
  denied: readonly RequiredPermission[],
  outcomeOf: (permission: RequiredPermission) => Outcome,
): Finding {
  const resources = [...new Set(denied.flatMap((permission) => permission.resources))];
  const isExplicit = denied.some((permission) => {
    const outcome = outcomeOf(permission);
    return outcome.kind === 'denied' && /explicit deny|denies it/i.test(outcome.words);
  });
  return broken(
    `${who} may not ${denied.map(({ action }) => action).join(', ')} on ${resources.join(', ')}.`,
    {
      why: purposes[sid.replace(/\d+$/, '')],
      next: isExplicit
        ? 'A policy denies it (also one of the bucket, the key or the organisation may): remove the denial, and allow:'
        : 'Add to its policy:',
      statements: statementsFor(denied),
      facts: {
        statement: sid,
        denied: denied.map((one) => ({ action: one.action, resources: one.resources, ...outcomeOf(one) })),
      },
    },
  );
}

/** `ReadLogsAndGoldenSet` → `Read logs and golden set` */
function words(sid: string): string {
  const text = sid.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return text.replace(/^./, (letter) => letter.toUpperCase());
}

/** A bot whose alias cannot be used is found all the same. */
function botIdIn(error: unknown): string | undefined {
  const facts = error instanceof Error && 'facts' in error ? (error.facts as { botId?: unknown }) : {};
  return typeof facts.botId === 'string' ? facts.botId : undefined;
}
