import { expect, test } from 'vitest';
import { formatCell } from '../../../src/questions/format-value.ts';

const LOCALE = { language: 'en-GB', currency: 'GBP' };

test.each([
  ['period_start', 'Month', 'Nov 2026'],
  ['period_start_before', 'Month before', 'Nov 2026'],
  ['period_start', 'Quarter', 'Q4 2026'],
  ['period_start', 'Year', '2026'],
  ['period_start', 'Week of', '1 Nov 2026'],
  ['period_start', 'Day', '1 Nov 2026'],
  ['due_date', 'Month', '1 Nov 2026'],
])('a bucket of time is called by its name: %s, %s', (name, label, said) => {
  expect(formatCell('2026-11-01', { name, label, type: 'date' }, LOCALE)).toBe(said);
});
