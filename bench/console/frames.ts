/** What is done to a map while its frames are counted. */
export type Movement = 'zoom' | 'pan' | 'lasso';

/**
 * A script that moves whatever has the class `map-box`, an event a frame, and says how long each frame took.
 * @returns the source of an expression: a promise of milliseconds
 */
export function frameTimes(movement: Movement, seconds: number): string {
  return `new Promise((resolve) => {
    const box = document.querySelector('.map-box');
    const { left, top, width, height } = box.getBoundingClientRect();
    const fire = (type, x, y, more) => {
      const settings = { clientX: left + x, clientY: top + y, bubbles: true, cancelable: true, ...more };
      box.dispatchEvent(type === 'wheel' ? new WheelEvent(type, settings) : new PointerEvent(type, { pointerId: 1, button: 0, ...settings }));
    };
    box.setPointerCapture = () => undefined;
    const shiftKey = ${movement === 'lasso'};
    const around = (count) => [width / 2 + Math.cos(count / 30) * 150, height / 2 + Math.sin(count / 30) * 150];
    const times = [];
    let count = 0;
    if (${movement !== 'zoom'}) fire('pointerdown', ...around(0), { shiftKey });
    const begun = performance.now();
    let last = begun;
    const step = (now) => {
      if (count > 1) times.push(now - last);
      last = now;
      count++;
      if (now - begun > ${seconds * 1_000}) {
        if (${movement !== 'zoom'}) fire('pointerup', ...around(count), { shiftKey });
        return resolve(times);
      }
      if (${movement === 'zoom'}) fire('wheel', width / 3, height / 3, { deltaY: count % 60 < 30 ? -30 : 30 });
      else fire('pointermove', ...around(count), { shiftKey });
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`;
}

/**
 * A script that makes of an empty page a canvas of a size, with points that it draws as discs anew whenever something
 * moves: what one writes first.
 */
export function plainCanvas(points: number, { width, height }: { width: number; height: number }): string {
  return `(() => {
    const canvas = document.createElement('canvas');
    canvas.className = 'map-box';
    canvas.width = ${Math.round(width)};
    canvas.height = ${Math.round(height)};
    document.body.append(canvas);
    const context = canvas.getContext('2d');
    let state = 7;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const all = Array.from({ length: ${points} }, () => ({ x: random(), y: random(), hue: Math.floor(random() * 14) * 25 }));
    let zoom = 1, shift = { x: 0, y: 0 }, from = null, lasso = null;
    const draw = () => {
      context.clearRect(0, 0, canvas.width, canvas.height);
      for (const { x, y, hue } of all) {
        context.fillStyle = 'hsl(' + hue + ' 62% 45%)';
        context.beginPath();
        context.arc((x - 0.5) * canvas.width * zoom + canvas.width / 2 + shift.x, (y - 0.5) * canvas.height * zoom + canvas.height / 2 + shift.y, 2, 0, 2 * Math.PI);
        context.fill();
      }
      if (lasso) {
        context.beginPath();
        for (const at of lasso) context.lineTo(at.x, at.y);
        context.closePath();
        context.stroke();
      }
    };
    canvas.addEventListener('wheel', (event) => { zoom *= Math.exp(-event.deltaY / 400); draw(); });
    canvas.addEventListener('pointerdown', (event) => { from = { x: event.clientX, y: event.clientY }; lasso = event.shiftKey ? [] : null; });
    canvas.addEventListener('pointermove', (event) => {
      if (!from) return;
      const at = { x: event.clientX, y: event.clientY };
      if (lasso) lasso.push(at);
      else shift = { x: shift.x + at.x - from.x, y: shift.y + at.y - from.y };
      from = at;
      draw();
    });
    canvas.addEventListener('pointerup', () => { from = null; lasso = null; draw(); });
    draw();
  })()`;
}
