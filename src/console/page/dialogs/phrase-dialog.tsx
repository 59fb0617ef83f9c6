import { useState } from 'react';
import type { Phrase } from '../../api';
import { useSettings } from '../settings/settings';
import { Text } from '../text/phrase';
import { asVisible } from '../text/visible';
import { Dialog } from './dialog';

/** Characters that are shown at once: more would make the page slow. */
const stepCharacters = 20_000;

/** A phrase as long as it is, with what the log says about it. */
export function PhraseDialog({ phrase, onClose }: { phrase: Phrase; onClose: () => void }) {
  const { words, numbers, times } = useSettings();
  const [shown, setShown] = useState(stepCharacters);
  return (
    <Dialog title={words.phrase} onClose={onClose} isWide>
      <div className="whole-phrase" tabIndex={0} role="group" aria-label={words.phrase}>
        <Text text={phrase.text} characters={shown} />
      </div>
      {phrase.text.length > shown && (
        <button type="button" onClick={() => setShown(shown + stepCharacters)}>
          {words.showMore}
        </button>
      )}
      {phrase.cut && <p className="soft">{words.cutByServer(numbers.count(phrase.text.length))}</p>}
      <dl className="facts">
        <dt>{words.interactions}</dt>
        <dd>{numbers.count(phrase.count)}</dd>
        {phrase.firstSeen !== null && (
          <>
            <dt>{words.firstSeen}</dt>
            <dd>{times.moment(phrase.firstSeen)}</dd>
          </>
        )}
        {phrase.lastSeen !== null && (
          <>
            <dt>{words.lastSeen}</dt>
            <dd>{times.moment(phrase.lastSeen)}</dd>
          </>
        )}
        <dt>{words.botAnswered}</dt>
        <dd>
          {words.outcomes[phrase.outcome]}
          {phrase.intent !== null && `: ${asVisible(phrase.intent)}`}
          {phrase.confidence !== null && ` (${numbers.confidence(phrase.confidence)})`}
        </dd>
      </dl>
    </Dialog>
  );
}
