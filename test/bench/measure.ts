/** One line of the bench: ours against a baseline, measured side by side, round robin, in the same run. */
export type Measure = {
  name: string;
  ours: number;
  baseline: number;
  /** ours / baseline: below 1 is faster, or smaller, than the baseline. */
  ratio: number;
  unit: string;
  rounds: number;
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function measure(
  name: string,
  unit: string,
  ours: readonly number[],
  baseline: readonly number[],
): Measure {
  const [own, other] = [median(ours), median(baseline)];
  return {
    name,
    ours: own,
    baseline: other,
    ratio: other === 0 ? 0 : own / other,
    unit,
    rounds: ours.length,
  };
}
