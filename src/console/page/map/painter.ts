import type { Colour } from './colours';
import { pixelsOf, type Camera, type Size } from './transform';

/** How a point is shown, the later ones above the earlier. */
export const looks = { dim: 0, normal: 1, current: 2, match: 3, selected: 4 } as const;

export interface Scene {
  x: Float32Array;
  y: Float32Array;
  /** Red, green, blue of each point. */
  colours: Uint8Array;
  look: Uint8Array;
  /** Points in the order in which they are painted. */
  order: Uint32Array;
  background: Colour;
}

/** Colours and looks as arrays that painting is fast on. */
export function createScene(
  points: { x: readonly number[]; y: readonly number[] },
  colours: readonly Colour[],
  look: Uint8Array,
  background: Colour,
): Scene {
  const order = Uint32Array.from(look.keys());
  order.sort((one, other) => look[one]! - look[other]! || one - other);
  const flat = new Uint8Array(colours.length * 3);
  colours.forEach((colour, index) => flat.set(colour, index * 3));
  return {
    x: Float32Array.from(points.x),
    y: Float32Array.from(points.y),
    colours: flat,
    look,
    order,
    background,
  };
}

/** A disc of some radius: which pixels around its middle it covers wholly, and how much of those at its edge. */
interface Stamp {
  reach: number;
  /** Distances from the middle in a picture of a certain width. */
  whole: Int32Array;
  edge: Int32Array;
  /** 0–256, for each pixel of the edge. */
  coverage: Int32Array;
}

/** @param strength 0–1: one that is weaker than 1 covers nothing wholly */
function stampOf(radius: number, strength: number, width: number): Stamp {
  const reach = Math.ceil(radius + 0.5);
  const whole: number[] = [];
  const edge: number[] = [];
  const coverage: number[] = [];
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const share = strength * Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(row, column)));
      if (share === 0) continue;
      if (share === 1) whole.push(row * width + column);
      else {
        edge.push(row * width + column);
        coverage.push(Math.round(share * 256));
      }
    }
  }
  return {
    reach,
    whole: Int32Array.from(whole),
    edge: Int32Array.from(edge),
    coverage: Int32Array.from(coverage),
  };
}

const radiusOf = [1.6, 2, 3, 3.4, 3.6];
const dimShare = 0.22;

/**
 * Paints the points into pixels, in software: as fast without a graphics card, and without code made at run time, which
 * the content security policy forbids. Points at the very border of the picture are left out.
 * @param size in pixels of the screen
 * @param pixelRatio pixels of the screen for one of the page
 */
export function paintPoints(
  image: ImageData,
  scene: Scene,
  camera: Camera,
  size: Size,
  pixelRatio: number,
): void {
  const { width, height } = image;
  // Four bytes of a pixel as one number: red is the lowest on every machine that browsers run on.
  const pixels = new Int32Array(image.data.buffer);
  const [backRed, backGreen, backBlue] = scene.background;
  pixels.fill((255 << 24) | (backBlue << 16) | (backGreen << 8) | backRed);
  const { across, down } = pixelsOf(camera, size);
  const left = size.width / 2 - camera.x * across;
  const top = size.height / 2 - camera.y * down;
  const growth = Math.min(2, camera.zoom ** 0.3) * pixelRatio;
  const stamps = radiusOf.map((radius, look) =>
    stampOf(radius * growth, look === looks.dim ? dimShare : 1, width),
  );
  const { order, x, y, look, colours } = scene;
  for (let index = 0; index < order.length; index++) {
    const point = order[index]!;
    const { reach, whole, edge, coverage } = stamps[look[point]!]!;
    const middleX = Math.round(left + x[point]! * across);
    const middleY = Math.round(top + y[point]! * down);
    if (middleX < reach || middleY < reach || middleX >= width - reach || middleY >= height - reach) continue;
    const red = colours[point * 3]!;
    const green = colours[point * 3 + 1]!;
    const blue = colours[point * 3 + 2]!;
    const colour = (255 << 24) | (blue << 16) | (green << 8) | red;
    const middle = middleY * width + middleX;
    for (let pixel = 0; pixel < whole.length; pixel++) pixels[middle + whole[pixel]!] = colour;
    for (let pixel = 0; pixel < edge.length; pixel++) {
      const at = middle + edge[pixel]!;
      const share = coverage[pixel]!;
      const below = pixels[at]!;
      const belowRed = below & 255;
      const belowGreen = (below >> 8) & 255;
      const belowBlue = (below >> 16) & 255;
      pixels[at] =
        (255 << 24) |
        ((belowBlue + (((blue - belowBlue) * share) >> 8)) << 16) |
        ((belowGreen + (((green - belowGreen) * share) >> 8)) << 8) |
        (belowRed + (((red - belowRed) * share) >> 8));
    }
  }
}
