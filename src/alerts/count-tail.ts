/**
 * Tail probabilities of the negative binomial with this mean and variance (the Poisson when the variance is no
 * larger), as in A. Noufaily et al., An improved algorithm for outbreak detection in multiple surveillance systems,
 * Statistics in Medicine 32 (2013). For large means the 2/3-power transformation of C. P. Farrington et al., A
 * statistical algorithm for the early detection of outbreaks of infectious disease, JRSS A 159 (1996), is used.
 */
export function countTail(
  observed: number,
  mean: number,
  variance: number,
): { atMost: number; atLeast: number } {
  if (mean <= 0) return observed > 0 ? { atMost: 1, atLeast: 0.5 } : { atMost: 1, atLeast: 1 };
  const spread = Math.max(variance, mean);
  if (mean > 1500) return byTransformation(observed, mean, spread);
  const below = Math.max(0, Math.round(observed));
  const upTo = cumulative(below, mean, spread);
  const upToLess = below === 0 ? 0 : cumulative(below - 1, mean, spread);
  return { atMost: upTo, atLeast: Math.max(0, 1 - upToLess) };
}

function cumulative(most: number, mean: number, variance: number): number {
  let term = logOfZero(mean, variance);
  let total = Math.exp(term);
  for (let count = 1; count <= most; count += 1) {
    term += Math.log(stepFactor(count, mean, variance));
    total += Math.exp(term);
  }
  return Math.min(1, total);
}

function logOfZero(mean: number, variance: number): number {
  if (variance <= mean * 1.0001) return -mean;
  const size = (mean * mean) / (variance - mean);
  return size * Math.log(size / (size + mean));
}

/** P(count) / P(count - 1). */
function stepFactor(count: number, mean: number, variance: number): number {
  if (variance <= mean * 1.0001) return mean / count;
  const size = (mean * mean) / (variance - mean);
  return ((count - 1 + size) / count) * (mean / (size + mean));
}

function byTransformation(observed: number, mean: number, variance: number): ReturnType<typeof countTail> {
  const deviation = (2 / 3) * mean ** (-1 / 3) * Math.sqrt(variance);
  const z = (Math.max(0, observed) ** (2 / 3) - mean ** (2 / 3)) / deviation;
  return { atMost: normalBelow(z), atLeast: normalBelow(-z) };
}

/** The share of a normal distribution below z (Abramowitz and Stegun 26.2.17, error under 8e-8; tails by Mills' ratio). */
export function normalBelow(z: number): number {
  if (z > 0) return 1 - normalBelow(-z);
  const x = -z;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 5) return (density / x) * (1 - 1 / (x * x) + 3 / x ** 4);
  const t = 1 / (1 + 0.2316419 * x);
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return density * polynomial;
}
