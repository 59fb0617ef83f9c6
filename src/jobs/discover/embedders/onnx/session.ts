import type * as Onnx from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { CicloError, InvalidConfigurationError } from '../../../../domain/errors';
import { zeros, type Matrix } from '../../numeric/matrix';
import { reasonOf } from '../reason';
import type { Pooling } from './model-files';

/** Inputs that are filled; a model may ask for the third or not. */
const requiredInputs = ['input_ids', 'attention_mask'];
const knownInputs = [...requiredInputs, 'token_type_ids'];

/** A loaded model. */
export interface EncoderSession {
  /** @param batch token ids of each text */
  run(batch: readonly (readonly number[])[]): Promise<Matrix>;
  close(): Promise<void>;
}

/**
 * Loads a sentence encoder. It takes `input_ids` and `attention_mask` (and `token_type_ids` where it asks for them) and
 * gives `sentence_embedding`, or token embeddings, which are pooled.
 *
 * @param padding id of the padding token
 * @throws InvalidConfigurationError for what is no ONNX model or takes other inputs
 */
export async function openSession(
  ort: typeof Onnx,
  modelPath: string,
  padding: number,
  pooling: Pooling,
): Promise<EncoderSession> {
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(modelPath);
  } catch (cause) {
    throw new InvalidConfigurationError(
      `${modelPath} cannot be loaded as an ONNX model: ${reasonOf(cause)}. Fetch the model again.`,
      { model: modelPath },
      true,
      { cause },
    );
  }
  try {
    requireInputs(modelPath, session.inputNames);
  } catch (error) {
    await session.release();
    throw error;
  }
  return {
    run: async (batch) => {
      const inputs = fill(ort, batch, padding, session.inputNames.includes('token_type_ids'));
      let outputs: InferenceSession.ReturnType;
      try {
        outputs = await session.run(inputs);
      } catch (cause) {
        throw new CicloError(
          `The model ${modelPath} failed on a batch: ${reasonOf(cause)}. Check that tokenizer.json belongs to the model.`,
          { model: modelPath },
          true,
          { cause },
        );
      }
      return pointsIn(outputs, batch, pooling, modelPath);
    },
    close: () => session.release(),
  };
}

function requireInputs(modelPath: string, inputs: readonly string[]): void {
  const missing = requiredInputs.filter((name) => !inputs.includes(name));
  const unknown = inputs.filter((name) => !knownInputs.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  const what =
    missing.length > 0 ? `takes no ${missing.join(' and no ')}` : `asks for ${unknown.join(' and ')} as well`;
  throw new InvalidConfigurationError(
    `${modelPath} ${what}: it is no sentence encoder that can be used here. Choose a model that takes ${requiredInputs.join(' and ')}.`,
    { model: modelPath, inputs: [...inputs] },
  );
}

function fill(
  ort: typeof Onnx,
  batch: readonly (readonly number[])[],
  padding: number,
  withTypes: boolean,
): Record<string, Tensor> {
  const length = Math.max(...batch.map((ids) => ids.length));
  const ids = new BigInt64Array(batch.length * length).fill(BigInt(padding));
  const mask = new BigInt64Array(batch.length * length);
  batch.forEach((tokens, row) => {
    tokens.forEach((token, column) => {
      ids[row * length + column] = BigInt(token);
      mask[row * length + column] = 1n;
    });
  });
  const shape = [batch.length, length];
  return {
    input_ids: new ort.Tensor('int64', ids, shape),
    attention_mask: new ort.Tensor('int64', mask, shape),
    ...(withTypes && { token_type_ids: new ort.Tensor('int64', new BigInt64Array(ids.length), shape) }),
  };
}

function pointsIn(
  outputs: InferenceSession.ReturnType,
  batch: readonly (readonly number[])[],
  pooling: Pooling,
  modelPath: string,
): Matrix {
  const sentence = outputs['sentence_embedding'];
  if (sentence?.data instanceof Float32Array && hasShape(sentence.dims, batch.length, 2))
    return { rows: batch.length, columns: sentence.dims[1]!, values: sentence.data };
  const tokens = outputs['last_hidden_state'] ?? outputs['token_embeddings'];
  if (!(tokens?.data instanceof Float32Array) || !hasShape(tokens.dims, batch.length, 3)) {
    const given = Object.entries(outputs).map(
      ([name, { type, dims }]) => `${name} (${type} ${dims.join(' × ')})`,
    );
    throw new InvalidConfigurationError(
      `${modelPath} gives ${given.join(', ')} for ${batch.length} texts; a sentence encoder gives sentence_embedding ` +
        '(float32 texts × dimensions) or last_hidden_state (float32 texts × tokens × dimensions). Choose another model.',
      { model: modelPath, outputs: given },
    );
  }
  return pool(tokens.data, tokens.dims as [number, number, number], batch, pooling);
}

function hasShape(dims: readonly number[], rows: number, axes: number): boolean {
  return dims.length === axes && dims[0] === rows && dims.every((size) => size > 0);
}

function pool(
  values: Float32Array,
  [, length, columns]: [number, number, number],
  batch: readonly (readonly number[])[],
  pooling: Pooling,
): Matrix {
  const points = zeros(batch.length, columns);
  batch.forEach((ids, row) => {
    const tokens = pooling === 'first' ? 1 : ids.length;
    for (let token = 0; token < tokens; token++) {
      const start = (row * length + token) * columns;
      for (let column = 0; column < columns; column++) {
        points.values[row * columns + column]! += values[start + column]! / tokens;
      }
    }
  });
  return points;
}
