import { hash } from 'node:crypto';
import { foldText, normaliseText } from '../../domain/text/normalise';
import { redact } from '../../domain/text/redaction';
import { GenerationCache } from './generation-cache';

/** A phrase that may be stored: normalised and redacted. */
export interface PreparedText {
  /** The first 64 bits of the SHA-256 of `text`, as in `Utterance.id`. */
  id: bigint;
  text: string;
  /** Spellings with the same key count as one phrase. */
  key: string;
}

/** Phrases repeat: most of the work is done once for each. */
const cachedTexts = 50_000;
/** Longer ones hardly repeat, and would fill the memory. */
const longestCachedText = 200;

/** Prepares raw phrases for storing; `onNew` sees each prepared phrase at least once. */
export class TextPreparation {
  private readonly cache = new GenerationCache<string, PreparedText>(cachedTexts);

  constructor(private readonly onNew: (prepared: PreparedText) => void) {}

  /** @returns null for a phrase of nothing but white space */
  prepare(raw: string): PreparedText | null {
    const cached = this.cache.get(raw);
    if (cached !== undefined) return cached;
    const normalised = normaliseText(raw);
    if (normalised === '') return null;
    const { text } = redact(normalised);
    const prepared = { id: BigInt(`0x${utteranceId(text)}`), text, key: foldText(text) };
    this.onNew(prepared);
    if (raw.length <= longestCachedText) this.cache.set(raw, prepared);
    return prepared;
  }
}

/** See `Utterance.id`. */
export function utteranceId(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
