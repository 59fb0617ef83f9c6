import assert from 'node:assert/strict';
import type { DiscoveryMap } from '../../../src/domain/discovery-map';
import { explainNewExamples, explainProposal, renderDiscoveryReport } from '../../../src/domain/report';
import { aDiscovery, aProposal, wholeDiscovery, wifiProposal } from '../../support/discovery';
import { assertGolden } from './golden';

const map: DiscoveryMap = {
  schemaVersion: 1,
  points: wholeDiscovery.assignments.map(({ id }, index) => ({ id, x: index / 12, y: -index / 12 })),
};

describe('the report on a discovery', () => {
  const report = renderDiscoveryReport({ language: 'es', discovery: wholeDiscovery, map });

  it('renders the golden file', () => assertGolden('discovery-es.html', report));

  it('loads and runs nothing, and escapes what comes from outside', () => {
    assert.doesNotMatch(report, /<(script|link|iframe|img|object|embed)\b/i);
    assert.doesNotMatch(report, /<[^>]*\s(src|on\w+)=/i);
    assert.doesNotMatch(report, /href="(?!#)/);
    assert.match(report, /&lt;img src=x onerror=alert\(1\)&gt;/);
    assert.match(report, /internet para &lt;b&gt;perros&lt;\/b&gt;/);
  });

  it('draws every point once, whatever the languages, and names proposals at their middle', () => {
    assert.equal(report.match(/<circle /g)?.length, map.points.length);
    assert.equal(report.match(/<use href="#map"/g)?.length, 2);
    // The middle one of w1, w2, w3 lies at 1/12 of 380 pixels right of the middle and below it.
    assert.match(
      report,
      /<text\s+x="431.7"\s+y="431.7"\s+dy="-8"\s+text-anchor="middle"\s*>\s*PreguntarWifi\s*</,
    );
  });

  it('uses no id twice and balances its elements', () => {
    const ids = [...report.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const name of ['main', 'section', 'article', 'ul', 'li', 'details', 'svg', 'g', 'p']) {
      const [opened, closed] = [new RegExp(`<${name}[\\s>]`, 'g'), new RegExp(`</${name}>`, 'g')].map(
        (pattern) => report.match(pattern)?.length ?? 0,
      );
      assert.equal(opened, closed, name);
    }
  });

  it('says so where nothing was found', () => {
    const empty = renderDiscoveryReport({ language: 'en', discovery: aDiscovery({}), map: null });
    assert.match(empty, /Nothing new was found/);
    assert.match(empty, /No se encontró nada nuevo/);
    assert.doesNotMatch(empty, /class="map"/);
  });

  it('says so where topics were looked for among a sample', () => {
    const sampled = renderDiscoveryReport({
      language: 'en',
      discovery: aDiscovery({ sample: { phrases: 40_000, of: 110_000 } }),
      map: null,
    });
    assert.match(sampled, /random sample of 40,000 of 110,000 phrases/);
    assert.match(sampled, /muestra al azar de 40.000 de 110.000 frases/);
    assert.doesNotMatch(report, /random sample/);
  });

  it('names the language of what was set aside', () => {
    const english = report.slice(report.indexOf('<main lang="en">'));
    assert.match(english, /in Catalan\s*<span class="range">1 phrase, 2 interactions</);
    assert.match(report, /en catalán/);
  });
});

describe('what a proposal explains', () => {
  const texts = (language: 'es' | 'en') =>
    explainProposal(wifiProposal, wholeDiscovery, language).map(({ kind, text }) => `${kind}: ${text}`);

  it('is what it would bring, then warnings, then how sure it is', () => {
    assert.deepEqual(texts('en'), [
      'fact: 41 phrases, 286 interactions; would rescue 280',
      'fact: at most 10.5 % of all fallbacks, likely 10.2 %',
      'fact: growing: 80 in the first half of the time, 206 in the second (of all traffic 47 % is in the second)',
      'warning: would clash with ConsultarUbicacion: similarity 0.60, and nine in ten of the bot’s own intents stay below 0.59. Perhaps its phrases belong there',
      'warning: ConsultarUbicacion would go from F1 87.2 to 84.2 (19 examples; recall at worst −20.5 points)',
      'warning: perhaps the same as PreguntarPerros (similarity 0.63): they could be merged',
      'fact: cohesion 0.74, stability 0.91',
      'fact: 33 of 34 phrases recognised when held out (95 %: 85 % to 99 %)',
      'fact: no loss of F1 seen at ConsultarMenu',
    ]);
    assert.equal(
      texts('es')[1],
      'fact: rescataría como mucho el 10,5 % de lo no entendido, probablemente el 10,2 %',
    );
  });

  it('names the proposals that it comes closest to', () => {
    const near = [{ proposal: 'p-0000000b', similarity: 0.314 }];
    const said = explainProposal({ ...wifiProposal, near }, wholeDiscovery, 'es').map(({ text }) => text);
    assert.ok(said.includes('propuestas más parecidas: PreguntarPerros (0,31)'), said.join('; '));
  });

  it('leaves out what was not measured', () => {
    const plain = aProposal({ id: 'p-1', name: 'A', memberIds: ['a', 'b'] });
    assert.deepEqual(
      explainProposal(plain, aDiscovery({}), 'en').map(({ text }) => text),
      ['2 phrases, 2 interactions; would rescue 2', 'cohesion 1.00'],
    );
  });
});

describe('what new examples explain', () => {
  const chosenByBot = Array.from({ length: 1_200 }, (_, index) => `b${index}`);
  const explained = (byLikenessAlone: string[]) =>
    (['en', 'es'] as const).flatMap((language) =>
      explainNewExamples({ chosenByBot, byLikenessAlone }, language).map(
        ({ kind, text }) => `${kind}: ${text}`,
      ),
    );

  it('is how many the bot chose and how many are there by likeness alone, with a warning of the latter', () => {
    assert.deepEqual(explained(['n1', 'n2']), [
      'warning: chosen by the bot itself: 1,200; by likeness alone: 2, look at each. In the example’s logs 97 in 100 of the former are right, and half of the latter',
      'warning: elegidos por el propio bot: 1.200; solo por parecido: 2, revíselos uno a uno. En los registros del ejemplo son correctos 97 de cada 100 de los primeros y la mitad de los segundos',
    ]);
    assert.deepEqual(explained([]), [
      'fact: chosen by the bot itself: 1,200; by likeness alone: none',
      'fact: elegidos por el propio bot: 1.200; solo por parecido: ninguno',
    ]);
    assert.deepEqual(explainNewExamples({ chosenByBot: [], byLikenessAlone: [] }, 'en'), []);
  });
});
