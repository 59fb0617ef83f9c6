import type * as Onnx from 'onnxruntime-node';
import { InvalidConfigurationError } from '../../../../domain/errors';
import { reasonOf } from '../reason';

/** What is used of `@huggingface/tokenizers`, whose own declarations do not resolve from CommonJS. */
export interface Tokenizer {
  /** An id is undefined where the tokenizer neither knows the word nor has a token for such. */
  encode(text: string): { ids: (number | undefined)[] };
  token_to_id(token: string): number | undefined;
}

type TokenizerConstructor = new (tokenizer: object, configuration: object) => Tokenizer;

export interface Packages {
  ort: typeof Onnx;
  TokenizerClass: TokenizerConstructor;
}

/**
 * The packages that only this embedder needs.
 * @throws InvalidConfigurationError when they are not installed
 */
export async function loadPackages(): Promise<Packages> {
  try {
    const [ort, tokenizers] = await Promise.all([
      import('onnxruntime-node'),
      import('@huggingface/tokenizers'),
    ]);
    return { ort, TokenizerClass: (tokenizers as { Tokenizer: TokenizerConstructor }).Tokenizer };
  } catch (cause) {
    throw new InvalidConfigurationError(
      'The embedder onnx:MODEL needs the optional packages onnxruntime-node and @huggingface/tokenizers, which could ' +
        'not be loaded. Install them (ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node ' +
        '@huggingface/tokenizers) or use the embedder "lexical".',
      { embedder: 'onnx', reason: reasonOf(cause) },
      true,
      { cause },
    );
  }
}
