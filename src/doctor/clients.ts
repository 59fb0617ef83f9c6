import type { BatchClient } from '@aws-sdk/client-batch';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { LexModelsV2Client } from '@aws-sdk/client-lex-models-v2';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { STSClient } from '@aws-sdk/client-sts';
import {
  createBatchClient,
  createBedrockClient,
  createCloudWatchClient,
  createIamClient,
  createLexModelsClient,
  createS3Client,
  createSnsClient,
  createStsClient,
} from '../platform/aws/clients';

/** What the checks ask. */
export interface DoctorClients {
  sts: STSClient;
  iam: IAMClient;
  s3: S3Client;
  lexModels: LexModelsV2Client;
  sns: SNSClient;
  batch: BatchClient;
  bedrock: BedrockRuntimeClient;
  cloudWatch: CloudWatchClient;
}

/** Clients for where the environment says. */
export function createDoctorClients(): DoctorClients {
  return {
    sts: createStsClient(),
    iam: createIamClient(),
    s3: createS3Client(),
    lexModels: createLexModelsClient(),
    sns: createSnsClient(),
    batch: createBatchClient(),
    bedrock: createBedrockClient(),
    cloudWatch: createCloudWatchClient(),
  };
}
