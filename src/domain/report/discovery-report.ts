import type { Discovery, Proposal, TrayGroup, Trend } from '../discovery';
import type { DiscoveryMap } from '../discovery-map';
import { drawMap } from './discovery-map';
import { explainProposal } from './explain-proposal';
import { breakable, html, type Html } from './html';
import type { Language } from '../language';
import { messagesIn, type DiscoveryMessages } from './messages';
import { numbersIn, type Numbers } from './numbers';
import { renderPage } from './page';
import { bars } from './sections/bars';

export interface DiscoveryReportInput {
  /** The language that is shown first; the other is one click away. */
  language: Language;
  discovery: Discovery;
  /** Null where no map was made. */
  map: DiscoveryMap | null;
}

/** So many groups of the tray are shown at once; the others one click away. */
const shownGroups = 12;
const shownPhrases = 5;

/** What the sections are made from. */
interface View {
  discovery: Discovery;
  language: Language;
  words: DiscoveryMessages;
  numbers: Numbers;
}

/**
 * Renders the report on a discovery: one HTML file that loads nothing and runs nothing, in Spanish and English, with
 * every proposal and what it explains about itself, the tray, and the map. All texts from outside are escaped.
 */
export function renderDiscoveryReport({ language: first, discovery, map }: DiscoveryReportInput): string {
  const drawing = map && map.points.length > 0 ? drawMap(discovery, map) : null;
  return renderPage({
    language: first,
    title: messagesIn(first).discovery.title,
    shared: drawing?.definition,
    content: (language) => {
      const words = messagesIn(language).discovery;
      const view = { discovery, language, words, numbers: numbersIn(language) };
      return html`<main lang="${language}">
        ${header(view)} ${summary(view)}
        ${
          drawing &&
          map &&
          html`<section>
            <h2>${words.mapHeading}</h2>
            <p class="note">${words.mapNote}</p>
            ${drawing.use(words.mapLabel(view.numbers.count(map.points.length)), words.mapOthers)}
          </section>`
        }
        ${proposalsSection(view)} ${enrichmentsSection(view)} ${traySection(view)}
        <footer>
          <h2>${words.methodHeading}</h2>
          <p>${words.method}</p>
        </footer>
      </main>`;
    },
  });
}

function header({ discovery, words, numbers }: View): Html {
  const { traffic, counts, embedder } = discovery;
  return html`<header>
    <h1>${words.title}</h1>
    <p>
      ${words.subtitle({
        embedder,
        utterances: numbers.count(counts.utterances),
        interactions: numbers.count(traffic.interactions),
      })}
    </p>
  </header>`;
}

function summary({ discovery, words, numbers }: View): Html {
  const { traffic, counts, sample } = discovery;
  const places = ['assignedToIntents', 'inProposals', 'noise'] as const;
  return html`<section>
    ${
      traffic.from !== null &&
      traffic.to !== null &&
      html`<p>${words.period(numbers.time(traffic.from), numbers.time(traffic.to))}</p>`
    }
    <p class="note">${words.missed(numbers.count(traffic.missed), numbers.count(traffic.uncertain))}</p>
    ${
      sample &&
      html`<p class="note">${words.sample(numbers.count(sample.phrases), numbers.count(sample.of))}</p>`
    }
    ${bars(
      places.map((place) => ({
        label: words.places[place],
        value: counts[place],
        text: numbers.count(counts[place]),
      })),
    )}
  </section>`;
}

function proposalsSection(view: View): Html {
  const { discovery, words, numbers } = view;
  const { proposals } = discovery;
  return html`<section>
    <h2>${words.proposalsHeading(numbers.count(proposals.length))}</h2>
    ${
      proposals.length === 0
        ? html`<p>${words.noProposals}</p>`
        : html`<p class="note">${words.proposalsNote}</p>
            ${proposals.map((proposal) => proposalArticle(proposal, view))}`
    }
  </section>`;
}

function proposalArticle(proposal: Proposal, view: View): Html {
  const { discovery, language, words } = view;
  const nameOf = (near: string) => discovery.proposals.find(({ id }) => id === near)?.name ?? near;
  return html`<article class="card proposal" id="${language}-${proposal.id}">
    <h3>
      ${breakable(proposal.name)} <code>${proposal.id}</code> ${
        proposal.isReturning && html`<span class="tag">${words.returning}</span>`
      }
    </h3>
    <p class="note">${words.terms}: ${proposal.terms.join(', ')}</p>
    <ul class="reasons">
      ${explainProposal(proposal, discovery, language).map(
        ({ kind, text }) => html`<li class="${kind}">${text}.</li>`,
      )}
    </ul>
    ${proposal.trend && sparkline(proposal.trend, view)}
    ${phraseList(
      words.representatives,
      proposal.representatives.map((text) => ({ text, note: null })),
    )}
    ${phraseList(
      words.borderline,
      proposal.borderline.map(({ text, near }) => ({ text, note: words.near(nameOf(near)) })),
    )}
  </article>`;
}

function phraseList(heading: string, phrases: { text: string; note: string | null }[]): Html | null {
  if (phrases.length === 0) return null;
  return html`<p class="note">${heading}</p>
    <ul>
      ${phrases.map(
        ({ text, note }) =>
          html`<li>${text} ${note !== null && html`<span class="range">${note}</span>`}</li>`,
      )}
    </ul>`;
}

/** A bar for each bucket of time, as high as its share of the highest. */
function sparkline({ perBucket, bucketDays }: Trend, { words, numbers }: View): Html {
  const highest = Math.max(...perBucket, 1);
  const label = words.trendChart({
    buckets: perBucket.map(numbers.count).join(', '),
    days: numbers.count(bucketDays),
  });
  return html`<svg
    class="sparkline"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${perBucket.length * 10} 30"
    width="${perBucket.length * 10}"
    height="30"
  >
    <title>${label}</title>
    ${perBucket.map((value, index) => {
      const height = (30 * value) / highest;
      return html`<rect
        x="${index * 10}"
        y="${(30 - height).toFixed(1)}"
        width="8"
        height="${height.toFixed(1)}"
      />`;
    })}
  </svg>`;
}

function enrichmentsSection({ discovery, words, numbers }: View): Html | null {
  const { enrichments } = discovery;
  if (enrichments.length === 0) return null;
  const total = enrichments.reduce((sum, { size }) => sum + size, 0);
  return html`<section>
    <h2>${words.enrichmentsHeading(numbers.count(total))}</h2>
    ${enrichments.map(
      ({ intent, size, chosenByBot = size, interactions, representatives }) =>
        html`<details>
          <summary>
            ${intent}
            <span class="range">${factsOf({ size, interactions, cohesion: null }, words, numbers)}</span>
            ${chosenByBot < size && html`<span class="range">${words.enrichmentsByNeighbours(numbers.count(size - chosenByBot))}</span>`}
          </summary>
          <ul class="phrases">
            ${representatives.map((phrase) => html`<li>${phrase}</li>`)}
          </ul>
        </details>`,
    )}
  </section>`;
}

function traySection({ discovery, words, numbers }: View): Html | null {
  const { tray, counts } = discovery;
  if (tray.length === 0) return null;
  const groups = tray.filter(({ kind }) => kind === 'group');
  const others = tray.filter(({ kind }) => kind !== 'group');
  const entry = (group: TrayGroup) =>
    html`<details>
      <summary>
        ${trayName(group, words)} <span class="range">${factsOf(group, words, numbers)}</span>
      </summary>
      <ul class="phrases">
        ${group.representatives.slice(0, shownPhrases).map((phrase) => html`<li>${phrase}</li>`)}
      </ul>
    </details>`;
  const rest = groups.slice(shownGroups);
  return html`<section>
    <h2>${words.trayHeading(numbers.count(counts.noise))}</h2>
    <p class="note">${words.trayNote}</p>
    ${others.map(entry)} ${groups.slice(0, shownGroups).map(entry)}
    ${
      rest.length > 0 &&
      html`<details>
        <summary>${words.moreGroups(numbers.count(rest.length))}</summary>
        ${rest.map(entry)}
      </details>`
    }
  </section>`;
}

/** What a group of the tray is called: its terms, its language, or its kind. */
export function trayName(group: TrayGroup, words: DiscoveryMessages): string {
  if (group.language !== null) return words.language(words.languages[group.language] ?? group.language);
  return group.terms.length > 0 ? group.terms.join(', ') : words.trayKinds[group.kind];
}

function factsOf(
  { size, interactions, cohesion }: Pick<TrayGroup, 'size' | 'interactions' | 'cohesion'>,
  words: DiscoveryMessages,
  numbers: Numbers,
): string {
  return words.trayFacts({
    phrases: numbers.count(size),
    interactions: numbers.count(interactions),
    cohesion: cohesion === null ? null : numbers.hundredth(cohesion),
  });
}
