import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { embedderName, embedderSettings, type EmbedderChoice } from '../../../domain/embedding';
import { InvalidConfigurationError } from '../../../domain/errors';
import type { Pauses } from '../../../platform/aws/ask-all';
import { createBedrockClient } from '../../../platform/aws/clients';
import { openObjectStore, type ObjectStore } from '../../../platform/storage/object-store';
import { bedrockEncoder } from './bedrock/encoder';
import type { EmbeddingStore } from './cache/embedding-cache';
import type { Embedder } from './embedder';
import { encoderEmbedder } from './encoder-embedder';
import { lexicalEmbedder } from './lexical';
import { onnxEncoder } from './onnx/encoder';

export type { EmbeddingStore } from './cache/embedding-cache';
export type { Embedder, Embeddings } from './embedder';

/** What embedders reach for; everything has a usual one. */
export interface EmbedderSurroundings {
  /** Where points are kept from run to run; nowhere where absent. */
  kept?: EmbeddingStore;
  /** Reads models below `s3://` prefixes. */
  store?: ObjectStore;
  /** Where fetched models are kept: the user's cache folder. */
  cacheFolder?: string;
  bedrock?: BedrockRuntimeClient;
  /** Between two tries of a call that was throttled. */
  pauses?: Pauses;
}

/**
 * The embedder that a parameter chooses. Nothing is read or asked before something is embedded.
 * @param choice `lexical`, `onnx:MODEL`, `bedrock:MODEL_ID`, or a section that says more
 * @throws InvalidConfigurationError for anything else
 */
export function createEmbedder(
  choice: EmbedderChoice,
  seed: number,
  surroundings: EmbedderSurroundings = {},
): Embedder {
  const settings = embedderSettings(choice);
  const name = embedderName(choice);
  const { kept = null, store, cacheFolder, bedrock, pauses } = surroundings;
  switch (settings?.engine) {
    case 'lexical':
      return lexicalEmbedder(seed);
    case 'onnx': {
      const open = () =>
        onnxEncoder(settings, { store: store ?? kept?.store ?? openObjectStore(), cacheFolder });
      return encoderEmbedder(name, open, kept);
    }
    case 'bedrock': {
      // A wrong model is refused at once.
      const encoder = bedrockEncoder(settings, bedrock ?? createBedrockClient(), pauses);
      return encoderEmbedder(name, () => Promise.resolve(encoder), kept);
    }
    case undefined:
      throw new InvalidConfigurationError(
        `There is no embedder "${name}". Use "lexical", "onnx:MODEL" with a folder, an s3:// prefix or hub:ORGANISATION/NAME@REVISION of a sentence encoder, or "bedrock:MODEL_ID".`,
        { embedder: name, allowed: ['lexical', 'onnx:MODEL', 'bedrock:MODEL_ID'] },
      );
  }
}
