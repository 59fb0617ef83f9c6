import assert from 'node:assert/strict';
import {
  DescribeIntentCommand,
  ListIntentsCommand,
  UpdateIntentCommand,
} from '@aws-sdk/client-lex-models-v2';
import { createDraftActivities } from '../../src/activities/draft';
import type { BotReference } from '../../src/activities/targets/lex';
import type { Artifact } from '../../src/domain/artifact';
import {
  addUtterances,
  readBotArchive,
  writeLocaleArchive,
  type ArchiveDiff,
} from '../../src/domain/bot-archive';
import { LexFixture, target } from './targets/lex/lex-fixture';

describe('edits of DRAFT, noticed on the stand-in for Lex', function () {
  this.timeout(30_000);
  let lex: LexFixture;
  let bot: BotReference;
  let original: Artifact;
  let imported: Artifact;
  let storeUri: string;
  const runName = 'ciclo cafe cycle 1 run';

  const read = async (folder: string) =>
    (await lex.run('readBotDraft', { bot, outputUri: lex.uri(folder) })).archive;
  const compare = async (draft: Artifact, since: Artifact | null = null) => {
    const input = { storeUri, localeId: bot.localeId, draft, since, outputUri: lex.uri('edits/') };
    return createDraftActivities({ store: lex.store }).compareDraft(input);
  };
  const note = async (expected: Artifact[], settled: boolean) => {
    await createDraftActivities({ store: lex.store }).noteDraft({ storeUri, expected, settled, runName });
  };
  /** What somebody does in the Lex console. */
  const editInConsole = async (phrase: string) => {
    const { botId, localeId } = bot;
    const where = { botId, botVersion: 'DRAFT', localeId };
    const { intentSummaries } = await lex.lexModels.send(new ListIntentsCommand(where));
    const { intentId } = intentSummaries!.find((one) => one.intentName === 'ConsultarHorario')!;
    const intent = await lex.lexModels.send(new DescribeIntentCommand({ ...where, intentId }));
    await lex.lexModels.send(
      new UpdateIntentCommand({
        ...intent,
        ...where,
        intentId: intentId!,
        intentName: 'ConsultarHorario',
        sampleUtterances: [...intent.sampleUtterances!, { utterance: phrase }],
      }),
    );
  };

  before(async () => {
    lex = await LexFixture.start();
    storeUri = lex.uri('');
    bot = await lex.run('resolveBot', { target });
    original = await read('before/');
    const archive = addUtterances(
      readBotArchive(await lex.store.readBuffer(original.uri)),
      'es_ES',
      [{ intent: 'ConsultarHorario', text: 'a qué hora cerráis hoy' }],
      [{ name: 'PreguntarWifi', description: null, utterances: ['tienen wifi', 'hay wifi'] }],
    );
    imported = await lex.store.putArtifact(
      lex.uri('challenger.zip'),
      Buffer.from(writeLocaleArchive(archive, 'es_ES')),
      { rows: 1, schemaVersion: 1 },
    );
  });
  after(() => lex.stop());

  it('has nothing to compare with before the first import', async () => {
    assert.deepEqual(await compare(original), { edits: null, untried: null });
  });

  it('takes DRAFT as it was, or as it is imported, while an import may have been cut short', async () => {
    await note([imported, original], false);
    const untried = { runName, settled: false };
    assert.deepEqual(await compare(original), { edits: null, untried });
    await lex.run('importBotArchive', { bot, archive: imported, runName });
    assert.deepEqual(await compare(await read('cut-short/')), { edits: null, untried });
  });

  it('finds DRAFT as the import left it, export after export', async () => {
    await note([await read('settled/')], true);
    const untried = { runName, settled: true };
    assert.deepEqual(await compare(await read('again/')), { edits: null, untried });
  });

  it('says what somebody changed, without a word of it', async () => {
    const known = await read('known/');
    await editInConsole('¿abrís el Día de Reyes?');
    const now = await read('edited/');
    for (const since of [null, known]) {
      const { edits } = await compare(now, since);
      assert.match(String(edits?.summary.en), /^ConsultarHorario \+1 phrase(, 1 other file)?$/);
      const diff = JSON.parse(await lex.store.readText(edits!.diff.uri)) as ArchiveDiff;
      assert.deepEqual(diff.addedUtterances, { ConsultarHorario: ['¿abrís el Día de Reyes?'] });
    }
  });

  it('notices an edit after an import that was cut short, too', async () => {
    await note([imported, original], false);
    const { edits } = await compare(await read('edited-too/'));
    assert.match(String(edits?.summary.en), /^ConsultarHorario \+1 phrase(, 1 other file)?$/);
  });
});
