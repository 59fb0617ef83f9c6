import type { MapPoints } from '../../api';

export const colourings = ['proposal', 'intent', 'confidence'] as const;

export type Colouring = (typeof colourings)[number];

/** Red, green and blue, 0–255. */
export type Colour = readonly [number, number, number];

/** Hues of neighbours in rank lie far from each other. */
const goldenAngle = 137.508;

export function hueOf(rank: number): number {
  return Math.round((210 + rank * goldenAngle) % 360);
}

/** Colours of the surroundings for light and dark. */
export interface Palette {
  background: Colour;
  /** What the colouring is not about. */
  grey: Colour;
  faint: Colour;
  selected: Colour;
  /** Of a hue, 0–1. */
  saturation: number;
  lightness: number;
}

export const palettes: Record<'light' | 'dark', Palette> = {
  light: {
    background: [255, 255, 255],
    grey: [150, 154, 162],
    faint: [212, 214, 219],
    selected: [12, 14, 18],
    saturation: 0.62,
    lightness: 0.45,
  },
  dark: {
    background: [27, 30, 35],
    grey: [120, 127, 139],
    faint: [66, 72, 82],
    selected: [255, 255, 255],
    saturation: 0.62,
    lightness: 0.62,
  },
};

/** Colour of each point. */
export function pointColours(points: MapPoints, colouring: Colouring, palette: Palette): Colour[] {
  if (colouring === 'confidence')
    return points.confidence.map((confidence) =>
      confidence < 0 ? palette.faint : confidenceColour(confidence, palette),
    );
  const byGroup = groupColours(points, colouring, palette);
  return points.group.map((group) => byGroup[group] ?? palette.grey);
}

/** Whether a colouring tells a group from others of its kind. */
export function isToldApart({ kind }: MapPoints['groups'][number], colouring: Colouring): boolean {
  return colouring === 'intent' ? kind === 'intent' || kind === 'enrichment' : kind === 'proposal';
}

/** Colour of each group; what the colouring is not about has that of its kind. */
export function groupColours({ groups }: MapPoints, colouring: Colouring, palette: Palette): Colour[] {
  let rank = 0;
  return groups.map((group) =>
    isToldApart(group, colouring)
      ? colourOfHue(hueOf(rank++), palette)
      : group.kind === 'tray'
        ? palette.faint
        : palette.grey,
  );
}

/** From orange, unsure, to blue, sure: told apart also by those who see no red or green. */
export function confidenceColour(confidence: number, palette: Palette): Colour {
  return hslToRgb(30 + 185 * confidence, 0.7, palette.lightness);
}

export function colourOfHue(hue: number, { saturation, lightness }: Palette): Colour {
  return hslToRgb(hue, saturation, lightness);
}

export function cssColour([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

function hslToRgb(hue: number, saturation: number, lightness: number): Colour {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const position = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(position - 3, 9 - position, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
