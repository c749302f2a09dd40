import { describe, expect, it } from 'vitest';
import {
  type AlertState,
  decideAlerts,
  isQuiet,
  snoozed,
  strictnessOf,
} from '../../../src/alerts/alert-state.ts';
import { WHOLE } from '../../../src/alerts/sales-cells.ts';
import type { Unusual } from '../../../src/alerts/unusual.ts';

describe('what is told of a day', () => {
  it('tells a cause once, while it lasts, and its end once', () => {
    const told: string[] = [];
    let states: AlertState[] = [];
    const days = [true, true, false, true, false, false, false, false, false];
    days.forEach((isFound, index) => {
      const day = `2026-03-${String(index + 1).padStart(2, '0')}`;
      const decision = decideAlerts(isFound ? [aFall()] : [], states, onDay(day));
      told.push(...decision.tell.map(() => `told ${day}`), ...decision.over.map(() => `over ${day}`));
      states = settled(states, decision, day);
    });
    expect(told).toEqual(['told 2026-03-01', 'over 2026-03-07']);
  });

  it('tells a cause again when it had been over for two weeks, and not when it comes back at once', () => {
    const over: AlertState = { ...aState(), phase: 'over', lastFound: '2026-03-01', overTold: true };
    expect(decideAlerts([aFall()], [over], onDay('2026-03-08')).tell).toEqual([]);
    expect(decideAlerts([aFall()], [over], onDay('2026-03-20')).tell).toHaveLength(1);
  });

  it('keeps it for later in quiet hours and while snoozed, and forgets nothing', () => {
    const quiet = decideAlerts([aFall()], [], { ...onDay('2026-03-01'), quiet: true });
    expect(quiet.tell).toEqual([]);
    expect(decideAlerts([aFall()], quiet.states, onDay('2026-03-01')).tell).toHaveLength(1);
    const asleep = snoozed({ ...aState(), toldOn: null }, '2026-03-01', 7);
    expect(decideAlerts([aFall()], [asleep], onDay('2026-03-07')).tell).toEqual([]);
    expect(decideAlerts([aFall()], [asleep], onDay('2026-03-08')).tell).toHaveLength(1);
  });

  it('tells neither good news as an alert nor the end of what was never told', () => {
    expect(decideAlerts([{ ...aFall(), direction: 'rise' }], [], onDay('2026-03-01')).states).toEqual([]);
    const untold: AlertState = { ...aState(), toldOn: null };
    expect(decideAlerts([], [untold], onDay('2026-03-09')).over).toEqual([]);
  });

  it('judges a key more strictly for each time that it was not useful', () => {
    const strictness = strictnessOf([
      { ...aState(), notUseful: 1 },
      { ...aState(), key: 'other' },
    ]);
    expect([...strictness.entries()]).toEqual([['sales-fall/branch/B1', 100]]);
  });

  it('knows quiet hours over midnight', () => {
    const night = { fromHour: 20, toHour: 7 };
    expect([19, 20, 23, 0, 6, 7].map((hour) => isQuiet(hour * 60, night))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(isQuiet(0, null)).toBe(false);
  });
});

function onDay(day: string) {
  return { day, quiet: false, headlineOf: () => 'Leeds sells less than usual' };
}

/** As the sender saves them: what was told is marked so. */
function settled(before: AlertState[], decision: ReturnType<typeof decideAlerts>, day: string): AlertState[] {
  const states = new Map(before.map((state) => [state.key, state]));
  for (const state of decision.states) states.set(state.key, state);
  for (const { state } of decision.tell) states.set(state.key, { ...state, toldOn: day });
  for (const state of decision.over) states.set(state.key, { ...state, overTold: true });
  return [...states.values()];
}

function aState(): AlertState {
  return {
    key: 'sales-fall/branch/B1',
    headline: 'Leeds sells less than usual',
    phase: 'open',
    firstFound: '2026-03-01',
    lastFound: '2026-03-01',
    toldOn: '2026-03-01',
    place: null,
    overTold: false,
    acknowledgedBy: null,
    snoozedUntil: null,
    notUseful: 0,
    version: 1,
  };
}

function aFall(): Unusual {
  return {
    key: 'sales-fall/branch/B1',
    watched: 'sales',
    slice: { ...WHOLE, branch: 'B1' },
    level: 'branch',
    name: 'Leeds',
    direction: 'fall',
    from: '2026-03-01',
    last: '2026-03-01',
    figures: [{ measure: 'revenue', actual: 10, expected: 100, least: 60, most: 140 }],
    money: 90,
    p: 1e-6,
    part: null,
    absorbed: [],
    course: [],
    grain: 'day',
  };
}
