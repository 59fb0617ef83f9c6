import type { Interval, ModelMetrics, SetName } from '../../evaluation';
import { html, type Html } from '../html';
import type { MeasureName } from '../messages';
import type { View } from '../view';

/** The measures of both versions side by side, and the sets and groups apart. */
export function numbersSection(view: View): Html | null {
  const { set, words, messages, numbers, input } = view;
  if (!set) return null;
  const { champion, challenger, comparison } = set;
  const basis = input.evaluation.sets[input.decision.basis] ? input.decision.basis : 'together';
  const share = (
    name: MeasureName,
    measure: (model: ModelMetrics) => Interval | null,
    difference: Interval | null,
    betterWhen: 'higher' | 'neither' = 'higher',
  ) => {
    const [before, now] = [measure(champion), measure(challenger)];
    if (!before || !now || !difference) return null;
    // What may be chance is not coloured.
    const direction = betterWhen === 'neither' ? 0 : difference.lower > 0 ? 1 : difference.upper < 0 ? -1 : 0;
    const format = name === 'macroF1' || name === 'weightedF1' ? numbers.score : numbers.percent;
    return tile(view, name, format(before.value), format(now.value), direction, [
      words.points(numbers.points(difference.value)),
      words.interval95(numbers.points(difference.lower), numbers.points(difference.upper)),
    ]);
  };
  const calibration = [champion, challenger].map((model) => model.calibration.expectedCalibrationError);
  return html`<section>
    <h2>${words.numbersHeading}</h2>
    <p class="note">${words.numbersNote(messages.sets[basis])}</p>
    <div class="tiles">
      ${share('accuracy', (model) => model.accuracy, comparison.accuracy)}
      ${share('macroF1', (model) => model.macroF1, comparison.macroF1)}
      ${share('weightedF1', (model) => model.weightedF1, comparison.weightedF1)}
      ${share('coverage', (model) => model.coverage, comparison.coverage)}
      ${share('outOfScopeRecall', (model) => model.outOfScopeRecall, comparison.outOfScopeRecall)}
      ${share('fallbackRate', (model) => model.fallbackRate, comparison.fallbackRate, 'neither')}
      ${tile(
        view,
        'latency',
        `${numbers.count(champion.latency.p95Ms)} ms`,
        `${numbers.count(challenger.latency.p95Ms)} ms`,
        0,
        [],
      )}
      ${
        calibration[0] !== null &&
        calibration[1] !== null &&
        tile(view, 'calibration', numbers.score(calibration[0]!), numbers.score(calibration[1]!), 0, [])
      }
    </div>
    <details>
      <summary>${words.setsHeading}</summary>
      ${setsTable(view)}
    </details>
  </section>`;
}

function tile(
  { words }: View,
  name: MeasureName,
  before: string,
  now: string,
  direction: number,
  small: string[],
): Html {
  const tone = direction > 0 ? 'up' : direction < 0 ? 'down' : 'even';
  return html`<div class="tile">
    <p class="name">${words.measures[name].name}</p>
    <p class="value">
      <span class="before"><span class="hidden">${words.before} </span>${before}</span>
      <span aria-hidden="true">→</span>
      <strong><span class="hidden">${words.after} </span>${now}</strong>
    </p>
    <p class="explanation">${words.measures[name].explanation}</p>
    ${
      small.length > 0 &&
      html`<p class="change">
        <span class="${tone}">${small[0]}</span> <span class="range">${small[1]}</span>
      </p>`
    }
  </div>`;
}

function setsTable({ input, words, messages, numbers }: View): Html {
  const names: SetName[] = ['golden', 'validation', 'together'];
  const groups = ['existing', 'new', 'out-of-scope'] as const;
  const rows = names.flatMap((name) => {
    const set = input.evaluation.sets[name];
    if (!set) return [];
    const { comparison } = set;
    const all = { ...comparison, group: null };
    return [
      all,
      ...groups.flatMap((group) => {
        const compared = comparison.groups[group];
        return compared ? [{ ...compared, group }] : [];
      }),
    ].map(
      ({ group, pairs, accuracy, macroF1 }) =>
        html`<tr ${group === null && html`class="total"`}>
          <th scope="row">${group === null ? messages.sets[name] : messages.groups[group]}</th>
          <td>${numbers.count(pairs.items)}</td>
          <td>${numbers.percent((pairs.bothRight + pairs.broken) / pairs.items)}</td>
          <td>${numbers.percent((pairs.bothRight + pairs.fixed) / pairs.items)}</td>
          <td>
            ${numbers.points(accuracy.value)}
            <span class="range"
              >${words.interval95(numbers.points(accuracy.lower), numbers.points(accuracy.upper))}</span
            >
          </td>
          <td>
            ${numbers.points(macroF1.value)}
            <span class="range"
              >${words.interval95(numbers.points(macroF1.lower), numbers.points(macroF1.upper))}</span
            >
          </td>
          <td>${numbers.count(pairs.fixed)}</td>
          <td>${numbers.count(pairs.broken)}</td>
          <td>${numbers.pValue(pairs.pValue)}</td>
        </tr>`,
    );
  });
  const accuracy = words.measures.accuracy.name;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.setsHeading}">
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">${words.set}</th>
          <th scope="col">${words.group}</th>
          <th scope="col">${accuracy}, ${words.before}</th>
          <th scope="col">${accuracy}, ${words.after}</th>
          <th scope="col">${accuracy}, ${words.difference}</th>
          <th scope="col">${words.measures.macroF1.name}, ${words.difference}</th>
          <th scope="col">${words.fixed}</th>
          <th scope="col">${words.broken}</th>
          <th scope="col">${words.pValue}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
