import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import type { CheckReport } from '../../src/domain/doctor';
import { DoctorWorld, findingsOf, told } from '../doctor/doctor-world';

const client = join(__dirname, '../../dist/client.js');

describe('ciclo doctor, as a person calls it', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ciclo-doctor-command-'));
    // Whatever runs at the usual address of this machine is not meant.
    writeFileSync(join(folder, 'temporal.toml'), '[profile.default]\naddress = "127.0.0.1:9"\n');
  });
  after(() => rmSync(folder, { recursive: true }));

  async function doctor(
    args: string[],
    environment: Record<string, string> = {},
  ): Promise<{ code: number | null; out: string; err: string }> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|TEMPORAL|CICLO)_/.test(name));
    const child = spawn(process.execPath, [client, 'doctor', ...args], {
      env: {
        ...Object.fromEntries(inherited),
        NO_COLOR: '1',
        COLUMNS: '60',
        AWS_CONFIG_FILE: join(folder, 'none'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
        AWS_EC2_METADATA_DISABLED: 'true',
        CICLO_CACHE_DIR: process.env['CICLO_CACHE_DIR'] ?? '',
        CICLO_STATE_FOLDER: join(folder, 'state'),
        TEMPORAL_CONFIG_FILE: join(folder, 'temporal.toml'),
        ...environment,
      },
    });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code: child.exitCode, out, err };
  }

  it('says on a machine where nothing runs what npm start needs, in 60 columns', async () => {
    const { code, out, err } = await doctor([]);
    assert.equal(code, 0, out + err);
    assert.match(out, /^Machine\n {2}✓ Node v/);
    assert.match(out, /! No Temporal server runs at 127\.0\.0\.1:9 yet\./);
    assert.match(out, /! Not checked: the account, because none is chosen/);
    assert.match(out, /\n {6}npm start\n/);
    assert.match(err, /npx ciclo doctor PIPELINE/);
    // A path or an ARN may be longer: it stays in one piece.
    const wide = out.split('\n').filter((line) => line.length > 60 && line.trim().includes(' '));
    assert.deepEqual(wide, []);
  });

  it('names the problems of a pipeline file, and ends with 1', async () => {
    const path = join(folder, 'cafe.yaml');
    writeFileSync(path, 'name: cafe\ntarget: { kind: lex }\n');
    const { code, out } = await doctor([path]);
    assert.equal(code, 1);
    assert.match(out, /✗ The pipeline file has \d+ problems:/);
    assert.match(out, /cafe\.yaml:2:9:\s+target\.bot\s+is\s+missing/);
    const unknown = await doctor(['there-is-none', '--json']);
    assert.equal(unknown.code, 1);
    const { fine, checks } = JSON.parse(unknown.out) as { fine: boolean; checks: CheckReport[] };
    assert.equal(fine, false);
    assert.match(told(findingsOf(checks, 'pipeline-file'))[0]!, /^broken: There is no pipeline file/);
  });

  it('is broken where the named servers do not answer', async () => {
    const { code, out } = await doctor(['cafe'], {
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    });
    assert.equal(code, 1);
    assert.match(out, /✗ No Temporal server answers at 127\.0\.0\.1:9\./);
    assert.match(out, /ECONNREFUSED/);
  });

  it('looks at the café of npm start’s kind, with every permission', async () => {
    const world = await DoctorWorld.start();
    try {
      const { out, code } = await doctor(['cafe', '--json'], {
        ...world.environment,
        TEMPORAL_ADDRESS: '127.0.0.1:9',
      });
      assert.equal(code, 1);
      const { checks } = JSON.parse(out) as { checks: CheckReport[] };
      const broken = checks.filter(({ findings }) => findings.some(({ level }) => level === 'broken'));
      assert.deepEqual(
        broken.map(({ id }) => id),
        ['temporal'],
      );
      assert.match(
        JSON.stringify(findingsOf(checks, 'permissions')),
        /"action":"lex:StartImport".*"how":"simulated"/,
      );
    } finally {
      await world.stop();
    }
  });
});
