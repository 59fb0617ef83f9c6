import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { createDoctorClients, examine, type DoctorOptions } from '../../src/doctor';
import type { CheckReport, Finding } from '../../src/domain/doctor';
import type { PipelineConfiguration } from '../../src/domain/pipeline';
import { FaultPlan } from '../../src/local/aws/faults/fault-plan';
import { startS3FaultProxy } from '../../src/local/aws/faults/s3-proxy';
import { everything, type Policy } from '../../src/local/aws/iam/policy';
import type { LocalServer } from '../../src/local/aws/server';
import { startLocalAws, type LocalAws } from '../../src/local/aws/start';
import { loadExample } from '../../src/local/example/load-example';
import { parsePipelineFile } from '../../src/platform/configuration';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { withEnvironment } from '../support/environment';
import { startTestS3, type TestS3 } from '../support/s3';

const root = join(__dirname, '..', '..');

/** The café on stand-ins, whose calls can be made to fail and whose policies can be changed. */
export class DoctorWorld {
  readonly faults = new FaultPlan();
  readonly policies: Policy[] = [everything];
  configuration!: PipelineConfiguration;
  private folder = '';
  private aws!: LocalAws;
  private s3!: TestS3;
  private proxy!: LocalServer;

  static async start(): Promise<DoctorWorld> {
    const world = new DoctorWorld();
    await world.furnish();
    return world;
  }

  private async furnish(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'ciclo-doctor-'));
    this.aws = await startLocalAws({
      stateDirectory: join(this.folder, 'aws'),
      faults: this.faults,
      policies: this.policies,
      latency: { importMs: 20, buildMs: 20, versionMs: 20, aliasMs: 10, exportMs: 10, changeMs: 10 },
    });
    this.s3 = await startTestS3();
    this.proxy = await startS3FaultProxy(this.s3.access.endpoint, this.faults);
    this.configuration = await parsePipelineFile(join(root, 'pipelines', 'cafe.yaml'));
    await this.s3.client.send(new CreateBucketCommand({ Bucket: 'ciclo' }));
    await withEnvironment(this.environment, async () => {
      const clients = createDoctorClients();
      await loadExample({
        folder: join(root, 'examples', 'cafe'),
        configuration: this.configuration,
        store: this.store,
        ...clients,
        image: 'ciclo-jobs',
        report: () => undefined,
      });
      for (const client of Object.values(clients)) (client as { destroy(): void }).destroy();
    });
  }

  /** For commands that use these servers. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.aws.endpoint,
      AWS_ENDPOINT_URL_S3: this.proxy.endpoint,
      AWS_ACCESS_KEY_ID: this.s3.access.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.s3.access.secretAccessKey,
      AWS_REGION: 'eu-west-1',
    };
  }

  get store() {
    return openObjectStore({ s3: this.s3.client });
  }

  /** What the doctor says of the café, changed as the test wants it. */
  async examine(
    change: Partial<PipelineConfiguration> = {},
    options: Partial<DoctorOptions> = {},
  ): Promise<CheckReport[]> {
    return withEnvironment(this.environment, () =>
      examine({
        projectFolder: root,
        engines: '>=20.19.0',
        stateFolder: this.folder,
        searchAttributes,
        clients: createDoctorClients(),
        connectTemporal: () => Promise.reject(new Error('There is no Temporal in this test.')),
        inspectBinaries: null,
        ownBuild: () => Promise.resolve(null),
        isNothingChosen: false,
        readPipeline: () => Promise.resolve({ ...this.configuration, ...change }),
        signal: new AbortController().signal,
        // Machines that test are busy.
        limitMs: 60_000,
        ...options,
      }),
    );
  }

  async stop(): Promise<void> {
    await this.aws.stop();
    await this.proxy.close();
    await this.s3.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The findings of one check. */
export function findingsOf(reports: readonly CheckReport[], id: string): Finding[] {
  const report = reports.find((one) => one.id === id);
  if (!report) throw new Error(`There is no check ${id}.`);
  return report.findings;
}

/** A finding in one line: level and what it says. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map(({ level, what }) => `${level}: ${what}`);
}
