import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { broken, fine, notChecked, type Finding } from '../../domain/doctor';
import { awsFailureKind } from '../../platform/aws/errors';
import { awsCallWith } from '../aws-call';
import { settled, type Check } from '../check';

/** Who calls AWS. */
export interface CallerIdentity {
  account: string;
  arn: string;
  region: string;
}

/** No region is configured. */
export class NoRegionError extends Error {}

/**
 * Asks AWS who we are.
 * @throws NoRegionError before anything is asked; the translated errors of STS
 */
export async function callerIdentity(sts: STSClient, signal: AbortSignal): Promise<CallerIdentity> {
  const { value: region, error } = await settled(Promise.resolve().then(() => sts.config.region()));
  if (error !== undefined || !region) throw new NoRegionError('No region is configured.');
  const { Account, Arn } = await awsCallWith(signal)('GetCallerIdentity', 'these credentials', (options) =>
    sts.send(new GetCallerIdentityCommand({}), options),
  );
  return { account: Account ?? '', arn: Arn ?? '', region };
}

/**
 * Whether credentials and region are there.
 * @param isNothingChosen nobody said which account, and `npm start` does not run: that there is none is no fault
 */
export function identityCheck(identity: () => Promise<CallerIdentity>, isNothingChosen: boolean): Check {
  return {
    id: 'identity',
    group: 'account',
    title: 'Credentials',
    async run() {
      const { value, error } = await settled(identity());
      if (value !== undefined) return [judgeIdentity(value)];
      if (isNothingChosen && (error instanceof NoRegionError || isWithoutCredentials(error))) {
        return [
          notChecked('the account, because none is chosen and the servers of npm start do not run.', {
            next: 'Start them, or name your account (AWS_PROFILE and AWS_REGION, or a role):',
            commands: ['npm start'],
          }),
        ];
      }
      return [judgeFailure(error)];
    },
  };
}

function judgeIdentity({ account, arn, region }: CallerIdentity): Finding {
  return fine(`You are ${arn} (account ${account}), in ${region}.`, { account, arn, region });
}

function judgeFailure(error: unknown): Finding {
  if (error instanceof NoRegionError) {
    return broken('No AWS region is configured.', {
      why: 'Bots, topics and queues live in a region; without one no call can be made.',
      next: 'Name the region of the bot:',
      commands: ['export AWS_REGION=eu-west-1'],
    });
  }
  const { message } = error as Error;
  const kind = awsFailureKind(error);
  if (kind === 'expired-credentials') {
    return broken('The AWS credentials have expired.', {
      why: message,
      next: 'Renew them; for single sign-on:',
      commands: ['aws sso login'],
    });
  }
  if (kind !== 'denied') return broken(message);
  return broken(
    isWithoutCredentials(error) ? 'There are no AWS credentials.' : 'AWS does not take the credentials.',
    {
      why: message,
      next: 'Name a profile, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a role. What is in use, and where it comes from:',
      commands: ['aws configure list'],
    },
  );
}

/** Nothing was found that could be sent; as opposed to what AWS refuses. */
export function isWithoutCredentials(error: unknown): boolean {
  return error instanceof Error && 'facts' in error
    ? (error.facts as { service?: unknown }).service === 'CredentialsProviderError'
    : false;
}
