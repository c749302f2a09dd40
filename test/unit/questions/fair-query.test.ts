import { describe, expect, it } from 'vitest';
import { metricQuery } from '../../../src/domain/metric-query.ts';
import { fairQuery, fillingBucket, likeForLike, withoutFuture } from '../../../src/questions/fair-query.ts';

const span = { first: '2024-03-04', last: '2026-11-20' };
const year = { from: '2026-01-01', to: '2027-01-01', label: '2026' };
const lastYear = { from: '2025-01-01', to: '2026-01-01' };

describe('an unfinished period', () => {
  it('ends with the data in a course: days to come are no zeros', () => {
    const { query } = fairQuery(metricQuery({ metrics: ['revenue'], grain: 'month', period: year }), span);
    expect(query.period).toEqual({ ...year, to: '2026-11-21' });
    expect(fillingBucket(query, span.last)).toBe(null);
    expect(
      fillingBucket(metricQuery({ metrics: ['revenue'], grain: 'month', period: year }), span.last),
    ).toBe('November 2026');
  });

  it('gives no lowest month that is still filling, and says so', () => {
    const ranking = { by: 'orders', direction: 'bottom', limit: 1, withRest: false } as const;
    const { query, notes } = fairQuery(metricQuery({ metrics: ['orders'], grain: 'month', ranking }), span);
    expect(query.period).toEqual({ from: '2024-03-04', to: '2026-11-01' });
    expect(notes.join()).toContain('November 2026 is not complete');
  });

  it('is averaged over the days that the data knows', () => {
    const acrossGrain = { grain: 'day', aggregate: 'average' } as const;
    const march = { from: '2024-03-01', to: '2024-04-01' };
    const asked = metricQuery({ metrics: ['revenue'], acrossGrain, period: march });
    const { query, notes } = fairQuery(asked, span);
    expect(query.period).toEqual({ from: '2024-03-04', to: '2024-04-01' });
    expect(notes).toEqual(['The data begins on 4 Mar 2024, so other days are no part of this.']);
  });

  it('leaves a whole month as it is', () => {
    const period = { from: '2026-10-01', to: '2026-11-01' };
    const asked = metricQuery({ metrics: ['revenue'], grain: 'day', period });
    expect(fairQuery(asked, span)).toEqual({ query: asked, notes: [] });
  });

  it('is held against the same days of a whole one', () => {
    const comparison = { kind: 'period', period: lastYear } as const;
    expect(likeForLike(metricQuery({ metrics: ['revenue'], period: year, comparison }), span)).toMatchObject({
      period: { from: '2026-01-01', to: '2026-11-21' },
      comparison: { period: { from: '2025-01-01', to: '2025-11-21' } },
    });
  });

  it('is held against as many days where the calendar does not help', () => {
    const period = { from: '2026-11-10', to: '2026-11-30' };
    const comparison = { kind: 'period', period: { from: '2026-10-21', to: '2026-11-10' } } as const;
    expect(likeForLike(metricQuery({ metrics: ['revenue'], period, comparison }), span)).toMatchObject({
      comparison: { period: { from: '2026-10-21', to: '2026-11-01' } },
    });
  });

  it('does not know the figures of days to come, also beside those of another year', () => {
    const table = {
      columns: [
        { name: 'period_start', type: 'date' as const },
        { name: 'revenue', type: 'decimal' as const },
        { name: 'revenue_before', type: 'decimal' as const },
        { name: 'revenue_change', type: 'decimal' as const },
      ],
      rows: [
        ['2026-11-01', '5', '7', '-2'],
        ['2026-12-01', '0', '9', '-9'],
      ],
      truncated: false,
    };
    const comparison = { kind: 'period', period: lastYear } as const;
    const query = metricQuery({ metrics: ['revenue'], grain: 'month', period: year, comparison });
    expect(withoutFuture(table, query, span.last).rows).toEqual([
      ['2026-11-01', '5', '7', '-2'],
      ['2026-12-01', null, '9', null],
    ]);
  });

  it('needs no second look when both are whole', () => {
    const period = { from: '2025-01-01', to: '2026-01-01' };
    const comparison = {
      kind: 'period',
      period: { from: '2024-01-01', to: '2025-01-01' },
    } as const;
    expect(likeForLike(metricQuery({ metrics: ['revenue'], period, comparison }), span)).toBe(null);
  });
});
