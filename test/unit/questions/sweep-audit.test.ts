import { describe, expect, it } from 'vitest';
import { memoryClock } from '../../../src/adapters/memory-clock.ts';
import { sweepAudit } from '../../../src/questions/sweep-audit.ts';

describe('the sweep of the audit', () => {
  const clock = memoryClock('2026-03-02T09:00:00.000Z');
  const swept = async (keepDays: number): Promise<string[]> => {
    const asked: string[] = [];
    const audit = {
      append: async () => undefined,
      list: async () => [],
      removeBefore: async (instant: string) => asked.push(instant),
    };
    await sweepAudit(keepDays, { audit, clock });
    return asked;
  };

  it('takes out what is older than the days that are kept', async () => {
    expect(await swept(30)).toEqual(['2026-01-31T00:00:00.000Z']);
  });

  it('takes nothing out where it is kept for ever', async () => {
    expect(await swept(0)).toEqual([]);
  });
});
