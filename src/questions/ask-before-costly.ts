export type CostVerdict = { kind: 'run' } | { kind: 'ask-first'; text: string };

/**
 * The cost guard: what the engine expects to read against a limit. An estimate that the engine cannot give
 * (null) runs, for the time-out and the row cap still hold.
 */
export function askBeforeCostly(estimatedRows: number | null, limitRows: number): CostVerdict {
  if (estimatedRows === null || estimatedRows <= limitRows) return { kind: 'run' };
  return {
    kind: 'ask-first',
    text: `This would read about ${inWords(estimatedRows)} rows, more than the ${inWords(limitRows)} that run without asking. Narrow the period, or say that it may run.`,
  };
}

function inWords(rows: number): string {
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(rows);
}
