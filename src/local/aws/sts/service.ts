import { accountId } from '../account';
import { type QueryHandlers } from '../protocol/query';

/** The role that everybody has here. */
export const localRole = 'ciclo-local';

/** STS, as far as it is asked who calls. */
export function createSts(): QueryHandlers {
  return {
    GetCallerIdentity() {
      return {
        UserId: `AROALOCALLOCALLOCAL12:session`,
        Account: accountId,
        Arn: `arn:aws:sts::${accountId}:assumed-role/${localRole}/session`,
      };
    },
  };
}
