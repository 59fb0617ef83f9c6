import type { Discovery } from '../discovery';
import type { DiscoveryMap, MapPoint } from '../discovery-map';
import { html, type Html } from './html';
import type { DiscoveryMessages } from './messages';

const width = 800;
const height = 800;
const margin = 20;
/** More would make the file heavy and the picture no clearer; they are drawn evenly from each kind. */
const mostPoints = 6_000;
/** Hues of proposals, spread by the golden angle so that neighbours in rank differ. */
const goldenAngle = 137.508;

/** A drawing that is defined once and used in both languages. */
export interface Drawing {
  definition: Html;
  use(label: string, others: DiscoveryMessages['mapOthers']): Html;
}

/** Draws the utterances: a colour for each proposal, with its name at its middle; known intents and the tray in grey. */
export function drawMap(discovery: Discovery, map: DiscoveryMap): Drawing {
  const proposalOf = new Map(
    discovery.proposals.flatMap(({ memberIds }, rank) => memberIds.map((id) => [id, rank] as const)),
  );
  const noise = new Set(discovery.tray.flatMap(({ memberIds }) => memberIds));
  const points = evenly(map.points, mostPoints);
  const kindOf = ({ id }: MapPoint) => (proposalOf.has(id) ? 'proposal' : noise.has(id) ? 'noise' : 'intent');
  const circles = (kind: 'intent' | 'noise') =>
    html`<g class="${kind}">
      ${points.filter((point) => kindOf(point) === kind).map((point) => circle(point))}
    </g>`;
  const proposals = discovery.proposals.flatMap(({ name }, rank) => {
    const members = points.filter(({ id }) => proposalOf.get(id) === rank);
    if (members.length === 0) return [];
    const middle = {
      x: median(members.map(({ x }) => x)),
      y: median(members.map(({ y }) => y)),
    };
    return { name, middle, hue: Math.round((rank * goldenAngle) % 360), members };
  });
  return {
    definition: html`<svg class="hidden" aria-hidden="true">
      <defs>
        <g id="map">
          ${circles('intent')} ${circles('noise')}
          ${proposals.map(
            ({ hue, members }) =>
              html`<g class="proposal-points" style="--hue: ${hue}">${members.map(circle)}</g>`,
          )}
          ${proposals.map(
            ({ name, middle }) =>
              html`<text
                x="${across(middle.x)}"
                y="${down(middle.y)}"
                dy="-8"
                text-anchor="${anchorAt(middle.x)}"
              >
                ${name}
              </text>`,
          )}
        </g>
      </defs>
    </svg>`,
    use: (label, others) =>
      html`<svg class="map" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="100%">
          <title>${label}</title>
          <use href="#map" />
        </svg>
        <p class="note map-legend">
          <span class="intent">●</span> ${others.intent} <span class="noise">●</span> ${others.noise}
        </p>`,
  };
}

/** Names at the edges of the map stay within it. */
function anchorAt(x: number): 'start' | 'middle' | 'end' {
  if (Math.abs(x) < 0.75) return 'middle';
  return x < 0 ? 'start' : 'end';
}

function circle({ x, y }: Pick<MapPoint, 'x' | 'y'>): Html {
  return html`<circle cx="${across(x)}" cy="${down(y)}" r="3" />`;
}

function across(x: number): string {
  return (width / 2 + x * (width / 2 - margin)).toFixed(1);
}

function down(y: number): string {
  return (height / 2 - y * (height / 2 - margin)).toFixed(1);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]!);
}
