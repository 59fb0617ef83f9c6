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

/** How much of each pixel a disc covers, 0–256, for discs of a radius in pixels. */
interface Stamp {
  reach: number;
  coverage: Uint16Array;
}

function stampOf(radius: number): Stamp {
  const reach = Math.ceil(radius + 0.5);
  const side = reach * 2 + 1;
  const coverage = new Uint16Array(side * side);
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const covered = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(row, column)));
      coverage[(row + reach) * side + column + reach] = Math.round(covered * 256);
    }
  }
  return { reach, coverage };
}

const dimShare = 0.22;

/**
 * Paints the points into pixels, in software: as fast without a graphics card, and without code made at run time, which
 * the content security policy forbids.
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
  const { data, width, height } = image;
  const [backRed, backGreen, backBlue] = scene.background;
  const back = (255 << 24) | (backBlue << 16) | (backGreen << 8) | backRed;
  new Int32Array(data.buffer).fill(back);
  const { across, down } = pixelsOf(camera, size);
  const left = size.width / 2 - camera.x * across;
  const top = size.height / 2 - camera.y * down;
  const growth = Math.min(2, camera.zoom ** 0.3);
  const radii = [1.6, 2, 3, 3.4, 3.6].map((radius) => radius * growth * pixelRatio);
  const stamps = radii.map(stampOf);
  for (const point of scene.order) {
    const look = scene.look[point]!;
    const { reach, coverage } = stamps[look]!;
    const middleX = Math.round(left + scene.x[point]! * across);
    const middleY = Math.round(top + scene.y[point]! * down);
    if (middleX < -reach || middleY < -reach || middleX > width + reach || middleY > height + reach) continue;
    const strength = look === looks.dim ? dimShare : 1;
    const red = scene.colours[point * 3]!;
    const green = scene.colours[point * 3 + 1]!;
    const blue = scene.colours[point * 3 + 2]!;
    const side = reach * 2 + 1;
    for (let row = 0; row < side; row++) {
      const y = middleY + row - reach;
      if (y < 0 || y >= height) continue;
      for (let column = 0; column < side; column++) {
        const x = middleX + column - reach;
        const covered = coverage[row * side + column]! * strength;
        if (covered === 0 || x < 0 || x >= width) continue;
        const at = (y * width + x) * 4;
        data[at] = data[at]! + (((red - data[at]!) * covered) >> 8);
        data[at + 1] = data[at + 1]! + (((green - data[at + 1]!) * covered) >> 8);
        data[at + 2] = data[at + 2]! + (((blue - data[at + 2]!) * covered) >> 8);
      }
    }
  }
}
