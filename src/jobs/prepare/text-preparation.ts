import { hash } from 'node:crypto';
import { detectLanguage } from '../../domain/text/language';
import { foldText, normaliseText } from '../../domain/text/normalise';
import { redact } from '../../domain/text/redaction';
import { GenerationCache } from './generation-cache';

/** A phrase that may be stored: normalised and redacted. */
export interface PreparedText {
  /** See `Utterance.id`. */
  id: string;
  /** The first and the last 32 bits of `id`. */
  high: number;
  low: number;
  text: string;
  /** Spellings with the same key count as one phrase. */
  key: string;
  /** See `Utterance.language`. */
  language: string;
}

/** Phrases repeat: most of the work is done once for each. */
const cachedTexts = 50_000;
/** Longer ones hardly repeat, and would fill the memory. */
const longestCachedText = 200;

/** Prepares raw phrases for storing; `onNew` sees each prepared phrase at least once. */
export class TextPreparation {
  private readonly cache = new GenerationCache<string, PreparedText>(cachedTexts);

  /** @param language of the bot: ISO 639-1 */
  constructor(
    private readonly language: string,
    private readonly onNew: (prepared: PreparedText) => void,
  ) {}

  /** @returns null for a phrase of nothing but white space */
  prepare(raw: string): PreparedText | null {
    const cached = this.cache.get(raw);
    if (cached !== undefined) return cached;
    const normalised = normaliseText(raw);
    if (normalised === '') return null;
    const { text } = redact(normalised);
    const id = utteranceId(text);
    const prepared = {
      id,
      high: parseInt(id.slice(0, 8), 16),
      low: parseInt(id.slice(8), 16),
      text,
      key: foldText(text),
      language: detectLanguage(text, this.language),
    };
    this.onNew(prepared);
    if (raw.length <= longestCachedText) this.cache.set(raw, prepared);
    return prepared;
  }
}

/** See `Utterance.id`. */
export function utteranceId(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
