import { accountId } from '../account';
import { ServiceError } from '../errors';
import { type QueryHandlers, queryEntries } from '../protocol/query';
import { localRole } from '../sts/service';
import { evaluate, type Policy } from './policy';

const roleArn = `arn:aws:iam::${accountId}:role/${localRole}`;
const noSuchEntity = (what: string) => new ServiceError('NoSuchEntity', 404, `${what} cannot be found.`);

/**
 * IAM, as far as it is asked what the caller's role may do.
 * @param policies of that role, looked at anew for every call
 */
export function createIam(policies: readonly Policy[]): QueryHandlers {
  return {
    GetRole({ RoleName: name }) {
      if (name !== localRole) throw noSuchEntity(`The role with name ${String(name)}`);
      return { Role: { RoleName: localRole, Arn: roleArn, Path: '/', RoleId: 'AROALOCALLOCALLOCAL12' } };
    },

    SimulatePrincipalPolicy(input) {
      if (input.PolicySourceArn !== roleArn) throw noSuchEntity(String(input.PolicySourceArn));
      const context = new Map(
        queryEntries(input.ContextEntries).map((entry) => {
          const { ContextKeyName, ContextKeyValues } = entry as Record<string, unknown>;
          return [String(ContextKeyName), queryEntries(ContextKeyValues).map(String)];
        }),
      );
      const resources = queryEntries(input.ResourceArns).map(String);
      const decided = queryEntries(input.ActionNames).map((action) =>
        (resources.length === 0 ? ['*'] : resources).map((resource) => ({
          action: String(action),
          resource,
          decision: evaluate(policies, String(action), resource, context),
        })),
      );
      return {
        IsTruncated: 'false',
        EvaluationResults: decided.map((results) => ({
          EvalActionName: results[0]!.action,
          EvalResourceName: results[0]!.resource,
          EvalDecision:
            results.find(({ decision }) => decision !== 'allowed')?.decision ?? results[0]!.decision,
          ResourceSpecificResults: results.map(({ resource, decision }) => ({
            EvalResourceName: resource,
            EvalResourceDecision: decision,
          })),
        })),
      };
    },
  };
}
