import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeBotAliasCommand,
  LexModelsV2Client,
  ListBotAliasesCommand,
  ListBotsCommand,
} from '@aws-sdk/client-lex-models-v2';
import { findLocalServers } from '../../src/local/local-servers';
import { filePlaces, objectPlaces, temporalPlaces, type Place } from './places';

const client = join(__dirname, '../../dist/client.js');

/** The command line as a person uses it, on the real servers, with the state in a folder of its own. */
describe('the café example, end to end', function () {
  this.timeout(600_000);
  let stateFolder: string;
  let upProcess: ChildProcess;
  let said = '';
  /** What the commands have written so far. */
  const outputs: string[] = [];

  before(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), 'ciclo-e2e-'));
  });
  after(async () => {
    if (upProcess?.exitCode === null) {
      upProcess.kill('SIGINT');
      await once(upProcess, 'exit');
    }
    await rm(stateFolder, { recursive: true, force: true });
  });

  const environment = () => ({ ...process.env, CICLO_STATE_FOLDER: stateFolder, NO_COLOR: '1' });

  function startUp(...options: string[]): void {
    said = '';
    upProcess = spawn(process.execPath, [client, 'up', '--author', 'ana', ...options], {
      env: environment(),
    });
    const listen = (chunk: Buffer) => (said += chunk.toString());
    upProcess.stdout?.on('data', listen);
    upProcess.stderr?.on('data', listen);
  }

  async function untilSaid(pattern: RegExp): Promise<void> {
    for (;;) {
      if (pattern.test(said)) return;
      if (upProcess.exitCode !== null) assert.fail(`npm start ended with ${upProcess.exitCode}:\n${said}`);
      await sleep(200);
    }
  }

  async function ciclo(...command: string[]): Promise<{ code: number; out: string; err: string }> {
    const child = spawn(process.execPath, [client, ...command], { env: environment() });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    outputs.push(out, err);
    return { code, out, err };
  }

  async function succeeded(...command: string[]): Promise<string> {
    const { code, out, err } = await ciclo(...command);
    assert.equal(code, 0, `ciclo ${command.join(' ')}: ${err}`);
    return out;
  }

  /** Version of the live alias, as Lex has it. */
  async function liveVersion(): Promise<string | undefined> {
    const servers = await findLocalServers(stateFolder);
    const lex = new LexModelsV2Client({
      endpoint: servers?.['AWS_ENDPOINT_URL'],
      region: 'eu-west-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
    const { botSummaries = [] } = await lex.send(new ListBotsCommand({}));
    const botId = botSummaries.find((bot) => bot.botName === 'CafeBot')?.botId;
    const { botAliasSummaries = [] } = await lex.send(new ListBotAliasesCommand({ botId }));
    const botAliasId = botAliasSummaries.find((alias) => alias.botAliasName === 'live')?.botAliasId;
    const alias = await lex.send(new DescribeBotAliasCommand({ botId, botAliasId }));
    assert.equal(
      alias.conversationLogSettings?.textLogSettings?.[0]?.enabled,
      true,
      'the alias keeps its conversation logs',
    );
    assert.ok(
      alias.botAliasLocaleSettings?.['es_ES']?.codeHookSpecification?.lambdaCodeHook?.lambdaARN,
      'the alias keeps its Lambda hook',
    );
    return alias.botVersion;
  }

  it('comes to its review, with the commands that go on', async () => {
    startUp();
    await untilSaid(/npx ciclo review cafe finish/);
    assert.match(said, /✓ prepare .*7,885 records, 7,842 accepted, 43 quarantined/);
    assert.equal(await liveVersion(), '1');
  });

  it('shows what waits, takes decisions, and refuses what makes no sense', async () => {
    const listing = JSON.parse(await succeeded('review', 'cafe', '--json')) as {
      proposals: {
        id: string;
        kind: string;
        name: string;
        status: string;
        memberIds: string[];
        representatives: string[];
      }[];
    };
    const proposed = listing.proposals.filter((proposal) => proposal.kind === 'new-intent');
    assert.ok(proposed.length >= 5, 'the hidden topics are proposed');
    const [wifi] = proposed;
    const phrases = JSON.parse(await succeeded('review', 'cafe', 'show', String(wifi?.id), '--json')) as {
      text: string;
      count: number;
    }[];
    assert.equal(phrases.length, wifi?.memberIds.length);
    assert.ok(
      phrases.some(({ text }) => /wi-?fi/i.test(text)),
      'the most asked for topic is the wifi',
    );
    const refused = await ciclo('review', 'cafe', 'accept', 'p-nothing');
    assert.equal(refused.code, 2);
    assert.match(refused.err, /no proposal "p-nothing"/);
    await succeeded('review', 'cafe', 'accept-all');
    await succeeded('review', 'cafe', 'undo');
    const undone = JSON.parse(await succeeded('review', 'cafe', '--json')) as typeof listing;
    assert.ok(undone.proposals.every((proposal) => proposal.status === 'open'));
    await succeeded('review', 'cafe', 'accept-all', '--author', 'ana');
    await succeeded('review', 'cafe', 'finish', '--author', 'ana');
  });

  it('puts the better version live and says what changed', async () => {
    await untilSaid(/The servers go on/);
    assert.match(said, /The better version is live \(cafe, cycle 1\)/);
    assert.match(said, /Alias "live": version 1 → 2/);
    assert.equal(await liveVersion(), '2');
    const evaluation = JSON.parse(await succeeded('report', 'cafe', '--json')) as {
      counts: { items: number; answeredByBoth: number };
      sets: {
        golden: { champion: { macroF1: { value: number } }; challenger: { macroF1: { value: number } } };
      };
    };
    assert.equal(evaluation.counts.answeredByBoth, evaluation.counts.items);
    const { champion, challenger } = evaluation.sets.golden;
    assert.ok(challenger.macroF1.value > champion.macroF1.value + 0.05, 'the better bot is truly better');
  });

  it('can be taken back at any time', async () => {
    assert.match(
      await succeeded('rollback', 'cafe', '--reason', 'a test', '--author', 'ana'),
      /bot version 2 → 1/,
    );
    assert.equal(await liveVersion(), '1');
    const status = JSON.parse(await succeeded('status', 'cafe', '--json')) as {
      models: { state: string }[];
      schedule: { paused: boolean };
    };
    assert.deepEqual(
      status.models.map((model) => model.state),
      ['live', 'retired'],
    );
    assert.equal(status.schedule.paused, false);
    await succeeded('rollback', 'cafe', '--to', 'v2');
    assert.equal(await liveVersion(), '2');
  });

  it('takes a CSV alone into DRAFT, without touching what is live', async () => {
    const csv = join(stateFolder, 'import.csv');
    await writeFile(csv, 'utterance,intent\n"ponme un cortado, porfa",PedirCafe\nvaya rollo,\n');
    const result = JSON.parse(await succeeded('import', 'cafe', csv, '--json')) as {
      addedUtterances: number;
      evidence: number;
    };
    assert.deepEqual([result.addedUtterances, result.evidence], [1, 1]);
    assert.equal(await liveVersion(), '2');
  });

  it('keeps its schedule in line with the pipeline file', async () => {
    assert.match(await succeeded('schedule', 'diff', 'cafe'), /as the pipeline file wants it/);
    await succeeded('schedule', 'pause', 'cafe', '--reason', 'holidays');
    assert.match(await succeeded('status', 'cafe'), /paused \(holidays\)/);
    await succeeded('schedule', 'resume', 'cafe');
  });

  it('lets no personal data out: not into histories, logs, artifacts or notifications', async () => {
    const planted = JSON.parse(
      await readFile(join(__dirname, '../../examples/cafe/planted-personal-data.json'), 'utf8'),
    ) as {
      phrases: { personal: { kind: string; value: string }[] }[];
    };
    const values = [
      ...new Set(planted.phrases.flatMap(({ personal }) => personal.map(({ value }) => value))),
    ];
    assert.ok(values.length >= 70);
    const servers = await findLocalServers(stateFolder);
    assert.ok(servers);
    const original = (await objectPlaces(servers, 'cafe-logs/')).map(({ text }) => text).join('\n');
    assert.deepEqual(
      values.filter((value) => !original.includes(value)),
      [],
      'all of it is in the logs that were read',
    );

    const places: Place[] = [
      ...(await temporalPlaces(String(servers['TEMPORAL_ADDRESS']))),
      ...(await filePlaces(stateFolder)),
      ...(await objectPlaces(servers, 'pipelines/')),
      ...outputs.map((text, index) => ({ name: `output of command ${index + 1}`, text })),
      { name: 'output of npm start', text: said },
    ];
    const names = places.map(({ name }) => name).join('\n');
    for (const expected of [
      /^history of /m,
      /^description of /m,
      /^temporal\/.+/m,
      /^aws\/sns\/messages\.jsonl$/m,
      /^aws\/lex\//m,
      /^logs\/worker\.log$/m,
      /\/utterances\.jsonl$/m,
      /\/quarantine\.jsonl$/m,
      /\.zip\/.*Intent\.json$/m,
      /report.*\.html$/m,
    ])
      assert.match(names, expected);
    for (const { name, text } of places)
      for (const value of values) assert.ok(!text.includes(value), `personal data in ${name}`);
  });

  it('ends cleanly on Ctrl-C, and the next start goes on with the logs that came meanwhile', async () => {
    upProcess.kill('SIGINT');
    const [code] = (await once(upProcess, 'exit')) as [number];
    assert.equal(code, 0, said);
    assert.equal(await findLocalServers(stateFolder), undefined);
    startUp('--once', '--approve');
    const [second] = (await once(upProcess, 'exit')) as [number];
    assert.equal(second, 0, said);
    assert.match(said, /✓ ingest .*20 new objects, .*131 read before/);
    assert.match(said, /cafe, cycle 2/);
  });
});
