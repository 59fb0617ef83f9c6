import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as module from '../../../src/platform/aws/clients';
import { withEnvironment } from '../../support/environment';

/** What the clients of all services have in common. */
interface Client {
  config: {
    maxAttempts(): Promise<number>;
    region(): Promise<string>;
    requestHandler: { metadata?: { handlerProtocol: string } };
  };
  destroy(): void;
}

const source = join(__dirname, '..', '..', '..', 'src');
const region = 'eu-west-1';

/** Every function of the module that makes a client; only that of KMS looks at the region. */
const makers = Object.entries(module).flatMap(([name, made]) =>
  typeof made === 'function' ? [[name, made as unknown as (region: string) => Client] as const] : [],
);

describe('AWS clients', () => {
  const environment = {
    AWS_REGION: region,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:8333',
    // Neither a profile nor the environment brings the SDK's own retries back.
    AWS_MAX_ATTEMPTS: '5',
  };

  for (const [name, make] of makers) {
    it(`of ${name} tries once, keeps its connections, and takes its region from where it is told to`, () =>
      withEnvironment(environment, async () => {
        const client = make(region);
        assert.equal(await client.config.maxAttempts(), 1);
        assert.equal(await client.config.region(), region);
        assert.equal(client.config.requestHandler.metadata?.handlerProtocol, 'http/1.1');
        client.destroy();
      }));
  }

  it('are made nowhere else, for the product', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.startsWith('local'),
    );
    const makes = (file: string) =>
      [...readFileSync(join(source, file), 'utf8').matchAll(/\bnew (\w+Client)\(/g)].map(([, made]) => made!);
    const makingFiles = files.filter((file) => makes(file).some((made) => made !== 'Client'));
    assert.deepEqual(makingFiles, [join('platform', 'aws', 'clients.ts')]);
    assert.equal(makes(makingFiles[0]!).length, makers.length);
  });
});
