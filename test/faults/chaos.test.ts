import { describe, expect, it } from 'vitest';
import { chaosRounds } from './chaos.ts';
import { eventChaos } from './event-chaos.ts';
import { questionChaos } from './question-chaos.ts';
import { stopSchedules } from './stops.ts';

describe('a load while parts of the home are slow, flap, lose calls or answers, or the disk is full', () => {
  it('ends whole or not at all, and is right once they are well', async () => {
    const outcomes = await chaosRounds([5, 8, 9]);
    expect(
      outcomes.flatMap(({ seed, sick, differences }) => differences.map((one) => `${seed} ${sick}: ${one}`)),
    ).toEqual([]);
    expect(outcomes.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(0);
  }, 240_000);
});

describe('events that come up to twenty times in any order, to two instances, while parts lose calls and answers', () => {
  it('are each there once: in their invoice, as raw objects, and in the warehouse', async () => {
    const found: string[] = [];
    let faults = 0;
    for await (const one of eventChaos([7])) {
      faults += one.faults;
      found.push(...one.differences);
    }
    expect(found).toEqual([]);
    expect(faults).toBeGreaterThan(0);
  }, 240_000);
});

describe('questions while warehouse, records and model are sick', () => {
  it('are answered as when all are well, or not at all', async () => {
    const found: string[] = [];
    let answered = 0;
    for await (const one of questionChaos([8])) {
      answered += one.answered;
      found.push(...one.differences);
    }
    expect(found).toEqual([]);
    expect(answered).toBeGreaterThan(0);
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
