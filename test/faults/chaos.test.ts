import { describe, expect, it } from 'vitest';
import { chaosRounds } from './chaos.ts';

describe('a load while parts of the home are slow, flap, lose calls or answers, or the disk is full', () => {
  it('ends whole or not at all, and is right once they are well', async () => {
    const outcomes = await chaosRounds([0, 5, 6]);
    expect(
      outcomes.flatMap(({ seed, sick, differences }) => differences.map((one) => `${seed} ${sick}: ${one}`)),
    ).toEqual([]);
    expect(outcomes.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(0);
  }, 240_000);
});
