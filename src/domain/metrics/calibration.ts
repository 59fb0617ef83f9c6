/** How far stated confidence and being right lie apart. */
export interface Calibration {
  /** Predictions that state a confidence. */
  items: number;
  /** 0–1; null where no prediction states a confidence. */
  expectedCalibrationError: number | null;
  /** The bins that hold items, lowest confidence first. */
  bins: CalibrationBin[];
}

export interface CalibrationBin {
  /** Confidences above `lower` (the first bin: from 0) up to and with `upper`. */
  lower: number;
  upper: number;
  items: number;
  meanConfidence: number;
  accuracy: number;
}

const binCount = 10;

/**
 * Expected calibration error (Naeini, Cooper and Hauskrecht 2015): over ten equally wide bins of confidence, the mean
 * distance between mean confidence and share of right answers, weighted by the bins' items.
 */
export function calibrate(answers: readonly { confidence: number; right: boolean }[]): Calibration {
  const totals = Array.from({ length: binCount }, () => ({ items: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of answers) {
    const bin = totals[Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1))]!;
    bin.items++;
    bin.confidence += confidence;
    if (right) bin.right++;
  }
  const bins = totals.flatMap(({ items, confidence, right }, index) =>
    items === 0
      ? []
      : [
          {
            lower: index / binCount,
            upper: (index + 1) / binCount,
            items,
            meanConfidence: confidence / items,
            accuracy: right / items,
          },
        ],
  );
  const error = bins.reduce(
    (total, bin) => total + (bin.items / answers.length) * Math.abs(bin.accuracy - bin.meanConfidence),
    0,
  );
  return { items: answers.length, expectedCalibrationError: answers.length === 0 ? null : error, bins };
}
