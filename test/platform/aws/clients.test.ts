import assert from 'node:assert/strict';
import {
  createBatchClient,
  createLexModelsClient,
  createLexRuntimeClient,
  createS3Client,
  createSnsClient,
} from '../../../src/platform/aws/clients';
import { withEnvironment } from '../../support/environment';

describe('AWS clients', () => {
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:8333',
  };

  it('try once, keep their connections, and take region and endpoints from the environment', () =>
    withEnvironment(environment, async () => {
      const clients = {
        s3: createS3Client(),
        lexModels: createLexModelsClient(),
        lexRuntime: createLexRuntimeClient(),
        batch: createBatchClient(),
        sns: createSnsClient(),
      };
      for (const [name, client] of Object.entries(clients)) {
        assert.equal(await client.config.maxAttempts(), 1, name);
        assert.equal(await client.config.region(), 'eu-west-1', name);
        assert.equal(client.config.requestHandler.metadata?.handlerProtocol, 'http/1.1', name);
        client.destroy();
      }
    }));
});
