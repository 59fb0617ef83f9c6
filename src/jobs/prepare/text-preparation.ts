import { detectLanguage } from '../../domain/text/language';
import { foldText, normaliseText } from '../../domain/text/normalise';
import { redact } from '../../domain/text/redaction';
import { GenerationCache } from './generation-cache';
import { hashedId, type Halves } from './hashed-id';

/** A phrase that may be stored: normalised and redacted. */
export interface PreparedText {
  id: Halves;
  /** Spellings with the same key count as one phrase. */
  key: Halves;
  text: string;
  /** See `Utterance.language`. */
  language: string;
}

/** Phrases repeat: most of the work is done once for each. */
const cachedTexts = 150_000;
/** Longer ones hardly repeat, and would fill the memory. */
const longestCachedText = 200;

/** Prepares raw phrases for storing; `onNew` sees each prepared phrase at least once. */
export class TextPreparation {
  private readonly cache = new GenerationCache<string, Halves>(cachedTexts);

  /** @param language of the bot: ISO 639-1 */
  constructor(
    private readonly language: string,
    private readonly onNew: (prepared: PreparedText) => void,
  ) {}

  /** @returns the id of the prepared phrase; null for a phrase of nothing but white space */
  prepare(raw: string): Halves | null {
    const cached = this.cache.get(raw);
    if (cached !== undefined) return cached;
    const normalised = normaliseText(raw);
    if (normalised === '') return null;
    const { text } = redact(normalised);
    const { id, key } = textIds(text);
    this.onNew({ id, key, text, language: detectLanguage(text, this.language) });
    if (raw.length <= longestCachedText) this.cache.set(raw, id);
    return id;
  }
}

/** The identifiers of a normalised phrase: its own, and that of all its spellings. */
export function textIds(text: string): Pick<PreparedText, 'id' | 'key'> {
  const folded = foldText(text);
  const id = hashedId(text);
  return { id, key: folded === text ? id : hashedId(folded) };
}
