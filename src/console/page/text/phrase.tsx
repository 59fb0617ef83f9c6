import { useMemo } from 'react';
import { beginning, describeCodePoints, textParts } from './visible';

/** Characters of a phrase in a list; the rest is a click away. */
export const phraseCharacters = 300;

/**
 * A text from outside: never markup, isolated from the direction of what stands around it, its control characters
 * shown.
 * @param characters how many are shown
 */
export function Text({ text, characters }: { text: string; characters?: number }) {
  const parts = useMemo(
    () => textParts(characters === undefined ? text : beginning(text, characters)),
    [text, characters],
  );
  return (
    <bdi className="wrap">
      {parts.map((part, index) =>
        part.kind === 'plain' ? (
          part.text
        ) : (
          <span key={index} className="control-character">
            {describeCodePoints(part.codePoints)}
          </span>
        ),
      )}
      {characters !== undefined && text.length > characters ? '…' : null}
    </bdi>
  );
}
