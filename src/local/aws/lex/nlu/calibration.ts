/**
 * Turns margins into probabilities: a softmax with one temperature over the classes and over "none of them", which has
 * a constant margin of its own. So the raw margin decides whether a phrase is foreign to all classes, and the
 * confidence that is shown says how probable the class is, foreign phrases included.
 */
export interface Calibration {
  temperature: number;
  /** The margin of "none of them". */
  foreignMargin: number;
}

/** What a model that had not seen the phrase made of it. */
export interface HeldOut {
  margins: Float64Array;
  /** Position of the right class in `margins`; null for a phrase of a class that the model was not told of. */
  label: number | null;
}

/** Fewer phrases than this are nothing to fit on. */
const fewestToFit = 8;
/** Then: what was fitted on bots of three to eight intents, the foreign margin counted from an empty phrase's. */
const usualTemperature = 0.2;
const usualDistance = 0.2;

/** Foreign phrases count as much in all as this share of the phrases of known classes. */
const foreignShare = 0.25;

/** Probability of each class; what is missing to 1 is the probability of none of them. */
export function probabilities(
  margins: Float64Array,
  { temperature, foreignMargin }: Calibration,
): Float64Array {
  const highest = margins.reduce((a, b) => Math.max(a, b), foreignMargin);
  const scores = margins.map((margin) => Math.exp((margin - highest) / temperature));
  const total = scores.reduce((a, b) => a + b, Math.exp((foreignMargin - highest) / temperature));
  return scores.map((score) => score / total);
}

/**
 * Fits temperature and foreign margin by maximum likelihood: coordinate-wise golden-section search.
 * @param emptyMargin the highest margin of a phrase without any known word
 */
export function fitCalibration(heldOut: HeldOut[], emptyMargin: number): Calibration {
  const known = heldOut.filter(({ label }) => label !== null).length;
  const foreign = heldOut.length - known;
  const usual = { temperature: usualTemperature, foreignMargin: emptyMargin + usualDistance };
  if (known < fewestToFit || foreign < fewestToFit) return usual;
  const foreignWeight = (foreignShare * known) / foreign;
  const loss = (calibration: Calibration) => {
    let sum = 0;
    for (const one of heldOut) sum += surprise(one, calibration) * (one.label === null ? foreignWeight : 1);
    return sum;
  };
  let { temperature, foreignMargin } = usual;
  for (let round = 0; round < 4; round++) {
    temperature = Math.exp(
      minimise(
        (logarithm) => loss({ temperature: Math.exp(logarithm), foreignMargin }),
        Math.log(0.02),
        Math.log(2),
      ),
    );
    foreignMargin = minimise((margin) => loss({ temperature, foreignMargin: margin }), -1.2, 0.8);
  }
  return { temperature, foreignMargin };
}

/** Minus the logarithm of the probability of what is right. */
function surprise({ margins, label }: HeldOut, { temperature, foreignMargin }: Calibration): number {
  let highest = foreignMargin;
  for (const margin of margins) if (margin > highest) highest = margin;
  let total = Math.exp((foreignMargin - highest) / temperature);
  for (const margin of margins) total += Math.exp((margin - highest) / temperature);
  const right = label === null ? foreignMargin : margins[label]!;
  return Math.log(total) - (right - highest) / temperature;
}

/** Golden-section search for the minimum of a function with a single valley. */
function minimise(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [left, right] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let step = 0; step < 12; step++) {
    if (atLeft < atRight) {
      [b, right, atRight] = [right, left, atLeft];
      left = b - ratio * (b - a);
      atLeft = f(left);
    } else {
      [a, left, atLeft] = [left, right, atRight];
      right = a + ratio * (b - a);
      atRight = f(right);
    }
  }
  return (a + b) / 2;
}
