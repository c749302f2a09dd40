import { describe, expect, it } from 'vitest';
import { describeUnusual } from '../../../src/alerts/describe-unusual.ts';
import { findUnusual } from '../../../src/alerts/find-unusual.ts';
import { plantedHistory } from '../../../src/alerts/planted-history.ts';
import { isBad } from '../../../src/alerts/unusual.ts';

const LOCALE = { language: 'en-GB', currency: 'GBP' };

describe('what is unusual in a generated history', () => {
  const history = plantedHistory(7, { faults: ['branch-closed'] });
  const [fault] = history.faults;
  const starts = fault?.starts ?? 0;

  it('is nothing on the days before the fault', () => {
    for (const day of [starts - 9, starts - 6, starts - 3])
      expect(findUnusual(history.upTo(day)).filter(isBad)).toEqual([]);
  });

  it('is one finding for a branch that closes, and not one for each of its categories', () => {
    const found = findUnusual(history.upTo(starts + 1)).filter(isBad);
    expect(found.map(({ key }) => key)).toEqual([`sales-fall/branch/${fault?.branch}`]);
    const described = found.map((each) => describeUnusual(each, LOCALE));
    expect(described[0]?.headline).toBe(`${fault?.branch} sells less than usual`);
    expect(described[0]?.sentences[0]).toMatch(/^Revenue .*: £[\d,]+, where £[\d,]+ would be usual/);
    expect(described[0]?.why).toContain(`branch "${fault?.branch}"`);
    expect(described[0]?.course?.table.rows.length).toBeLessThanOrEqual(20);
  });

  it('is the same for the same seed', () => {
    const again = plantedHistory(7, { faults: ['branch-closed'] });
    expect(again.upTo(starts)).toEqual(history.upTo(starts));
    expect(plantedHistory(8, { faults: ['branch-closed'] }).upTo(starts)).not.toEqual(history.upTo(starts));
  });
});
