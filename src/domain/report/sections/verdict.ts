import type { GateCode, GateReason, Verdict } from '../../gate';
import { html, type Html } from '../html';
import { reasonText } from '../reasons';
import type { View } from '../view';

const signs: Record<Verdict, string> = { promote: '✓', keep: '✕', 'not-enough-evidence': '?' };

/** The verdict and its reasons: what speaks against, what cannot be told, what holds. */
export function verdictSection(view: View): Html {
  const { input, messages, words, numbers, set } = view;
  const { decision } = input;
  const failed = decision.reasons.filter(({ outcome }) => outcome === 'failed');
  const undecided = decision.reasons.filter(({ outcome }) => outcome === 'undecided');
  const holding = decision.reasons.filter(({ passed }) => passed);
  const pairs = set?.comparison.pairs;
  const count = numbers.count;
  return html`<section class="verdict ${decision.verdict}" aria-label="${words.verdictHeading}">
    <p class="sign" aria-hidden="true">${signs[decision.verdict]}</p>
    <div>
      <h2>${messages.verdicts[decision.verdict](input.evaluation.subject)}</h2>
      ${
        pairs &&
        html`<p class="lead">
          ${words.leadChanges({
            items: count(pairs.items),
            set: messages.sets[input.evaluation.sets[decision.basis] ? decision.basis : 'together'],
            fixed: count(pairs.fixed),
            broken: count(pairs.broken),
          })}
          ${
            decision.verdict === 'not-enough-evidence' &&
            words.leadEvidence({
              items: count(decision.evidence.items),
              difference: numbers.size(decision.evidence.provableDifference),
            })
          }
        </p>`
      }
      ${input.liveVersion && html`<p class="live">${words.liveNow(input.liveVersion)}</p>`}
      ${reasonList(view, 'failed', words.rulesAgainst, failed)}
      ${reasonList(view, 'undecided', words.rulesUndecided, undecided)}
      ${reasonList(view, 'passed', words.rulesFor, holding)}
    </div>
  </section>`;
}

function reasonList(view: View, kind: string, heading: string, reasons: GateReason[]): Html | null {
  if (reasons.length === 0) return null;
  const kept = severalOf('protected-intent-kept', reasons);
  const unclear = severalOf('protected-intent-unclear', reasons);
  const single = reasons.filter((reason) => !kept.includes(reason) && !unclear.includes(reason));
  return html`<h3>${heading}</h3>
    <ul class="reasons ${kind}">
      ${single.map((reason) => html`<li>${reasonText(reason, view.language)}</li>`)}
      ${kept.length > 0 && html`<li>${protectedKept(view, kept)}</li>`}
      ${unclear.length > 0 && html`<li>${protectedUnclear(view, unclear)}</li>`}
    </ul>`;
}

/** The reasons with a code where there are more than two: they share one line. */
function severalOf(code: GateCode, reasons: GateReason[]): GateReason[] {
  const found = reasons.filter((reason) => reason.code === code);
  return found.length > 2 ? found : [];
}

function protectedKept({ words, numbers }: View, kept: GateReason[]): string {
  const weakest = kept.reduce((worst, reason) => ((reason.value ?? 0) < (worst.value ?? 0) ? reason : worst));
  return words.protectedKept(
    numbers.count(kept.length),
    String(weakest.facts['intent']),
    numbers.points(weakest.value ?? 0),
  );
}

function protectedUnclear({ words, numbers }: View, unclear: GateReason[]): string {
  return words.protectedUnclear({
    count: numbers.count(unclear.length),
    tolerance: numbers.size(unclear[0]!.threshold ?? 0),
    intents: unclear
      .map(({ facts, value }) => `${facts['intent']} (${facts['items']}; ${numbers.points(value ?? 0)})`)
      .join(', '),
  });
}
