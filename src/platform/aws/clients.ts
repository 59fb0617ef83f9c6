import { BatchClient } from '@aws-sdk/client-batch';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LexModelsV2Client } from '@aws-sdk/client-lex-models-v2';
import { LexRuntimeV2Client } from '@aws-sdk/client-lex-runtime-v2';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Clients take region, credentials, profile and endpoints from the SDK's own chain (environment, profiles, roles,
 * `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_SERVICE`). They try once: Temporal retries, where a person can see it.
 */
const maxAttempts = 1;

/** How long the clients wait. */
export const clientTimeouts = {
  connectionMs: 5_000,
  /** Silence on an open connection after which a request fails: before the worker's silence counts as its death. */
  silenceMs: 20_000,
  /** The same for KMS: a workflow task of 10 seconds waits for its answer. */
  kmsSilenceMs: 5_000,
};

function requestHandler(maxSockets = 50, silenceMs = clientTimeouts.silenceMs): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: clientTimeouts.connectionMs,
    socketTimeout: silenceMs,
    httpAgent: { keepAlive: true, maxSockets },
    httpsAgent: { keepAlive: true, maxSockets },
  });
}

/** Amazon S3; an endpoint that is an IP address gets path-style addresses from the SDK. */
export function createS3Client(): S3Client {
  return new S3Client({ maxAttempts, requestHandler: requestHandler() });
}

/** Amazon Lex V2, model building. */
export function createLexModelsClient(): LexModelsV2Client {
  return new LexModelsV2Client({ maxAttempts, requestHandler: requestHandler() });
}

/**
 * Amazon Lex V2, conversations; over HTTP/1.1, which keeps its connections: the SDK's own HTTP/2 handler opens a new
 * one for every call (measured with 200 calls: 200 connections against 4, and twice the time).
 */
export function createLexRuntimeClient(): LexRuntimeV2Client {
  return new LexRuntimeV2Client({ maxAttempts, requestHandler: requestHandler(200) });
}

/** AWS Batch. */
export function createBatchClient(): BatchClient {
  return new BatchClient({ maxAttempts, requestHandler: requestHandler() });
}

/** Amazon Bedrock, asking models; over HTTP/1.1, whose connections are kept from call to call. */
export function createBedrockClient(): BedrockRuntimeClient {
  return new BedrockRuntimeClient({ maxAttempts, requestHandler: requestHandler() });
}

/** Amazon SNS. */
export function createSnsClient(): SNSClient {
  return new SNSClient({ maxAttempts, requestHandler: requestHandler() });
}

/** AWS KMS in the region of a key. */
export function createKmsClient(region: string): KMSClient {
  return new KMSClient({
    region,
    maxAttempts,
    requestHandler: requestHandler(50, clientTimeouts.kmsSilenceMs),
  });
}

/** Amazon CloudWatch. */
export function createCloudWatchClient(): CloudWatchClient {
  return new CloudWatchClient({ maxAttempts, requestHandler: requestHandler() });
}

/** AWS STS. */
export function createStsClient(): STSClient {
  return new STSClient({ maxAttempts, requestHandler: requestHandler() });
}

/** AWS IAM, which is the same in every region. */
export function createIamClient(): IAMClient {
  return new IAMClient({ maxAttempts, requestHandler: requestHandler() });
}
