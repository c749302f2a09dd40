import type { Receipt } from '../../src/domain/receipt.ts';

/** A receipt of a vetted answer; give what matters. */
export function aReceipt(given: Partial<Receipt> = {}): Receipt {
  return {
    id: 'rcp-1',
    question: 'revenue last week?',
    asker: 'U1',
    thread: 'C1:1.1',
    channel: 'C1',
    askedAt: '2026-03-02T09:00:00.000Z',
    today: '2026-03-02',
    provenance: 'vetted',
    plan: { kind: 'template', template: 'revenue', parameters: { branch: null, top: 5 }, period: null },
    planner: 'offline',
    understood: {
      line: 'Revenue, 23 Feb 2026 to 1 Mar 2026',
      metrics: ['revenue'],
      filters: [],
      period: '23 Feb 2026 to 1 Mar 2026',
      comparedWith: null,
      notes: [],
    },
    sql: 'select 1 as one',
    params: {},
    rightsId: 'all',
    rowCount: 1,
    tookMs: 12.5,
    dataState: {
      completeThrough: '2026-03-01',
      batches: ['bat-1'],
      reconciled: 'reconciled',
      offBy: null,
      warnings: [],
    },
    resultHash: 'abc',
    headline: [{ label: 'Revenue', value: '1234.50' }],
    tokens: { input: 0, output: 0, cached: 0 },
    costUsd: '0',
    ...given,
  };
}
