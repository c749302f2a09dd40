import { describe, expect, it } from 'vitest';
import { countTail, normalBelow } from '../../../src/alerts/count-tail.ts';
import { expectedRange } from '../../../src/alerts/expected-range.ts';
import { falseDiscovery } from '../../../src/alerts/false-discovery.ts';

describe('the tails of counts', () => {
  it('are those of the Poisson when the variance is the mean', () => {
    // scipy.stats.poisson.cdf(2, 5), 1 - cdf(9, 5)
    expect(countTail(2, 5, 5).atMost).toBeCloseTo(0.124652, 6);
    expect(countTail(10, 5, 5).atLeast).toBeCloseTo(0.031828, 6);
    expect(countTail(0, 5, 5)).toMatchObject({ atLeast: 1 });
  });

  it('are those of the negative binomial when counts scatter more', () => {
    // scipy.stats.nbinom.cdf(2, 5, 0.5): mean 5, variance 10
    expect(countTail(2, 5, 10).atMost).toBeCloseTo(0.2265625, 6);
  });

  it('agree with each other where the large means begin', () => {
    const exact = countTail(1350, 1500, 3000).atMost;
    const transformed = countTail(1350.9, 1501, 3002).atMost;
    expect(Math.abs(Math.log(exact / transformed))).toBeLessThan(0.1);
  });

  it('know the normal distribution', () => {
    expect(normalBelow(0)).toBeCloseTo(0.5, 6);
    expect(normalBelow(-1.959964)).toBeCloseTo(0.025, 6);
    expect(normalBelow(-6)).toBeCloseTo(9.866e-10, 12);
    expect(normalBelow(3)).toBeCloseTo(0.99865, 5);
  });
});

describe('the control of chance findings', () => {
  it('is the step-up of Benjamini and Hochberg', () => {
    const ps = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
    const kept = falseDiscovery(
      ps.map((p) => ({ p })),
      0.05,
    );
    expect(kept.map(({ p }) => p)).toEqual([0.001, 0.008]);
  });

  it('is stricter where people said not useful', () => {
    expect(falseDiscovery([{ p: 0.001, strictness: 100 }], 0.05)).toEqual([]);
    expect(falseDiscovery([{ p: 0.001 }], 0.05)).toHaveLength(1);
  });
});

describe('the expected range', () => {
  const weekdays = Array.from({ length: 175 }, (_, day) => (day % 7) + 1);
  const usual = (day: number): number => (((day % 7) + 1) % 7 === 6 ? 40 : 20) + ((day * 7919) % 5) - 2;

  it('knows the weekday: a quiet Monday is no fall, an empty Saturday is', () => {
    const values = weekdays.map((_, day) => usual(day));
    const quiet = expectedRange({ series: { values, weekdays }, window: 1, unit: 1 });
    expect(quiet?.low).toBeGreaterThan(0.05);
    const broken = expectedRange({
      series: { values: [...values.slice(0, -1), 2], weekdays },
      window: 1,
      unit: 1,
    });
    expect(broken?.low).toBeLessThan(1e-4);
    expect(broken?.least).toBeGreaterThan(2);
  });

  it('does not take a holiday that all share, or the season of last year, for a fall', () => {
    const values = weekdays.map((_, day) => (day === 174 ? 5 : usual(day)));
    const rest = weekdays.map((_, day) => (day === 174 ? 60 : usual(day) * 12));
    const alone = expectedRange({ series: { values, weekdays }, window: 1, unit: 1 });
    const shared = expectedRange({ series: { values, weekdays }, window: 1, unit: 1, rest });
    expect(alone?.low).toBeLessThan(0.001);
    expect(shared?.low).toBeGreaterThan(0.01);
    const asLastYear = expectedRange({ series: { values, weekdays }, window: 1, unit: 1, yearBefore: rest });
    expect(asLastYear?.low).toBeGreaterThan(0.01);
  });

  it('says nothing of a short history, and is not led astray by one bad day in it', () => {
    const values = weekdays.map((_, day) => usual(day));
    expect(
      expectedRange({
        series: { values: values.slice(0, 30), weekdays: weekdays.slice(0, 30) },
        window: 1,
        unit: 1,
      }),
    ).toBeUndefined();
    const odd = values.map((value, day) => (day === 150 ? 900 : value));
    const [plain, robust] = [values, odd].map((each) =>
      expectedRange({ series: { values: each, weekdays }, window: 7, unit: 1 }),
    );
    expect(robust?.expected).toBeLessThan((plain?.expected ?? 0) * 1.15);
  });
});
