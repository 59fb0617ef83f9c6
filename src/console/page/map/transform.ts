/** What of the map is seen: the point of the map in the middle of the window, and how much it is enlarged. */
export interface Camera {
  /** 0–1, as the points. */
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export const wholeMap: Camera = { x: 0.5, y: 0.5, zoom: 1 };

const leastZoom = 0.8;
const mostZoom = 60;
const margin = 0.94;

/** Pixels that the side of the map, 0–1, takes up. */
export function pixelsOf(camera: Camera, { width, height }: Size): { across: number; down: number } {
  return { across: width * margin * camera.zoom, down: height * margin * camera.zoom };
}

export function toWindow(camera: Camera, size: Size, x: number, y: number): { x: number; y: number } {
  const { across, down } = pixelsOf(camera, size);
  return { x: size.width / 2 + (x - camera.x) * across, y: size.height / 2 + (y - camera.y) * down };
}

export function toMap(camera: Camera, size: Size, x: number, y: number): { x: number; y: number } {
  const { across, down } = pixelsOf(camera, size);
  return { x: camera.x + (x - size.width / 2) / across, y: camera.y + (y - size.height / 2) / down };
}

/** Enlarges while the point of the map at a place in the window stays where it is. */
export function zoomed(camera: Camera, size: Size, factor: number, at: { x: number; y: number }): Camera {
  const zoom = Math.min(mostZoom, Math.max(leastZoom, camera.zoom * factor));
  const fixed = toMap(camera, size, at.x, at.y);
  const { across, down } = pixelsOf({ ...camera, zoom }, size);
  return {
    x: fixed.x - (at.x - size.width / 2) / across,
    y: fixed.y - (at.y - size.height / 2) / down,
    zoom,
  };
}

/** Moves by pixels of the window. */
export function moved(camera: Camera, size: Size, across: number, down: number): Camera {
  const pixels = pixelsOf(camera, size);
  const inside = (value: number) => Math.min(1.2, Math.max(-0.2, value));
  return {
    ...camera,
    x: inside(camera.x - across / pixels.across),
    y: inside(camera.y - down / pixels.down),
  };
}

/** Whether a point lies in a polygon, by crossings (even-odd rule). */
export function isInside(polygon: readonly { x: number; y: number }[], x: number, y: number): boolean {
  let inside = false;
  for (let index = 0, before = polygon.length - 1; index < polygon.length; before = index++) {
    const one = polygon[index]!;
    const other = polygon[before]!;
    if (one.y > y !== other.y > y && x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x)
      inside = !inside;
  }
  return inside;
}
