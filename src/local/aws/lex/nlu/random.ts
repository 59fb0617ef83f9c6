/** Shuffles in place (Fisher–Yates). */
export function shuffle(values: Int32Array, random: () => number, length = values.length): void {
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}
