import type { ArchiveDiff } from '../../bot-archive';
import { explainProposal } from '../explain-proposal';
import { breakable, html, type Html } from '../html';
import type { FoundIntent } from '../input';
import type { Language } from '../../language';
import { messagesIn } from '../messages';
import type { View } from '../view';

/** The intents that were found, with what was known of them and phrases that show what they are about. */
export function newIntentsSection({ input, language, words, numbers }: View): Html | null {
  const intents = input.newIntents ?? [];
  if (intents.length === 0) return null;
  return html`<section>
    <h2>${words.newIntentsHeading}</h2>
    <div class="cards">
      ${intents.map(
        ({ name, representatives, size, interactions, found }) =>
          html`<article class="card">
            <h3>${breakable(name)}</h3>
            <p class="note">${words.newIntentFacts(numbers.count(size), numbers.count(interactions))}</p>
            <ul>
              ${representatives.map((phrase) => html`<li>${phrase}</li>`)}
            </ul>
            ${found && explanation(found, language)}
          </article>`,
      )}
    </div>
  </section>`;
}

/** The size stands above it already. */
function explanation({ proposal, discovery }: NonNullable<FoundIntent['found']>, language: Language): Html {
  const words = messagesIn(language).discovery;
  const [, ...sentences] = explainProposal(proposal, discovery, language);
  return html`<details>
    <summary>${words.whyFound}</summary>
    <p class="note">${words.terms}: ${proposal.terms.join(', ')}</p>
    <ul class="reasons">
      ${sentences.map(({ kind, text }) => html`<li class="${kind}">${text}.</li>`)}
    </ul>
  </details>`;
}

/** How the bot changed: intents, phrases, everything else. */
export function diffSection({ input, words, numbers }: View): Html | null {
  const { diff } = input;
  if (!diff) return null;
  const added = Object.entries(diff.addedUtterances);
  const removed = Object.entries(diff.removedUtterances);
  const phrases = diff.newIntents.reduce((total, intent) => total + intent.utterances.length, 0);
  const list = (entries: [string, string[]][]) =>
    phraseLists(entries, (count) => words.phrases(numbers.count(count)));
  return html`<section>
    <h2>${words.diffHeading}</h2>
    <p>
      ${words.diffNote({
        intents: numbers.count(diff.newIntents.length),
        phrases: numbers.count(added.reduce((total, [, texts]) => total + texts.length, phrases)),
        unchanged: numbers.count(diff.unchangedIntents.length),
      })}
    </p>
    ${part(words.diffNew, list(diff.newIntents.map(({ name, utterances }) => [name, utterances])))}
    ${part(words.diffAdded, list(added))} ${part(words.diffRemoved, list(removed))}
    ${part(
      words.diffRemovedIntents,
      diff.removedIntents.map((name) => html`<p>${name}</p>`),
    )}
    ${part(
      words.diffOther,
      diff.otherChanges.map(({ path, change }) => html`<p><code>${path}</code> ${sign(change)}</p>`),
    )}
    ${part(
      words.diffToEdit,
      diff.toEdit.map(({ intent, message }) => html`<p>${words.diffClosingMessage(intent, message)}</p>`),
    )}
  </section>`;
}

function part(heading: string, content: Html[]): Html | null {
  return content.length === 0
    ? null
    : html`<h3>${heading}</h3>
        ${content}`;
}

function phraseLists(entries: [string, string[]][], count: (phrases: number) => string): Html[] {
  return entries.map(
    ([intent, phrases]) =>
      html`<details>
        <summary>${intent} <span class="range">${count(phrases.length)}</span></summary>
        <ul class="phrases">
          ${phrases.map((phrase) => html`<li>${phrase}</li>`)}
        </ul>
      </details>`,
  );
}

function sign(change: ArchiveDiff['otherChanges'][number]['change']): string {
  return { added: '+', removed: '−', changed: '±' }[change];
}
