import {
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type Ref,
} from 'react';
import { useSettings } from '../settings/settings';
import { cssColour, type Colour } from './colours';
import { withoutOverlaps, type MapLabel } from './labels';
import { paintPoints, type Scene } from './painter';
import { isInside, moved, toMap, toWindow, wholeMap, zoomed, type Camera, type Size } from './transform';

/** What other parts of the page do with the map. */
export interface MapHandle {
  zoom: (factor: number) => void;
  reset: () => void;
}

interface Properties {
  handle: Ref<MapHandle>;
  scene: Scene;
  labels: readonly MapLabel[];
  ink: Colour;
  label: string;
  hasLasso: boolean;
  onPick: (point: number, isAdding: boolean) => void;
  onLasso: (points: number[]) => void;
}

const pickPixels = 9;
const stepPixels = 60;
const clickPixels = 4;

/** The points, to move and enlarge, pick from and draw a lasso on. */
export function MapCanvas({ handle, scene, labels, ink, label, hasLasso, onPick, onLasso }: Properties) {
  const { words } = useSettings();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const camera = useRef<Camera>(wholeMap);
  const lasso = useRef<{ x: number; y: number }[] | null>(null);
  const drag = useRef<{ x: number; y: number; startX: number; startY: number } | null>(null);
  const frame = useRef(0);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const pixelRatio = Math.min(window.devicePixelRatio, 2);
  const image = useMemo(
    () =>
      size.width > 0 && size.height > 0
        ? new ImageData(Math.round(size.width * pixelRatio), Math.round(size.height * pixelRatio))
        : null,
    [size, pixelRatio],
  );

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);

  const paint = () => {
    frame.current = 0;
    const points = canvas.current?.getContext('2d');
    const above = overlay.current?.getContext('2d');
    if (!points || !above || !image) return;
    const screen = { width: image.width, height: image.height };
    paintPoints(image, scene, camera.current, screen, pixelRatio);
    points.putImageData(image, 0, 0);
    above.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    above.clearRect(0, 0, size.width, size.height);
    above.textAlign = 'center';
    above.lineJoin = 'round';
    const placed = labels.map((label) => {
      above.font = fontOf(label);
      return {
        label,
        ...toWindow(camera.current, size, label.x, label.y),
        width: above.measureText(label.text).width,
      };
    });
    for (const { label: one, x, y } of withoutOverlaps(placed)) {
      above.font = fontOf(one);
      above.lineWidth = 4;
      above.strokeStyle = cssColour(scene.background);
      above.strokeText(one.text, x, y);
      above.fillStyle = cssColour(ink);
      above.fillText(one.text, x, y);
    }
    if (lasso.current && lasso.current.length > 1) {
      above.beginPath();
      for (const { x, y } of lasso.current) above.lineTo(x, y);
      above.closePath();
      above.lineWidth = 1.5;
      above.setLineDash([5, 4]);
      above.strokeStyle = cssColour(ink);
      above.stroke();
      above.setLineDash([]);
    }
  };
  const latestPaint = useRef(paint);
  const request = () => {
    if (frame.current === 0) frame.current = requestAnimationFrame(() => latestPaint.current());
  };
  useEffect(() => {
    latestPaint.current = paint;
    request();
  });
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const look = (changed: Camera) => {
    camera.current = changed;
    request();
  };
  const middle = { x: size.width / 2, y: size.height / 2 };
  useImperativeHandle(handle, () => ({
    zoom: (factor) => look(zoomed(camera.current, size, factor, middle)),
    reset: () => look(wholeMap),
  }));

  useEffect(() => {
    const element = box.current!;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const bounds = element.getBoundingClientRect();
      const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
      camera.current = zoomed(camera.current, size, Math.exp(-event.deltaY / 400), at);
      if (frame.current === 0) frame.current = requestAnimationFrame(() => latestPaint.current());
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [size]);

  const placeOf = (event: PointerEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const nearest = (at: { x: number; y: number }): number | null => {
    let best: number | null = null;
    let least = pickPixels ** 2;
    for (let point = 0; point < scene.x.length; point++) {
      const place = toWindow(camera.current, size, scene.x[point]!, scene.y[point]!);
      const distance = (place.x - at.x) ** 2 + (place.y - at.y) ** 2;
      if (distance < least) {
        least = distance;
        best = point;
      }
    }
    return best;
  };
  const onDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    if (hasLasso || event.shiftKey) lasso.current = [at];
    drag.current = { ...at, startX: at.x, startY: at.y };
  };
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    const at = placeOf(event);
    if (lasso.current) {
      lasso.current.push(at);
      request();
    } else look(moved(camera.current, size, at.x - drag.current.x, at.y - drag.current.y));
    drag.current = { ...drag.current, ...at };
  };
  const onUp = (event: PointerEvent<HTMLDivElement>) => {
    const ended = drag.current;
    const drawn = lasso.current;
    drag.current = null;
    lasso.current = null;
    if (!ended) return;
    const at = placeOf(event);
    const isClick =
      Math.hypot(at.x - ended.startX, at.y - ended.startY) < clickPixels && (drawn?.length ?? 0) < 5;
    if (isClick) {
      const point = nearest(at);
      if (point !== null) onPick(point, event.shiftKey);
    } else if (drawn) {
      const polygon = drawn.map(({ x, y }) => toMap(camera.current, size, x, y));
      const inside: number[] = [];
      for (let point = 0; point < scene.x.length; point++) {
        if (isInside(polygon, scene.x[point]!, scene.y[point]!)) inside.push(point);
      }
      onLasso(inside);
    }
    request();
  };
  return (
    <div
      ref={box}
      className="map-box"
      data-lasso={hasLasso}
      tabIndex={0}
      role="group"
      aria-label={`${label}. ${words.mapWords.help}`}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onKeyDown={(event) => {
        const steps: Record<string, [number, number]> = {
          ArrowLeft: [stepPixels, 0],
          ArrowRight: [-stepPixels, 0],
          ArrowUp: [0, stepPixels],
          ArrowDown: [0, -stepPixels],
        };
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        look(moved(camera.current, size, ...step));
      }}
    >
      <canvas ref={canvas} width={image?.width ?? 1} height={image?.height ?? 1} aria-hidden="true" />
      <canvas ref={overlay} width={image?.width ?? 1} height={image?.height ?? 1} aria-hidden="true" />
    </div>
  );
}

function fontOf({ isCurrent }: MapLabel): string {
  return `${isCurrent ? 700 : 600} ${isCurrent ? 14 : 12}px system-ui, sans-serif`;
}
