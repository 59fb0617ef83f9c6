import { isObject, parseJsonObject, serializeJson, type JsonObject } from './json';

/**
 * Turns the spelling of the developer guide into that of real exports, which Lex itself reads and writes.
 * Files that are in the real form already keep their bytes.
 *
 * | | developer guide | real export |
 * |---|---|---|
 * | manifest | `manifest.json`, `metadata`, `"1.0"`, `Bot` | `Manifest.json`, `metaData`, `"1"`, `BOT` |
 * | slot | `slotValueElicitationSetting`, `slotConstraint` beside it | `valueElicitationSetting` with `slotConstraint` in it |
 * | messages | `messageGroupList` | `messageGroupsList` |
 */
export function toRealForm(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const real = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name === 'manifest.json') {
      real.set(`${path.slice(0, -name.length)}Manifest.json`, convert(path, bytes, realManifest));
    } else if (name === 'Manifest.json') {
      real.set(path, convert(path, bytes, realManifest));
    } else if (name === 'Slot.json') {
      real.set(
        path,
        convert(path, bytes, (slot) => realMessages(realSlot(slot))),
      );
    } else if (name === 'Intent.json') {
      real.set(path, convert(path, bytes, realMessages));
    } else {
      real.set(path, bytes);
    }
  }
  return real;
}

/** Converts a file, and gives back its own bytes when that changes nothing. */
function convert(path: string, bytes: Uint8Array, change: (document: JsonObject) => JsonObject): Uint8Array {
  const document = parseJsonObject(path, bytes);
  const before = JSON.stringify(document);
  const after = change(document);
  return JSON.stringify(after) === before ? bytes : serializeJson(after);
}

function realManifest(document: JsonObject): JsonObject {
  const metadata = document.metaData ?? document.metadata;
  if (!isObject(metadata)) return document;
  const resourceType = String(metadata.resourceType);
  return {
    ...Object.fromEntries(
      Object.entries(document).filter(([key]) => key !== 'metadata' && key !== 'metaData'),
    ),
    metaData: {
      ...metadata,
      schemaVersion: metadata.schemaVersion === '1.0' ? '1' : metadata.schemaVersion,
      resourceType: /[a-z]/.test(resourceType) ? resourceType.toUpperCase() : resourceType,
    },
  };
}

function realSlot(document: JsonObject): JsonObject {
  if (!('slotValueElicitationSetting' in document)) return document;
  return Object.fromEntries(
    Object.entries(document)
      .filter(([key]) => key !== 'slotConstraint')
      .map(([key, value]) =>
        key === 'slotValueElicitationSetting'
          ? [
              'valueElicitationSetting',
              {
                ...(isObject(value) ? value : {}),
                ...('slotConstraint' in document ? { slotConstraint: document.slotConstraint } : {}),
              },
            ]
          : [key, value],
      ),
  );
}

function realMessages(document: JsonObject): JsonObject {
  return renameKey(document, 'messageGroupList', 'messageGroupsList') as JsonObject;
}

function renameKey(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKey(item, from, to));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key === from ? to : key, renameKey(child, from, to)]),
  );
}
