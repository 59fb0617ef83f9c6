import { outOfScope } from '../../utterance';
import { html, type Html } from '../html';
import type { View } from '../view';

const mostLabelsOnMap = 40;
const mostCellsInTable = 12;
const cell = 26;
const labelSpace = 170;

/** The new version's confusion matrix as a heat map, and the most frequent mistakes of both versions. */
export function confusionSection(view: View): Html | null {
  const { together, words } = view;
  if (!together) return null;
  const labels = together.challenger.intents.map(({ intent }) => intent);
  return html`<section>
    <h2>${words.confusionHeading}</h2>
    ${
      labels.length <= mostLabelsOnMap &&
      html`<p class="note">${words.confusionNote}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="${words.confusionHeading}">
          ${heatMap(view, labels)}
        </div>`
    }
    <h3>${words.confusionTable}</h3>
    ${confusionTable(view)}
  </section>`;
}

function heatMap(view: View, labels: string[]): Html {
  const { together, words, numbers, versions } = view;
  const places = new Map(labels.map((label, index) => [label, labelSpace + index * cell]));
  const supports = new Map(together!.challenger.intents.map(({ intent, support }) => [intent, support]));
  const size = labelSpace + labels.length * cell;
  // Columns are labelled aslant above the map, which leans out by the height of the labels on the right.
  const headSpace = 120;
  const shift = headSpace - labelSpace;
  return html`<svg
    class="heat-map"
    viewBox="0 0 ${size + 90} ${size + shift}"
    style="width: ${size + 90}px"
    role="img"
    aria-label="${words.confusionMapLabel(versions.challenger)}"
  >
    ${labels.map((label) => {
      const place = places.get(label)!;
      return html`<text x="${labelSpace - 8}" y="${place + shift + cell / 2 + 4}" text-anchor="end">
          ${rightName(view, label)}
        </text>
        <text transform="translate(${place + cell / 2 + 2} ${headSpace - 8}) rotate(-50)"
          >${answerName(view, label)}</text
        >
        <rect
          class="row"
          x="${labelSpace}"
          y="${place + shift}"
          width="${labels.length * cell}"
          height="${cell - 1}"
        />`;
    })}
    ${together!.challenger.confusion.map(({ intent, predicted, count }) => {
      const [x, y] = [places.get(predicted)!, places.get(intent)! + shift];
      const share = count / supports.get(intent)!;
      const title = words.confusionCell({
        intent: rightName(view, intent),
        predicted: answerName(view, predicted),
        count: numbers.count(count),
      });
      return html`<g class="${intent === predicted ? 'right' : 'wrong'}">
        <title>${title}</title>
        <rect
          x="${x}"
          y="${y}"
          width="${cell - 1}"
          height="${cell - 1}"
          fill-opacity="${(0.12 + 0.34 * share).toFixed(2)}"
        />
        <text x="${x + cell / 2 - 0.5}" y="${y + cell / 2 + 3.5}" text-anchor="middle">
          ${numbers.count(count)}
        </text>
      </g>`;
    })}
  </svg>`;
}

function confusionTable(view: View): Html {
  const { together, words, numbers } = view;
  const counts = new Map<string, { intent: string; predicted: string; before: number; now: number }>();
  for (const model of ['champion', 'challenger'] as const) {
    for (const { intent, predicted, count } of together![model].confusion) {
      if (intent === predicted) continue;
      const key = JSON.stringify([intent, predicted]);
      const row = counts.get(key) ?? { intent, predicted, before: 0, now: 0 };
      counts.set(key, { ...row, [model === 'champion' ? 'before' : 'now']: count });
    }
  }
  const rows = [...counts.values()]
    .sort((a, b) => Math.max(b.before, b.now) - Math.max(a.before, a.now) || b.now - a.now)
    .slice(0, mostCellsInTable);
  if (rows.length === 0) return html`<p>${words.noConfusion}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.confusionTable}">
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">${words.rightIntent}</th>
          <th scope="col" class="text">${words.taken}</th>
          <th scope="col">${words.before}</th>
          <th scope="col">${words.after}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ intent, predicted, before, now }) =>
            html`<tr>
              <th scope="row">${rightName(view, intent)}</th>
              <td class="text">${answerName(view, predicted)}</td>
              <td>${numbers.count(before)}</td>
              <td>
                <span class="${now < before ? 'up' : now > before ? 'down' : 'even'}"
                  >${numbers.count(now)}</span
                >
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function rightName({ messages }: View, intent: string): string {
  return intent === outOfScope ? messages.groups['out-of-scope'] : intent;
}

function answerName({ words }: View, intent: string): string {
  return intent === outOfScope ? words.fallback : intent;
}
