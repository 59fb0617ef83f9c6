import { useState } from 'react';
import { useIntentExamples } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { phraseCharacters, Text } from '../text/phrase';
import { asVisible } from '../text/visible';
import { useReviewSession } from './review-session';

const mostShown = 30;

/** What the bot has for an intent today, to compare. */
export function IntentExamples({ intent }: { intent: string }) {
  const { words, numbers } = useSettings();
  const { path } = useReviewSession();
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useIntentExamples(path, isOpen ? intent : null);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{words.whatIntentHas(asVisible(intent, 60))}</summary>
      <ul className="quotes">
        {data?.examples.slice(0, mostShown).map((text, index) => (
          <li key={index}>
            <Text text={text} characters={phraseCharacters} />
          </li>
        ))}
      </ul>
      {data && data.examples.length > mostShown && (
        <p className="soft">{words.andMore(numbers.count(data.examples.length - mostShown))}</p>
      )}
      {data?.examples.length === 0 && <p className="soft">{words.noExamples}</p>}
    </details>
  );
}
