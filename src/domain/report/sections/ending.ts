import { html, type Html } from '../html';
import type { View } from '../view';

/** What a person can do now. */
export function nextSection({ input, words }: View): Html {
  const steps = words.next[input.decision.verdict](input.evaluation.subject.pipeline);
  return html`<section>
    <h2>${words.nextHeading}</h2>
    <ul class="steps">
      ${steps.map(({ text, command }) => html`<li>${text} ${command && html`<code>${command}</code>`}</li>`)}
    </ul>
  </section>`;
}

/** How the numbers came about. */
export function methodSection({ input, words, numbers }: View): Html {
  const { resamples, seed } = input.evaluation.method;
  return html`<footer>
    <h2>${words.methodHeading}</h2>
    <p>${words.method({ resamples: numbers.count(resamples), seed: String(seed) })}</p>
  </footer>`;
}
