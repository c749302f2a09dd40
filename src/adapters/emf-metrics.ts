export type Metrics = { put(values: Record<string, number>): void };

const UNITS: [RegExp, string][] = [
  [/Millis$/, 'Milliseconds'],
  [/./, 'Count'],
];

/**
 * Metrics as lines of the log in CloudWatch's embedded format: no call to anybody, no rights, no loss when AWS is slow.
 * With no namespace nothing is written.
 */
export function emfMetrics(
  namespace: string | undefined,
  write: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
  now: () => number = Date.now,
): Metrics {
  if (!namespace) return { put: () => undefined };
  return {
    put(values) {
      const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: unitOf(Name) }));
      const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: [[]], Metrics }];
      write(JSON.stringify({ _aws: { Timestamp: now(), CloudWatchMetrics }, ...values }));
    },
  };
}

function unitOf(name: string): string {
  return UNITS.find(([fits]) => fits.test(name))?.[1] ?? 'None';
}
