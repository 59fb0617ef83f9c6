import { InvalidConfigurationError } from '../../../domain/errors';
import type { Embedder } from './embedder';
import { lexicalEmbedder } from './lexical';
import { onnxEmbedder } from './onnx';

/**
 * The embedder that a parameter names.
 * @param name `lexical`, or `onnx:FOLDER`
 * @throws InvalidConfigurationError for any other name
 */
export function createEmbedder(name: string, seed: number): Embedder {
  if (name === 'lexical') return lexicalEmbedder(seed);
  if (name.startsWith('onnx:') && name.length > 'onnx:'.length)
    return onnxEmbedder(name.slice('onnx:'.length));
  throw new InvalidConfigurationError(
    `There is no embedder "${name}". Use "lexical", or "onnx:FOLDER" with the folder of a sentence encoder.`,
    { embedder: name, allowed: ['lexical', 'onnx:FOLDER'] },
  );
}
