import type { StageStatus } from '../../cycle';
import { html, type Html } from '../html';
import type { FunnelStep } from '../messages';
import type { View } from '../view';
import { bars } from './bars';

/** From log records to training examples, and what was left out on the way. */
export function dataSection(view: View): Html | null {
  const { input, words, messages, numbers } = view;
  const { records, dataset } = input;
  if (!records && !dataset) return null;
  const steps: [FunnelStep, number | undefined][] = [
    ['records', records?.records],
    ['accepted', records?.accepted],
    ['counted', records?.accepted === undefined ? undefined : records.accepted - (records.leftOut ?? 0)],
    ['utterances', records?.utterances],
    ['learnable', dataset?.accepted],
    ['training', dataset?.training],
  ];
  const leftOutWords: Record<string, string> = messages.leftOutReasons;
  return html`<section>
    <h2>${words.dataHeading}</h2>
    ${bars(
      steps.flatMap(([step, value]) =>
        value === undefined ? [] : [{ label: words.funnel[step], value, text: numbers.count(value) }],
      ),
    )}
    ${
      records?.quarantined !== undefined &&
      records.quarantined > 0 &&
      html`<p>${words.quarantined(numbers.count(records.quarantined))}</p>`
    }
    ${
      records?.redacted !== undefined &&
      records.redacted > 0 &&
      html`<p>${words.redacted(numbers.count(records.redacted))}</p>`
    }
    ${
      dataset &&
      html`<h3>${words.countsHeading}</h3>
        ${countList(
          (['accepted', 'training', 'validation', 'goldenAdded', 'leftOut', 'golden'] as const).flatMap(
            (name) => {
              const count = dataset[name];
              return count === undefined ? [] : [[words.dataset[name], numbers.count(count)]];
            },
          ),
        )}`
    }
    ${
      input.leftOut &&
      html`<h3>${words.leftOutHeading}</h3>
        ${
          Object.keys(input.leftOut).length === 0
            ? html`<p>${words.noneLeftOut}</p>`
            : countList(
                Object.entries(input.leftOut).map(([reason, count]) => [
                  leftOutWords[reason] ?? reason,
                  numbers.count(count),
                ]),
              )
        }`
    }
  </section>`;
}

/** How long each stage took. */
export function timingSection({ input, words, messages, numbers }: View): Html | null {
  const timed = (input.stages ?? []).flatMap((stage) => {
    const milliseconds = durationOf(stage);
    return milliseconds === null ? [] : [{ stage, milliseconds }];
  });
  if (timed.length === 0) return null;
  return html`<section>
    <h2>${words.timingHeading}</h2>
    ${bars(
      timed.map(({ stage, milliseconds }) => ({
        label: messages.stages[stage.name],
        // A person's time says nothing about the machine's, and would leave the other bars without length.
        value: stage.name === 'review' ? 0 : milliseconds,
        text:
          stage.name === 'review'
            ? `${numbers.duration(milliseconds)} (${words.waitingForPerson})`
            : numbers.duration(milliseconds),
      })),
    )}
  </section>`;
}

function durationOf({ startedAt, finishedAt }: StageStatus): number | null {
  return startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
}

function countList(rows: string[][]): Html {
  return html`<dl class="counts">
    ${rows.map(
      ([name, count]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${count}</dd>
        </div>`,
    )}
  </dl>`;
}
