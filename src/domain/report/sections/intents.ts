import type { IntentMetrics } from '../../evaluation';
import { outOfScope } from '../../utterance';
import { breakable, html, type Html } from '../html';
import type { View } from '../view';

interface IntentRow {
  before: IntentMetrics;
  now: IntentMetrics;
  change: number;
}

/** F1 of every intent, old against new, as a dumbbell chart and a table. */
export function intentsSection(view: View): Html | null {
  const { together, words } = view;
  if (!together) return null;
  const rows = together.champion.intents
    .map((before, index): IntentRow => {
      const now = together.challenger.intents[index]!;
      return { before, now, change: now.f1.value - before.f1.value };
    })
    .filter(({ now }) => now.support > 0)
    .sort((a, b) => b.change - a.change || b.now.f1.value - a.now.f1.value);
  return html`<section>
    <h2>${words.intentsHeading}</h2>
    <p class="note">${words.intentsNote}</p>
    <table class="dumbbells">
      <thead>
        <tr>
          <th scope="col">${words.intent}</th>
          <th scope="col" class="axis">
            <span class="hidden">F1</span>
            <span class="ticks" aria-hidden="true"
              >${[0, 25, 50, 75, 100].map((tick) => html`<span>${tick}</span>`)}</span
            >
          </th>
          <th scope="col" class="figure">F1</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => dumbbellRow(view, row))}
      </tbody>
    </table>
    <details>
      <summary>${words.intentTable}</summary>
      ${intentTable(view, rows)}
    </details>
  </section>`;
}

function dumbbellRow(view: View, { before, now, change }: IntentRow): Html {
  const { numbers, words } = view;
  const tone = Math.round(change * 1000) > 0 ? 'up' : Math.round(change * 1000) < 0 ? 'down' : 'even';
  const label = words.intentChartLabel({
    intent: nameOf(view, now),
    before: numbers.score(before.f1.value),
    after: numbers.score(now.f1.value),
  });
  return html`<tr>
    <th scope="row">
      ${breakable(nameOf(view, now))}${now.group === 'new' && html` <span class="tag">${words.newTag}</span>`}
    </th>
    <td class="chart">
      <svg width="100%" height="26" role="img" aria-label="${label}">
        ${[0, 25, 50, 75, 100].map(
          (tick) => html`<line class="grid" x1="${at(tick / 100)}" x2="${at(tick / 100)}" y1="0" y2="26" />`,
        )}
        <line class="interval old" x1="${at(before.f1.lower)}" x2="${at(before.f1.upper)}" y1="8" y2="8" />
        <line class="interval new" x1="${at(now.f1.lower)}" x2="${at(now.f1.upper)}" y1="18" y2="18" />
        <line class="link ${tone}" x1="${at(before.f1.value)}" x2="${at(now.f1.value)}" y1="13" y2="13" />
        <circle class="old" cx="${at(before.f1.value)}" cy="13" r="5" />
        <circle class="new" cx="${at(now.f1.value)}" cy="13" r="5" />
      </svg>
    </td>
    <td class="figure">
      <span class="before">${numbers.score(before.f1.value)} →</span> ${numbers.score(now.f1.value)}
      <span class="change ${tone}">${numbers.points(change)}</span>
    </td>
  </tr>`;
}

/** A place on the axis: 0–1 becomes 2–98 %, so that dots at the ends stay whole. */
function at(share: number): string {
  return `${(2 + 96 * share).toFixed(2)}%`;
}

function intentTable(view: View, rows: IntentRow[]): Html {
  const { words, numbers } = view;
  const cells = ({ precision, recall }: IntentMetrics) =>
    [precision, recall].map(
      ({ value, lower, upper }) =>
        html`<td>
          ${numbers.score(value)}
          <span class="range">${words.interval95(numbers.score(lower), numbers.score(upper))}</span>
        </td>`,
    );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.intentTable}">
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">${words.intent}</th>
          <th scope="col">${words.support}</th>
          ${[words.before, words.after].map(
            (when) =>
              html`<th scope="col">${words.precision}, ${when}</th>
                <th scope="col">${words.recall}, ${when}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ before, now }) =>
            html`<tr>
              <th scope="row">${nameOf(view, now)}</th>
              <td>${numbers.count(now.support)}</td>
              ${cells(before)}${cells(now)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function nameOf({ messages }: View, { intent }: IntentMetrics): string {
  return intent === outOfScope ? messages.groups['out-of-scope'] : intent;
}
