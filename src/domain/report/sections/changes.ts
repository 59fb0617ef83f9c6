import type { Answer, ChangedItem } from '../../evaluation';
import { outOfScope } from '../../utterance';
import { breakable, html, type Html } from '../html';
import type { View } from '../view';

/** Rows that are shown before the rest is folded away. */
const shownRows = 12;

/** What got better and worse, phrase by phrase. */
export function changesSection(view: View): Html {
  const { words, numbers, input } = view;
  const { fixed, broken, differentlyWrong } = input.evaluation.changes;
  return html`<section>
    <h2>${words.changesHeading}</h2>
    <p class="note">${words.changesNote}</p>
    <h3 class="better">${words.fixedHeading(numbers.count(fixed.length))}</h3>
    ${fixed.length > 0 ? changesTable(view, fixed) : html`<p>${words.noneFixed}</p>`}
    <h3 class="worse">${words.brokenHeading(numbers.count(broken.length))}</h3>
    ${broken.length > 0 ? changesTable(view, broken) : html`<p>${words.noneBroken}</p>`}
    ${
      differentlyWrong.length > 0 &&
      html`<details>
        <summary>${words.differentlyWrongHeading(numbers.count(differentlyWrong.length))}</summary>
        ${rowsTable(view, differentlyWrong)}
      </details>`
    }
    ${unanswered(view)}
  </section>`;
}

/** Sorted by intent, so that one glance shows where something happened; long tables are folded. */
function changesTable(view: View, items: ChangedItem[]): Html {
  const sorted = [...items].sort((a, b) => a.intent.localeCompare(b.intent, 'es'));
  const rest = sorted.slice(shownRows);
  return html`${rowsTable(view, sorted.slice(0, shownRows))}
  ${
    rest.length > 0 &&
    html`<details>
      <summary>${view.words.showMore(view.numbers.count(rest.length))}</summary>
      ${rowsTable(view, rest)}
    </details>`
  }`;
}

function rowsTable(view: View, items: ChangedItem[]): Html {
  const { words } = view;
  return html`<table class="changes">
    <thead>
      <tr>
        <th scope="col">${words.phrase}</th>
        <th scope="col">${words.rightIntent}</th>
        <th scope="col">${words.answeredBefore}</th>
        <th scope="col">${words.answeredNow}</th>
      </tr>
    </thead>
    <tbody>
      ${items.map(
        (item) =>
          html`<tr>
            <th scope="row" class="phrase">${item.text}</th>
            <td data-label="${words.rightIntent}">${rightName(view, item.intent)}</td>
            <td data-label="${words.answeredBefore}">${answer(view, item, item.champion)}</td>
            <td data-label="${words.answeredNow}">${answer(view, item, item.challenger)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function answer(view: View, item: ChangedItem, { intent, confidence }: Answer): Html {
  const right = intent === item.intent;
  return html`<span class="${right ? 'right' : 'wrong'}"
      ><span aria-hidden="true">${right ? '✓' : '✕'}</span> ${answerName(view, intent)}</span
    >${confidence !== null && html` <span class="range">${view.numbers.confidence(confidence)}</span>`}`;
}

function rightName({ messages }: View, intent: string): Html {
  return intent === outOfScope ? html`<em>${messages.groups['out-of-scope']}</em>` : breakable(intent);
}

function answerName({ words }: View, intent: string): Html {
  return intent === outOfScope ? html`<em>${words.fallback}</em>` : breakable(intent);
}

function unanswered({ input, words, numbers }: View): Html | null {
  const { unanswered: missing, counts } = input.evaluation;
  if (missing.length === 0) return null;
  const reasons = new Map<string, { model: 'champion' | 'challenger'; reason: string; count: number }>();
  for (const { model, reason } of missing) {
    const key = `${model} ${reason}`;
    reasons.set(key, { model, reason, count: (reasons.get(key)?.count ?? 0) + 1 });
  }
  return html`<h3>${words.unansweredHeading(numbers.count(counts.notAnsweredByBoth))}</h3>
    <ul>
      ${[...reasons.values()].map(
        ({ model, reason, count }) =>
          html`<li>${words.unanswered({ count: numbers.count(count), model: words[model], reason })}</li>`,
      )}
    </ul>`;
}
