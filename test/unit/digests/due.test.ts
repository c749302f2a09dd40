import { describe, expect, it } from 'vitest';
import { DIGEST_KPIS } from '../../../src/digests/digest.ts';
import { dueDay } from '../../../src/digests/due.ts';
import type { Subscription } from '../../../src/digests/subscriptions.ts';

describe('when a digest is due', () => {
  it('is due from its hour on the wall clock of its reader', () => {
    const at8 = aSubscription({ timeZone: 'Europe/Berlin', hour: 8 });
    expect(dueDay(at8, new Date('2026-11-18T06:59:00Z'))).toBeNull();
    expect(dueDay(at8, new Date('2026-11-18T07:00:00Z'))).toEqual({ day: '2026-11-18', minutesLate: 0 });
    // In summer the same hour is an hour earlier.
    expect(dueDay(at8, new Date('2026-07-15T06:00:00Z'))).toEqual({ day: '2026-07-15', minutesLate: 0 });
  });

  it('is due once when the clock passes its hour twice, and when it skips it', () => {
    const night = aSubscription({ timeZone: 'Europe/London', hour: 1, minute: 30, days: [7] });
    // 25 October 2026: 01:30 comes twice; both are the same day.
    const twice = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(
      (at) => dueDay(night, new Date(at))?.day,
    );
    expect(twice).toEqual(['2026-10-25', '2026-10-25']);
    // 29 March 2026: 01:30 does not come; it is due at 02:00.
    expect(dueDay(night, new Date('2026-03-29T00:59:00Z'))).toBeNull();
    expect(dueDay(night, new Date('2026-03-29T01:00:00Z'))).toEqual({ day: '2026-03-29', minutesLate: 30 });
  });

  it('is not due when paused, on other days, too late, or before it was made', () => {
    const noon = new Date('2026-11-18T12:00:00Z');
    expect(dueDay(aSubscription({}), noon)?.day).toBe('2026-11-18');
    expect(dueDay(aSubscription({ paused: true }), noon)).toBeNull();
    expect(dueDay(aSubscription({ days: [1, 2, 4, 5, 6, 7] }), noon)).toBeNull();
    expect(dueDay(aSubscription({}), new Date('2026-11-18T22:30:00Z'))).toBeNull();
    expect(dueDay(aSubscription({ createdAt: '2026-11-18T09:00:00Z' }), noon)).toBeNull();
    expect(dueDay(aSubscription({ createdAt: '2026-11-18T07:00:00Z' }), noon)?.day).toBe('2026-11-18');
  });
});

function aSubscription(given: Partial<Subscription>): Subscription {
  return {
    id: 'sub-1',
    to: 'C1',
    owner: 'U1',
    hour: 8,
    minute: 0,
    timeZone: 'UTC',
    days: [1, 2, 3, 4, 5],
    kpis: [...DIGEST_KPIS],
    scope: { kind: 'company' },
    waitMinutes: 120,
    paused: false,
    createdAt: '2026-01-01T00:00:00Z',
    version: 1,
    ...given,
  };
}
