import assert from 'node:assert/strict';
import { decide, defaultGatePolicy } from '../../../src/domain/gate';
import { decisionSentence, reasonText, renderReport } from '../../../src/domain/report';
import { messagesIn } from '../../../src/domain/report/messages';
import { assertGolden } from './golden';
import { sampleEvaluation, sampleReport } from './sample';

const little = { itemsPerIntent: 8, championRight: 88, challengerRight: 92 };
const decisive = { itemsPerIntent: 60, championRight: 90, challengerRight: 96 };

describe('renderReport', () => {
  it('renders the golden files, Spanish or English first', () => {
    assertGolden('report-es.html', renderReport(sampleReport(little, 'es')));
    const english = renderReport(sampleReport(little, 'en'));
    assert.match(english, /<html lang="en">/);
    assert.match(english, /id="language-en"\s+checked/);
    assert.doesNotMatch(english, /id="language-es"\s+checked/);
  });

  const report = renderReport(sampleReport(decisive, 'es'));

  it('puts the verdict first in both languages', () => {
    for (const [language, verdict] of [
      ['es', 'La versión 5 es mejor y pasa a producción'],
      ['en', 'Version 5 is better and goes live'],
    ]) {
      const main = report.slice(report.indexOf(`<main lang="${language}">`));
      assert.equal(/<h2>([^<]*)<\/h2>/.exec(main)?.[1], verdict);
    }
  });

  it('loads and runs nothing', () => {
    assert.doesNotMatch(report, /<(script|link|iframe|img|object|embed)\b/i);
    assert.doesNotMatch(report, /<[^>]*\s(src|href|on\w+)=/i);
    assert.doesNotMatch(report, /url\(|@import|javascript:/i);
  });

  it('escapes what comes from outside', () => {
    const hostile = sampleReport(decisive, 'es');
    hostile.evaluation.changes.broken[0]!.text = '<script>alert("x")</script>\'&';
    hostile.evaluation.changes.broken[0]!.intent = '"><img src=x>';
    const page = renderReport(hostile);
    assert.match(page, /&lt;script&gt;alert\(&quot;x&quot;\)&lt;\/script&gt;&#39;&amp;/);
    assert.match(page, /&quot;&gt;&lt;img src=x&gt;/);
    assert.match(page, /&lt;img src=x onerror=alert\(1\)&gt;/);
    assert.doesNotMatch(page, /<script|<img|<b>/);
  });

  it('shows every changed phrase', () => {
    const input = sampleReport(decisive, 'en');
    const page = renderReport(input);
    const english = page.slice(page.indexOf('<main lang="en">'));
    const { fixed, broken, differentlyWrong } = input.evaluation.changes;
    assert.equal(
      english.match(/class="phrase"/g)?.length,
      fixed.length + broken.length + differentlyWrong.length,
    );
  });

  it('balances its elements and uses no id twice', () => {
    const open: string[] = [];
    const empty = new Set(['meta', 'input', 'br', 'wbr', 'line', 'circle', 'rect']);
    const markup = report.replace(/<style>[^]*<\/style>/, '').replace(/<!doctype html>/i, '');
    for (const [, closing, name, rest] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
      if (empty.has(name!) && !closing) assert.match(rest!, /\/$/, `${name} is closed`);
      else if (closing) assert.equal(open.pop(), name);
      else open.push(name!);
    }
    assert.deepEqual(open, []);
    const ids = [...report.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('gives every picture a name and every table header a scope', () => {
    for (const [picture] of report.matchAll(/<svg[^>]*>/g)) {
      assert.match(picture, /role="img"\s+aria-label="[^"]+"|width="100%" height="14"/);
    }
    for (const [header] of report.matchAll(/<th\b[^>]*>/g)) assert.match(header, /scope="(row|col)"/);
  });

  it('leaves sections out that nothing is known about', () => {
    const evaluation = sampleEvaluation(little);
    const decision = decide(evaluation, defaultGatePolicy);
    const page = renderReport({ language: 'en', evaluation, decision });
    for (const heading of [
      'New intents',
      'What changed in the bot',
      'From logs to training',
      'How long it took',
    ]) {
      assert.ok(!page.includes(`<h2>${heading}</h2>`), heading);
      assert.ok(report.includes(`<h2>${heading}</h2>`), heading);
    }
  });

  it('can be written when there was nothing to compare', () => {
    const evaluation = sampleEvaluation({ ...little, itemsPerIntent: 8 });
    const nothing = { ...evaluation, sets: { golden: null, validation: null, together: null } };
    const decision = decide(nothing, defaultGatePolicy);
    assert.match(
      renderReport({ language: 'en', evaluation: nothing, decision }),
      /There is nothing to compare/,
    );
  });
});

describe('the words', () => {
  const shapeOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
      : typeof value;

  it('are all there in both languages, and differ', () => {
    assert.deepEqual(shapeOf(messagesIn('es')), shapeOf(messagesIn('en')));
    assert.notEqual(messagesIn('es').report.verdictHeading, messagesIn('en').report.verdictHeading);
  });

  it('leave no number out', () => {
    for (const options of [
      little,
      decisive,
      { itemsPerIntent: 40, championRight: 95, challengerRight: 75 },
    ]) {
      for (const language of ['es', 'en'] as const) {
        for (const reason of sampleReport(options, language).decision.reasons) {
          const text = reasonText(reason, language);
          assert.doesNotMatch(text, /NaN|undefined|null|Infinity/, text);
          assert.match(text, /[.]$/);
        }
      }
    }
  });

  it('say the verdict in a sentence', () => {
    const { evaluation, decision } = sampleReport(decisive, 'en');
    assert.match(
      decisionSentence(decision, evaluation, 'en'),
      /^Version 5 is better and goes live\. Macro F1 rises from [\d.]+ to [\d.]+: /,
    );
    assert.match(decisionSentence(decision, evaluation, 'es'), /^La versión 5 es mejor .* macro-F1 sube de /);
  });
});
