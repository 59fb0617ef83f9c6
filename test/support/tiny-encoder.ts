import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';

/**
 * A sentence encoder of a few hundred bytes: an ONNX model that looks each token up in a table, and a tokenizer of whole
 * words. Its numbers can be worked out by hand. The model is written as protocol buffers; see `onnx.proto` of ONNX.
 */
export interface TinyEncoder {
  model: Buffer;
  tokenizer: string;
  sha256: string;
}

/** The words it knows, with their ids from 2; 0 is padding, 1 anything else. */
const words = ['wifi', 'café', 'cuenta'];

export interface TinyOptions {
  /** The table: one row for each token. */
  table?: number[][];
  /** Names of the model's inputs; the first is looked up. */
  inputs?: string[];
  /** Name of the model's output: `last_hidden_state`. */
  output?: string;
}

/** Padding, anything else, wifi, café, cuenta. */
export const tinyTable = [
  [9, 9],
  [1, 1],
  [4, 0],
  [0, 2],
  [3, 4],
];

export function tinyEncoder({
  table = tinyTable,
  inputs = ['input_ids', 'attention_mask'],
  output = 'last_hidden_state',
}: TinyOptions = {}): TinyEncoder {
  const columns = table[0]!.length;
  const floats = Buffer.from(Float32Array.from(table.flat()).buffer);
  const node = message(
    [1, 'table'],
    [1, inputs[0]!],
    [2, output],
    [4, 'Gather'],
    [5, message([1, 'axis'], [3, 0], [20, 2])],
  );
  const tensor = message([1, table.length], [1, columns], [2, 1], [8, 'table'], [9, floats]);
  const graph = message(
    [1, node],
    [2, 'tiny'],
    [5, tensor],
    ...inputs.map((name): Field => [11, valueInfo(name, 7, ['texts', 'tokens'])]),
    [12, valueInfo(output, 1, ['texts', 'tokens', columns])],
  );
  const model = message([1, 8], [7, graph], [8, message([1, ''], [2, 13])]);
  const vocabulary = Object.fromEntries(['[PAD]', '[UNK]', ...words].map((word, id) => [word, id]));
  const tokenizer = JSON.stringify({
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: vocabulary, unk_token: '[UNK]' },
  });
  return { model, tokenizer, sha256: createHash('sha256').update(model).digest('hex') };
}

/** Writes the encoder's files below a folder. */
export async function writeTinyEncoder(folder: string, options: TinyOptions = {}): Promise<TinyEncoder> {
  const encoder = tinyEncoder(options);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), encoder.model);
  await writeFile(join(folder, 'tokenizer.json'), encoder.tokenizer);
  return encoder;
}

type Field = [number: number, value: number | string | Buffer];

/** Numbers as varints, everything else with its length before it. */
function message(...fields: Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varint(number << 3), varint(value)];
      const bytes = Buffer.from(value);
      return [varint((number << 3) | 2), varint(bytes.length), bytes];
    }),
  );
}

function valueInfo(name: string, elementType: number, shape: (string | number)[]): Buffer {
  const dimensions = shape.map((size): Field => [
    1,
    message(typeof size === 'number' ? [1, size] : [2, size]),
  ]);
  const tensorType = message([1, elementType], [2, message(...dimensions)]);
  return message([1, name], [2, message([1, tensorType])]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}
