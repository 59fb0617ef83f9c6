import {
  type ContextEntry,
  type EvaluationResult,
  GetRoleCommand,
  type IAMClient,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import type { RequiredPermission } from '../../domain/doctor';
import { tryCall, type Outcome } from './outcome';

const assumedRole = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\//;
const user = /^arn:[\w-]+:iam::\d{12}:user\//;

/**
 * Asks IAM what its policies say of permissions that cannot be tried without an effect: one call for all actions on the
 * same resources, because IAM takes few calls a second.
 *
 * @param callerArn as STS names it
 * @returns in the order of the permissions
 */
export async function simulate(
  iam: IAMClient,
  callerArn: string,
  permissions: readonly RequiredPermission[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const source = await policySource(iam, callerArn, signal);
  if (typeof source !== 'string') return permissions.map(() => source);
  const together = new Map<string, RequiredPermission[]>();
  for (const permission of permissions) {
    const key = JSON.stringify([permission.resources, permission.condition]);
    together.set(key, [...(together.get(key) ?? []), permission]);
  }
  const outcomes = new Map<RequiredPermission, Outcome>();
  for (const group of together.values()) {
    const answers = await simulateGroup(iam, source, callerArn, group, signal);
    group.forEach((permission, index) => outcomes.set(permission, answers[index]!));
  }
  return permissions.map((permission) => outcomes.get(permission)!);
}

/** @param group permissions on the same resources */
async function simulateGroup(
  iam: IAMClient,
  source: string,
  callerArn: string,
  group: readonly RequiredPermission[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const [{ resources }] = group as [RequiredPermission];
  let results: EvaluationResult[] = [];
  const asked = await tryCall(async () => {
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: source,
        ActionNames: group.map(({ action }) => action),
        ResourceArns: resources.map(exampleOf),
        ContextEntries: contextOf(group[0]!),
      }),
      { abortSignal: signal },
    );
    results = answer.EvaluationResults ?? [];
  });
  const unknown = (reason: string) => group.map((): Outcome => ({ kind: 'unknown', reason }));
  if (asked.kind === 'denied') return unknown(`iam:SimulatePrincipalPolicy is refused to ${callerArn}`);
  if (asked.kind === 'unknown') return unknown(asked.reason);
  return group.map(({ action }) =>
    outcomeOf(
      results.filter(({ EvalActionName }) => EvalActionName?.toLowerCase() === action.toLowerCase()),
      source,
    ),
  );
}

/** The ARN that IAM knows the caller's policies by. */
async function policySource(
  iam: IAMClient,
  callerArn: string,
  signal: AbortSignal,
): Promise<string | Outcome> {
  if (user.test(callerArn)) return callerArn;
  const role = assumedRole.exec(callerArn);
  if (role === null) return { kind: 'unknown', reason: `IAM cannot simulate the policies of ${callerArn}` };
  const [, partition, account, name] = role;
  let arn: string | undefined;
  // STS leaves out a role's path; whoever may not ask for it gets the name without one.
  await tryCall(async () => {
    arn = (await iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal: signal })).Role?.Arn;
  });
  return arn ?? `arn:${partition}:iam::${account}:role/${name}`;
}

function outcomeOf(results: readonly EvaluationResult[], source: string): Outcome {
  if (results.length === 0) return { kind: 'unknown', reason: `IAM gives no answer for ${source}` };
  const decisions = results.flatMap(
    ({ EvalDecision, MissingContextValues, EvalResourceName, ResourceSpecificResults = [] }) =>
      ResourceSpecificResults.length > 0
        ? ResourceSpecificResults.map((one) => ({
            decision: one.EvalResourceDecision,
            resource: one.EvalResourceName,
            missing: one.MissingContextValues ?? [],
          }))
        : [{ decision: EvalDecision, resource: EvalResourceName, missing: MissingContextValues ?? [] }],
  );
  const denied = decisions.find(({ decision }) => decision !== 'allowed');
  if (denied === undefined) return { kind: 'allowed', how: 'simulated' };
  if (denied.missing.length > 0)
    return { kind: 'unknown', reason: `the policy depends on ${denied.missing.join(', ')}` };
  const how = denied.decision === 'explicitDeny' ? 'a policy denies it' : 'no policy allows it';
  return { kind: 'denied', how: 'simulated', words: `${how} on ${denied.resource ?? '*'}` };
}

/** A resource that a pattern stands for. */
function exampleOf(pattern: string): string {
  if (pattern === '*') return pattern;
  return pattern.replace(/(job-definition\/[^*]*)\*$/, '$1:1').replace(/\*$/, 'doctor');
}

/** What the permission's own condition asks for, as a request of the worker has it. */
function contextOf({ condition = {} }: RequiredPermission): ContextEntry[] {
  return Object.values(condition).flatMap((keys) =>
    Object.entries(keys).map(([ContextKeyName, values]) => ({
      ContextKeyName,
      ContextKeyType: 'string' as const,
      ContextKeyValues: [(typeof values === 'string' ? values : values[0]!).replace(/\*$/, 'doctor')],
    })),
  );
}
