import { describe, expect, it } from 'vitest';
import { chaosRounds } from './chaos.ts';
import { stopSchedules } from './stops.ts';

describe('a load while parts of the home are slow, flap, lose calls or answers, or the disk is full', () => {
  it('ends whole or not at all, and is right once they are well', async () => {
    const outcomes = await chaosRounds([0, 5, 6]);
    expect(
      outcomes.flatMap(({ seed, sick, differences }) => differences.map((one) => `${seed} ${sick}: ${one}`)),
    ).toEqual([]);
    expect(outcomes.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(0);
  }, 240_000);
});

describe('a load, an undo or a second try that stops at any call, and again while another takes it up', () => {
  it('loses nothing and does nothing twice', async () => {
    const faults: string[] = [];
    let stopped = 0;
    for await (const one of stopSchedules([1, 4, 13, 21, 30, 42])) {
      stopped += one.stopped;
      for (const fault of [...one.lost, ...one.doubled, ...one.other]) faults.push(`${one.seed}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(stopped).toBeGreaterThan(3);
  }, 240_000);
});
