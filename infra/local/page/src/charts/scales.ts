export type Series = { name: string; data: { label: string; value: number }[] };
export type Axes = { categories: string[]; x_label?: string; y_label?: string };

/** Six colours that stay apart for people who see red and green alike. */
const COLOURS = ['#0f766e', '#e07a2f', '#4c5fd5', '#b4457b', '#8a9a2b', '#5b6b7b'] as const;

export function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? COLOURS[0];
}

/** Round steps that cover the values, always with zero. */
export function niceTicks(values: readonly number[], wanted = 5): number[] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const span = high - low || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });

export function compactNumber(value: number): string {
  return Math.abs(value) < 1000 ? exact.format(value) : compact.format(value);
}

export function exactNumber(value: number): string {
  return exact.format(value);
}
