import { describe, expect, it } from 'vitest';
import { memoryClock } from '../../src/adapters/memory-clock.ts';
import { memoryIds } from '../../src/adapters/memory-ids.ts';
import { sortableIds } from '../../src/adapters/sortable-ids.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';

describe.each([
  { name: 'of the machine', clock: systemClock({ timeZone: 'Asia/Tokyo' }) },
  { name: 'of the machine with a fixed day', clock: systemClock({ timeZone: 'UTC', today: '2025-11-28' }) },
  { name: 'in memory', clock: memoryClock() },
])('the clock $name', ({ clock }) => {
  it('gives an instant, a day and a zone, and never goes back', () => {
    const before = clock.now().getTime();
    expect(clock.today()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(() => new Intl.DateTimeFormat('en', { timeZone: clock.timeZone })).not.toThrow();
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before);
  });
});

it("takes today from the company's time zone", () => {
  expect(memoryClock('2026-03-01T23:30:00.000Z', 'UTC').today()).toBe('2026-03-01');
  expect(memoryClock('2026-03-01T23:30:00.000Z', 'Europe/Berlin').today()).toBe('2026-03-02');
  expect(memoryClock('2026-03-01T03:30:00.000Z', 'America/New_York').today()).toBe('2026-02-28');
});

it('keeps a fixed day while the instant moves on', () => {
  const clock = systemClock({ timeZone: 'UTC', today: '2025-11-28' });
  expect(clock.today()).toBe('2025-11-28');
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1_000);
});

describe.each([
  { name: 'sortable', ids: sortableIds() },
  { name: 'counted', ids: memoryIds() },
])('$name ids', ({ ids }) => {
  it('differ, sort in the order they were made and are safe in names and addresses', () => {
    const made = Array.from({ length: 5_000 }, () => ids.next('run'));
    expect(new Set(made).size).toBe(5_000);
    expect([...made].sort()).toEqual(made);
    for (const id of made) expect(id).toMatch(/^run-[a-z0-9]+$/);
  });
});

it('sorts later ids after earlier ones of another process, and keeps on when the clock goes back', () => {
  let ms = 1_700_000_000_000;
  const ours = sortableIds(() => ms);
  const first = ours.next('bat');
  ms += 1;
  const second = sortableIds(() => ms).next('bat');
  expect(second > first).toBe(true);
  ms -= 60_000;
  expect(ours.next('bat') > first).toBe(true);
});
