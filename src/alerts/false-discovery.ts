/**
 * Which of many tests count, so that among those called unusual at most this share is expected to be chance:
 * Y. Benjamini and Y. Hochberg, Controlling the False Discovery Rate, JRSS B 57 (1995). `strictness` divides a test's
 * share of the allowance (2: half as easily).
 */
export function falseDiscovery<T extends { p: number; strictness?: number }>(tests: T[], rate: number): T[] {
  const weighed = tests
    .map((test) => ({ test, p: Math.min(1, test.p * (test.strictness ?? 1)) }))
    .sort((a, b) => a.p - b.p);
  let last = -1;
  weighed.forEach(({ p }, index) => {
    if (p <= (rate * (index + 1)) / weighed.length) last = index;
  });
  return weighed.slice(0, last + 1).map(({ test }) => test);
}
