import { useState } from 'react';
import type { ConsoleProposal, Phrase } from '../../api';
import { NameField } from '../controls/name-field';
import { useSettings } from '../settings/settings';
import { phraseCharacters, Text } from '../text/phrase';
import { asVisible } from '../text/visible';
import { useReviewActions } from './actions';
import { GroupPhrases } from './group-phrases';
import { IntentExamples } from './intent-examples';
import { isDecidable } from './groups';
import { nameProblem } from './names';
import { canMerge, nearProposals } from './near';
import { useReviewSession } from './review-session';
import { useSelection } from './selection';
import { Sparkline } from './sparkline';
import { StatusBadge } from './status-badge';

/** So many are offered to merge with. */
const mostNear = 2;

interface Properties {
  proposal: ConsoleProposal;
  onLike: (phrase: Phrase) => void;
  onLeave: () => void;
}

/** Everything that a person needs to judge a proposal, and what can be done with it. */
export function ProposalDetail({ proposal, onLike, onLeave }: Properties) {
  const { words, numbers } = useSettings();
  const { review, isWaiting } = useReviewSession();
  const actions = useReviewActions();
  const { trend } = proposal;
  const isNew = proposal.kind === 'new-intent';
  return (
    <article className="detail">
      <header className="detail-head">
        <div className="detail-title">
          {actions.renaming === proposal.id ? (
            <RenameForm key={proposal.id} proposal={proposal} onLeave={onLeave} />
          ) : (
            <>
              <h2>
                <Text text={proposal.name} characters={100} />
              </h2>
              <StatusBadge proposal={proposal} isWaiting={isWaiting(proposal.id)} />
              {proposal.category !== null && proposal.category !== proposal.name && (
                <span>
                  → <Text text={proposal.category} characters={100} />
                </span>
              )}
              {proposal.mergedInto !== null && (
                <span>
                  →{' '}
                  <Text
                    text={
                      review.proposals.find(({ id }) => id === proposal.mergedInto)?.name ??
                      proposal.mergedInto
                    }
                    characters={100}
                  />
                </span>
              )}
              <span className="badge">{isNew ? words.newIntent : words.newExamples}</span>
            </>
          )}
        </div>
        <p className="soft number">
          {words.sizeLine({
            phrases: numbers.count(proposal.size),
            interactions: numbers.count(proposal.interactions),
            rescued: numbers.count(proposal.rescuedInteractions),
          })}
          {proposal.terms.length > 0 && (
            <>
              {' · '}
              <Text text={proposal.terms.join(', ')} characters={200} />
            </>
          )}
        </p>
        {proposal.reason !== null && (
          <p>
            <span className="soft">{words.reason}:</span> <Text text={proposal.reason} characters={500} />
          </p>
        )}
        {isDecidable(proposal) && <Actions proposal={proposal} />}
      </header>
      <div className="evidence">
        <section aria-labelledby="why-heading">
          <h3 id="why-heading">{isNew ? words.why : words.whyExamples}</h3>
          {isNew && proposal.changed && <p className="notice">{words.evidenceOfBefore}</p>}
          <Explanations proposal={proposal} />
          <ModelSuggestion proposal={proposal} />
          {trend && (
            <div className="trend">
              <Sparkline values={trend.perBucket} width={220} height={36} />
              <span className="soft">{words.bucketDays(numbers.count(trend.bucketDays))}</span>
            </div>
          )}
          {proposal.nearestIntent && <IntentExamples intent={proposal.nearestIntent.name} />}
          {!isNew && <IntentExamples intent={proposal.name} />}
        </section>
        {(proposal.representatives.length > 0 || proposal.borderline.length > 0) && (
          <section aria-labelledby="typical-heading">
            <h3 id="typical-heading">{words.typical}</h3>
            <ul className="quotes">
              {proposal.representatives.map((text, index) => (
                <li key={index}>
                  <Text text={text} characters={phraseCharacters} />
                </li>
              ))}
            </ul>
            {proposal.borderline.length > 0 && (
              <>
                <h3>{words.borderline}</h3>
                <ul className="quotes doubtful">
                  {proposal.borderline.map(({ text, near }, index) => (
                    <li key={index}>
                      <Text text={text} characters={phraseCharacters} />{' '}
                      <span className="soft">
                        {words.near}{' '}
                        <Text
                          text={review.proposals.find(({ id }) => id === near)?.name ?? near}
                          characters={60}
                        />
                      </span>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
        )}
      </div>
      <GroupPhrases group={proposal.id} onLike={onLike} onLeave={onLeave} />
    </article>
  );
}

function Actions({ proposal }: { proposal: ConsoleProposal }) {
  const { words } = useSettings();
  const { isOpen } = useReviewSession();
  const { phrases, marked } = useSelection();
  const actions = useReviewActions();
  const { keys } = words;
  const isOff = !isOpen;
  const isNew = proposal.kind === 'new-intent';
  return (
    <div className="actions" role="group" aria-label={words.actions}>
      {marked.size > 1 && <span className="badge accent">{words.markedCount(marked.size)}</span>}
      <button type="button" className="primary" disabled={isOff} onClick={actions.accept}>
        {keys.accept} <kbd>a</kbd>
      </button>
      {isNew && (
        <button type="button" disabled={isOff} onClick={() => actions.rename(proposal.id)}>
          {keys.rename} <kbd>r</kbd>
        </button>
      )}
      {isNew && (
        <button type="button" disabled={isOff} onClick={() => actions.merge()}>
          {keys.merge} <kbd>m</kbd>
        </button>
      )}
      <button type="button" disabled={isOff} onClick={actions.split}>
        {phrases.size > 0 ? words.splitSelected(phrases.size) : keys.split} <kbd>s</kbd>
      </button>
      <button type="button" disabled={isOff} onClick={actions.move}>
        {phrases.size > 0 ? words.moveSelected(phrases.size) : words.toAnIntent} <kbd>v</kbd>
      </button>
      <button type="button" disabled={isOff} onClick={actions.reject}>
        {keys.reject} <kbd>x</kbd>
      </button>
      <button type="button" disabled={isOff} onClick={actions.putAside}>
        {keys.putAside} <kbd>d</kbd>
      </button>
      {proposal.status !== 'open' && (
        <button type="button" disabled={isOff} onClick={actions.reopen}>
          {keys.reopen} <kbd>o</kbd>
        </button>
      )}
    </div>
  );
}

function Explanations({ proposal }: { proposal: ConsoleProposal }) {
  const { language, words } = useSettings();
  const { review, isOpen } = useReviewSession();
  const actions = useReviewActions();
  const near = canMerge(proposal) ? nearProposals(proposal, review) : [];
  const warnings = proposal.explanations.filter(({ kind }) => kind === 'warning');
  const facts = proposal.explanations.filter(({ kind }) => kind === 'fact');
  return (
    <>
      <ul className="explanations">
        {warnings.map((one, index) => (
          <li key={`w${index}`} className="warning">
            <Text text={one[language]} characters={600} />
          </li>
        ))}
        {facts.map((one, index) => (
          <li key={`f${index}`}>
            <Text text={one[language]} characters={600} />
          </li>
        ))}
      </ul>
      {isOpen && near.length > 0 && (
        <div className="actions">
          {near.slice(0, mostNear).map(({ id, name }) => (
            <button key={id} type="button" onClick={() => actions.merge([id])}>
              {words.mergeWithName(asVisible(name, 40))}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function ModelSuggestion({ proposal }: { proposal: ConsoleProposal }) {
  const { words } = useSettings();
  const { review, isOpen, decide } = useReviewSession();
  const suggested = proposal.suggestedByModel;
  if (!suggested || suggested.name === proposal.name) return null;
  const canTake =
    isOpen &&
    (proposal.status === 'open' || proposal.status === 'accepted') &&
    nameProblem(suggested.name, [proposal.id], review) === null;
  return (
    <p className="model-suggestion">
      <span className="soft">{words.modelSuggests}</span>{' '}
      <strong>
        <Text text={suggested.name} characters={100} />
      </strong>{' '}
      {canTake && (
        <button
          type="button"
          onClick={() => decide({ action: 'rename', proposal: proposal.id, name: suggested.name })}
        >
          {words.takeName}
        </button>
      )}
    </p>
  );
}

function RenameForm({ proposal, onLeave }: { proposal: ConsoleProposal; onLeave: () => void }) {
  const { words } = useSettings();
  const { review, decide } = useReviewSession();
  const actions = useReviewActions();
  const [name, setName] = useState(proposal.name);
  const problem = nameProblem(name, [proposal.id], review);
  const leave = () => {
    actions.stopRenaming();
    onLeave();
  };
  return (
    <form
      className="rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== null) return;
        if (name !== proposal.name) decide({ action: 'rename', proposal: proposal.id, name });
        leave();
      }}
    >
      <NameField
        label={words.name}
        value={name}
        problem={problem}
        onChange={setName}
        isFocused
        onEscape={leave}
      />
      <button type="submit" className="primary" disabled={problem !== null}>
        {words.keys.rename} <kbd>↵</kbd>
      </button>
      <button type="button" onClick={leave}>
        {words.cancel} <kbd>Esc</kbd>
      </button>
    </form>
  );
}
