import type { ReactNode } from 'react';
import type { BotDiff } from '../../api';
import type { CyclePath } from '../requests/paths';
import { useBotDiff } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { Loaded } from '../shell/loaded';
import { phraseCharacters, Text } from '../text/phrase';

/** Phrases of one intent that are shown. */
const mostPhrases = 200;

/** What a cycle's training changed in the bot. */
export function DiffView({ path }: { path: CyclePath }) {
  const { words } = useSettings();
  const diff = useBotDiff(path);
  return (
    <div className="stack">
      <section className="pane padded" aria-label={words.views.diff}>
        <Loaded query={diff} emptyText={words.diffWords.none}>
          {(data) => <Changes diff={data} />}
        </Loaded>
      </section>
    </div>
  );
}

function Changes({ diff }: { diff: BotDiff }) {
  const { words } = useSettings();
  const { diffWords: own } = words;
  const total = (byIntent: Record<string, string[]>) =>
    Object.values(byIntent).reduce((sum, { length }) => sum + length, 0);
  return (
    <>
      <h2>
        {words.views.diff} <span className="badge">{diff.localeId}</span>
      </h2>
      <Part title={own.newIntents(diff.newIntents.length)} isEmpty={diff.newIntents.length === 0}>
        {diff.newIntents.map(({ name, description, utterances }) => (
          <Phrases key={name} title={name} note={description} sign="+" phrases={utterances} />
        ))}
      </Part>
      <Part title={own.added(total(diff.addedUtterances))} isEmpty={total(diff.addedUtterances) === 0}>
        {Object.entries(diff.addedUtterances).map(([intent, phrases]) => (
          <Phrases key={intent} title={intent} note={null} sign="+" phrases={phrases} />
        ))}
      </Part>
      <Part title={own.removed(total(diff.removedUtterances))} isEmpty={total(diff.removedUtterances) === 0}>
        {Object.entries(diff.removedUtterances).map(([intent, phrases]) => (
          <Phrases key={intent} title={intent} note={null} sign="−" phrases={phrases} />
        ))}
      </Part>
      <Part title={own.removedIntents(diff.removedIntents.length)} isEmpty={diff.removedIntents.length === 0}>
        <Phrases title={null} note={null} sign="−" phrases={diff.removedIntents} />
      </Part>
      <Part title={own.other(diff.otherChanges.length)} isEmpty={diff.otherChanges.length === 0}>
        <ul className="quotes">
          {diff.otherChanges.slice(0, mostPhrases).map(({ path, change }) => (
            <li key={path}>
              <code className="wrap">{path}</code> <span className="soft">{own.changes[change]}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={own.toEdit} isEmpty={diff.toEdit.length === 0}>
        <ul className="quotes doubtful">
          {diff.toEdit.map(({ intent, what, message }) => (
            <li key={`${intent} ${what}`}>
              <strong>
                <Text text={intent} characters={100} />
              </strong>{' '}
              {own.placesToEdit[what]}: <Text text={message} characters={phraseCharacters} />
            </li>
          ))}
        </ul>
      </Part>
      <p className="soft">{own.unchanged(diff.unchangedIntents.length)}</p>
    </>
  );
}

function Part({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  if (isEmpty) return null;
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface PhrasesProperties {
  title: string | null;
  note: string | null;
  sign: '+' | '−';
  phrases: readonly string[];
}

function Phrases({ title, note, sign, phrases }: PhrasesProperties) {
  const { words, numbers } = useSettings();
  return (
    <div className="changed">
      {title !== null && (
        <h4>
          <Text text={title} characters={100} />{' '}
          {note !== null && (
            <span className="soft">
              <Text text={note} characters={300} />
            </span>
          )}
        </h4>
      )}
      <ul className={sign === '+' ? 'added' : 'removed'}>
        {phrases.slice(0, mostPhrases).map((text, index) => (
          <li key={index}>
            <span aria-hidden="true">{sign}</span> <Text text={text} characters={phraseCharacters} />
          </li>
        ))}
      </ul>
      {phrases.length > mostPhrases && (
        <p className="soft">{words.andMore(numbers.count(phrases.length - mostPhrases))}</p>
      )}
    </div>
  );
}
