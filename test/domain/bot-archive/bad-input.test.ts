import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { localeOf, readBotArchive } from '../../../src/domain/bot-archive';
import { InvalidInputError, NotFoundError } from '../../../src/domain/errors';
import { assertDocumented } from '../../support/bad-input/page';
import { cafeFolder, packFolder } from './folder';

function refusal(act: () => unknown, kind: typeof InvalidInputError | typeof NotFoundError): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof kind && error.permanent, String(error));
    return error.message;
  }
  return assert.fail('The archive was taken.');
}

describe('bad bot archives', () => {
  const zip = (files: Record<string, Uint8Array>) => zipSync(files);
  const read = (bytes: Uint8Array) => refusal(() => readBotArchive(bytes), InvalidInputError);

  it('are refused where a file unpacks to far more than its size', () => {
    const ratio = read(zip({ 'Manifest.json': new Uint8Array(8 * 1024 * 1024) }));
    const size = read(zip({ 'Manifest.json': new Uint8Array(21 * 1024 * 1024) }));
    assertDocumented('zip-bomb', `${ratio}\n${size}`);
  });

  it('are unpacked to no more than they declare', () => {
    const honest = zip({ 'Manifest.json': new Uint8Array(1024 * 1024) });
    const lying = Buffer.from(honest);
    // The uncompressed size stands 24 bytes behind the signature of the central directory's entry.
    lying.writeUInt32LE(64, lying.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
    assert.match(read(lying), /Manifest\.json in the bot archive is not valid JSON/);
  });

  it('are refused where a path climbs out', () => {
    assertDocumented('climbing-path', read(zip({ '../../etc/cron.d/x.json': strToU8('{}') })));
  });

  it('are refused where they are of another language', () => {
    const archive = readBotArchive(packFolder(cafeFolder));
    assertDocumented(
      'other-language',
      refusal(() => localeOf(archive, 'en_GB'), NotFoundError),
    );
  });
});
