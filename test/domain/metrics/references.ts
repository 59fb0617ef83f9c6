/**
 * Numbers worked out with SciPy 1.17.1, scikit-learn 1.9.1 and NumPy; above each block, the Python that gave it.
 */
export const references = {
  // right = [...]; predicted = [...]
  // precision_recall_fscore_support(right, predicted, labels=[0, 1, 2, 3, 4], zero_division=0)
  // accuracy_score(right, predicted); f1_score(right, predicted, average='weighted')
  // f1_score(right, predicted, labels=[0, 1, 2, 3], average='macro')  # the labels with support
  classification: {
    right: [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 1, 2],
    predicted: [0, 0, 1, 0, 3, 1, 1, 2, 1, 2, 0, 2, 3, 3, 3, 0, 3, 3, 4, 2],
    precision: [0.6, 0.75, 0.75, 5 / 6, 0],
    recall: [0.6, 0.6, 0.75, 5 / 6, 0],
    f1: [0.6, 2 / 3, 0.75, 5 / 6, 0],
    support: [5, 5, 4, 6, 0],
    accuracy: 0.7,
    macroF1: 0.7125,
    weightedF1: 0.7166666666666666,
  },

  // binomtest(min(fixed, broken), fixed + broken, 0.5).pvalue
  mcNemar: [
    [0, 0, 1],
    [6, 0, 0.03125],
    [5, 0, 0.0625],
    [9, 3, 0.14599609375],
    [12, 15, 0.7011080384254456],
    [40, 18, 0.005354859650800294],
    [300, 250, 0.036578745549102676],
  ] as [fixed: number, broken: number, pValue: number][],

  // binomtest(successes, total).proportion_ci(method='wilson')
  wilson: [
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371109, 1],
    [7, 10, 0.39677814746114526, 0.892208732593699],
    [45, 50, 0.7863976856252034, 0.9565242350681095],
    [1, 300, 0.0005886577218511581, 0.018636693694531237],
  ] as [successes: number, total: number, lower: number, upper: number][],

  // def score(x, y, n, d):  # the multinomial likelihood, maximised under p12 - p21 = d
  //   likelihood = lambda q: -(x*log(q + d) + y*log(q) + (n - x - y)*log(1 - 2*q - d))
  //   q = minimize_scalar(likelihood, bounds=(max(0, -d), (1 - d)/2), method='bounded').x
  //   return (x - y - n*d) / sqrt(n*(2*q + d - d*d))
  // brentq(lambda d: score(fixed, broken, total, d) - norm.ppf(0.95), -0.9999, (fixed - broken)/total)
  pairedDifference: [
    [0, 0, 30, -0.0827243121337134],
    [0, 1, 40, -0.10458856902815195],
    [3, 1, 40, -0.04202373271082258],
    [12, 4, 200, 0.007736987013939074],
    [2, 9, 120, -0.11052998020095671],
    [0, 3, 25, -0.2652251204665377],
  ] as [fixed: number, broken: number, total: number, bound: number][],

  // strata = [np.flatnonzero(right == label) for label in range(4)]
  // statistic = lambda *parts: f(np.concatenate(parts), challenger) - f(np.concatenate(parts), champion)
  // bootstrap(strata, statistic, n_resamples=9999, vectorized=False, method='percentile' | 'BCa',
  //           rng=np.random.default_rng(1)).confidence_interval
  bootstrap: {
    right: [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
      3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
    ],
    champion: [
      0, 1, 3, 0, 0, 2, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1, 1, 1, 1, 1,
      1, 1, 1, 0, 1, 1, 0, 1, 3, 1, 3, 1, 1, 1, 0, 1, 1, 1, 1, 2, 2, 1, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2,
      3, 3, 2, 3, 3, 0, 2, 1, 3, 3,
    ],
    challenger: [
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 3, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 3, 1, 1, 1, 1, 1,
      0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 0, 2, 3, 2, 3, 2, 2, 2, 2, 2,
      3, 3, 3, 3, 3, 3, 3, 3, 1, 3,
    ],
    intervals: [
      { value: 0.08749999999999991, percentile: [-0.0375, 0.2125], bca: [-0.05, 0.2] }, // accuracy
      { value: 0.10346220599676814, percentile: [-0.036, 0.2445], bca: [-0.0408, 0.2411] }, // macroF1
      { value: 0.08765380932431621, percentile: [-0.0388, 0.214], bca: [-0.0404, 0.2124] }, // weightedF1
      { value: 0.09585253456221199, percentile: [-0.1237, 0.3125], bca: [-0.1237, 0.3125] }, // f1OfLabel2
    ] as { value: number; percentile: [number, number]; bca: [number, number] }[],
  },

  // sum(n_bin / n * abs(accuracy_bin - mean_confidence_bin)) over ten bins, by hand
  calibration: {
    confidences: [0.05, 0.1, 0.15, 0.32, 0.38, 0.61, 0.64, 0.69, 0.93, 0.97, 1],
    right: [0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1],
    error: 0.13272727272727275,
  },
};
