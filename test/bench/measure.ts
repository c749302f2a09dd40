/** One line of the bench: ours against a baseline, measured side by side, round robin, in the same run. */
export type Measure = {
  name: string;
  ours: number;
  baseline: number;
  /** ours / baseline: below 1 is faster, or smaller, than the baseline; where `unit` is a rate, above 1 is faster. */
  ratio: number;
  unit: string;
  rounds: number;
  /** Ratio of the best rounds: what other work on the machine disturbs least. */
  best?: number;
  /** The baseline's slowest round over its fastest: how restless the machine was. */
  unrest?: number;
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

/** The median of the rounds. */
export function measure(
  name: string,
  unit: string,
  ours: readonly number[],
  baseline: readonly number[],
): Measure {
  const bestOf = isRate(unit) ? Math.max : Math.min;
  return {
    ...single(name, unit, median(ours), median(baseline)),
    rounds: ours.length,
    best: over(bestOf(...ours), bestOf(...baseline)),
    unrest: over(Math.max(...baseline), Math.min(...baseline)),
  };
}

/** A count or a percentile, where rounds have no median. */
export function single(name: string, unit: string, ours: number, baseline: number, rounds = 1): Measure {
  return { name, ours, baseline, ratio: over(ours, baseline), unit, rounds };
}

export function isRate(unit: string): boolean {
  return unit.endsWith('/s');
}

function over(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}
