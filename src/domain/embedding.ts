/**
 * What turns utterances into points. The short form is a text: `lexical`, `onnx:MODEL` or `bedrock:MODEL_ID`; the
 * sections say more.
 */
export type EmbedderChoice = string | OnnxEmbedderSettings | BedrockEmbedderSettings;

/** A sentence encoder that runs on this machine. */
export interface OnnxEmbedderSettings {
  engine: 'onnx';
  /** A folder, `s3://BUCKET/PREFIX/`, or `hub:ORGANISATION/NAME@REVISION`. */
  model: string;
  /** The model's file there; the usual names are tried where it is not given. */
  file?: string;
  /** SHA-256 that the model's file must have, in hexadecimal digits. */
  sha256?: string;
  /** Base URL of the model hub or of a mirror. */
  hub?: string;
  /** Stands before every text; what the model's own files say where it is not given. */
  prompt?: string;
}

/** In USD: what embedding may cost in one cycle where nothing else is said. */
export const defaultEmbeddingBudgetUsd = 5;

/** A model that AWS runs. */
export interface BedrockEmbedderSettings {
  engine: 'bedrock';
  modelId: string;
  /** Numbers of a point, where the model lets choose. */
  dimensions?: number;
  /** What a million tokens cost; the list price where it is not given. */
  usdPerMillionTokens?: number;
  /** An estimate above this is not begun. */
  budgetUsd?: number;
  /** Calls at once. */
  concurrency?: number;
}

/** A model on Bedrock that suggests names. */
export interface NamingSettings {
  engine: 'bedrock';
  modelId: string;
  usdPerMillionInputTokens: number;
  usdPerMillionOutputTokens: number;
  /** Never spent more than this in one cycle. */
  budgetUsd: number;
}

/** What embedding took. */
export interface EmbeddingUsage {
  /** Distinct texts whose points were kept from before. */
  hits: number;
  /** Distinct texts that were embedded now. */
  misses: number;
  /** Of what was embedded now, before the first call; null where nothing is paid. */
  estimate: { tokens: number; usd: number } | null;
  /** What went wrong without doing harm, e.g. kept points that could not be read. */
  warnings: string[];
}

/** What a model's suggestions took, and why there are not more. */
export interface NamingUsage {
  modelId: string;
  suggested: number;
  withoutSuggestion: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  usd: number;
  budgetUsd: number;
  notes: string[];
}

/** A model's words for a proposal; they stand beside ours. */
export interface ModelSuggestion {
  name: string;
  description: string;
}

/** The short form written out. */
export type EmbedderSettings = { engine: 'lexical' } | OnnxEmbedderSettings | BedrockEmbedderSettings;

/** What the short form may be. */
export const shortEmbedderForm = /^(?:lexical|onnx:.+|bedrock:\S+)$/;

/** @returns null for a text that names no embedder */
export function embedderSettings(choice: EmbedderChoice): EmbedderSettings | null {
  if (typeof choice !== 'string') return choice;
  if (!shortEmbedderForm.test(choice)) return null;
  if (choice === 'lexical') return { engine: 'lexical' };
  const [engine] = choice.split(':', 1);
  const named = choice.slice(`${engine}:`.length);
  return engine === 'onnx' ? { engine, model: named } : { engine: 'bedrock', modelId: named };
}

/** How an embedder is called in results: the short form. */
export function embedderName(choice: EmbedderChoice): string {
  if (typeof choice === 'string') return choice;
  return choice.engine === 'onnx' ? `onnx:${choice.model}` : `bedrock:${choice.modelId}`;
}
