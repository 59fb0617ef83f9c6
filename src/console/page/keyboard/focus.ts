/** How long something that is being loaded is waited for. */
const patienceMs = 5_000;

/**
 * Moves the focus as soon as its place is there: what a key goes to may still be loading. Whoever presses another key
 * or points elsewhere meanwhile has gone on.
 */
export function focusOnceThere(find: () => HTMLElement | null | undefined): void {
  const untilMs = performance.now() + patienceMs;
  const gone = new AbortController();
  for (const kind of ['keydown', 'pointerdown'])
    window.addEventListener(kind, () => gone.abort(), { capture: true, signal: gone.signal });
  const look = () => {
    if (gone.signal.aborted) return;
    const place = find();
    if (place || performance.now() > untilMs) gone.abort();
    if (place) place.focus();
    else requestAnimationFrame(look);
  };
  look();
}
