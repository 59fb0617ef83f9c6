import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';
import { ArchiveError, readArchive } from '../../../../src/local/aws/lex/archive/read';
import { writeArchive } from '../../../../src/local/aws/lex/archive/write';
import { faultsOf } from '../../../../src/local/aws/lex/limits';
import { trainingSet } from '../../../../src/local/aws/lex/training-set';
import { archiveFiles, smallBot, zipOf } from './bots';

/** A real exported bot, where the public data lies beside the project. */
const realExport = join(__dirname, '../../../../../shared/data/lex-exports/airline');

function filesBelow(folder: string): Record<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );
}

function reasonsOf(files: Record<string, unknown>): string[] {
  try {
    readArchive(zipOf(files));
  } catch (error) {
    assert.ok(error instanceof ArchiveError);
    return error.reasons;
  }
  throw new Error('The archive was read.');
}

describe('the archive of a bot', () => {
  it('is read and written again without a change: a real export', function () {
    if (!existsSync(realExport)) {
      console.log(`      skipped: ${realExport} is not there`);
      return this.skip();
    }
    const original = readArchive(zipSync(filesBelow(realExport)));
    assert.deepEqual(original.locales.map(({ file }) => file.identifier).sort(), ['en_US', 'it_IT']);
    const [locale] = original.locales;
    const booking = locale!.intents.find(({ file }) => file.name === 'BookFlight')!;
    assert.equal(booking.slots.length, 8);
    assert.deepEqual(original.locales.flatMap(faultsOf), []);
    const written = readArchive(writeArchive(original.bot!, original.locales, true));
    assert.deepEqual(written, original);
    assert.ok(trainingSet(locale!).every(({ text }) => !text.includes('{')));
  });

  it('is read in the documented spelling, too', () => {
    const real = archiveFiles(smallBot);
    const slot = 'Cafe/BotLocales/es_ES/Intents/PedirBebida/Slots/Bebida/Slot.json';
    const { valueElicitationSetting, ...rest } = real[slot] as {
      valueElicitationSetting: {
        slotConstraint: string;
        promptSpecification: { messageGroupsList: unknown };
      };
    };
    const { messageGroupsList, ...prompt } = valueElicitationSetting.promptSpecification;
    const documented: Record<string, unknown> = {
      ...real,
      'manifest.json': { metadata: { schemaVersion: '1.0', fileFormat: 'LexJson', resourceType: 'Bot' } },
      [slot]: {
        ...rest,
        slotConstraint: 'Required',
        slotValueElicitationSetting: {
          promptSpecification: { ...prompt, messageGroupList: messageGroupsList },
        },
      },
    };
    delete documented['Manifest.json'];
    const withoutNewIds = (archive: unknown) =>
      JSON.parse(
        JSON.stringify(archive, (key, value: unknown) => (key === 'identifier' ? '' : value)),
      ) as unknown;
    assert.deepEqual(
      withoutNewIds(readArchive(zipOf(documented))),
      withoutNewIds(readArchive(zipOf(archiveFiles(smallBot)))),
    );
  });

  it('has the fallback even where the archive leaves it out', () => {
    const [locale] = readArchive(zipOf(archiveFiles(smallBot))).locales;
    const fallback = locale!.intents.find(({ file }) => file.name === 'FallbackIntent')!;
    assert.equal(fallback.file.identifier, 'FALLBCKINT');
    assert.equal(fallback.file.parentIntentSignature, 'AMAZON.FallbackIntent');
  });

  it('is refused with everything that is wrong', () => {
    assert.throws(() => readArchive(new TextEncoder().encode('not a zip')), /not a ZIP archive/);
    const withoutManifest = archiveFiles(smallBot);
    delete withoutManifest['Manifest.json'];
    assert.deepEqual(reasonsOf(withoutManifest), ['The archive has no Manifest.json at its root.']);
    const folder = 'Cafe/BotLocales/es_ES';
    const broken = archiveFiles(smallBot);
    broken[`${folder}/Intents/Saludar/Intent.json`] = { name: 'Saludar', sampleUterances: [] };
    broken[`${folder}/Intents/PedirBebida/Slots/Bebida/Slot.json`] = { name: 'Otra' };
    broken[`${folder}/Intents/Nada/Slots/Hora/Slot.json`] = { name: 'Hora', slotTypeName: 'AMAZON.Time' };
    const reasons = reasonsOf(broken).join('\n');
    assert.match(reasons, /Saludar\/Intent\.json: .*sampleUterances/);
    assert.match(reasons, /Bebida\/Slot\.json: name 'Otra' is not that of its folder/);
    assert.match(reasons, /Slot Hora belongs to the intent Nada, which has no Intent\.json/);
  });
});

describe('the training set of a locale', () => {
  it('fills slots with the values of their types', () => {
    const [locale] = readArchive(zipOf(archiveFiles(smallBot))).locales;
    const examples = trainingSet(locale!).filter(({ intent }) => intent === 'PedirBebida');
    assert.deepEqual(
      new Set(examples.map(({ text }) => text)),
      new Set([
        'quiero un cortado',
        'quiero un cortadito',
        'quiero un té verde',
        'ponme un cortado',
        'ponme un cortadito',
        'ponme un té verde',
        'me apetece algo de beber',
      ]),
    );
  });
});
