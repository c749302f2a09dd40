import { describe, expect, it } from 'vitest';
import { type AnswerMark, usageCsv, usageOf } from '../../../src/dashboard/usage.ts';
import type { AuditEntry } from '../../../src/ports/audit-log.ts';

const SPAN = { from: '2026-03-01', to: '2026-03-03', timeZone: 'Europe/Berlin', minutesPerAnswer: 15 };

describe('how Plumbline is used', () => {
  const entries = [
    asked('2026-03-01T09:00:00Z', 'U1', 'answered', 10),
    // Past midnight where the company is.
    asked('2026-03-01T23:30:00Z', 'U2', 'answered', 30),
    asked('2026-03-02T10:00:00Z', 'U1', 'needs-detail', 20),
    asked('2026-03-02T11:00:00Z', 'U1', 'refused: off-topic', 500),
    asked('2026-02-28T10:00:00Z', 'U3', 'answered', 1),
  ];
  const marks: AnswerMark[] = [
    { receipt: 'r1', by: 'U1', verdict: 'right', at: '2026-03-02T10:00:00Z' },
    { receipt: 'r2', by: 'U2', verdict: 'wrong', at: '2026-03-02T10:00:00Z' },
    { receipt: 'r3', by: 'U2', verdict: 'right', at: '2026-03-05T10:00:00Z' },
  ];

  it('counts people, kinds of ending, marks and times within the days of the company', () => {
    const { totals, byDay, assumption } = usageOf(entries, marks, SPAN);
    expect(totals).toMatchObject({
      people: 2,
      questions: 4,
      answered: 2,
      askedBack: 1,
      refused: 1,
      answeredShare: 0.5,
      right: 1,
      wrong: 1,
      rightShare: 0.5,
      p50Ms: 30,
      p95Ms: 500,
      minutesSaved: 30,
    });
    expect(byDay.map(({ day, questions }) => [day, questions])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 3],
    ]);
    expect(assumption).toContain('15 minutes');
  });

  it('is a line a day for a spreadsheet', () => {
    const [header, ...lines] = usageCsv(usageOf(entries, marks, SPAN))
      .trimEnd()
      .split('\r\n');
    expect(header?.split(',').slice(0, 4)).toEqual(['day', 'people', 'questions', 'answered']);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe('2026-03-02,2,3,1,1,1,0,1,1,30,500,0,0.0000,15');
  });

  it('says nothing of shares where nobody asked', () => {
    const { totals } = usageOf([], [], SPAN);
    expect(totals).toMatchObject({ answeredShare: null, rightShare: null, p50Ms: null });
  });
});

function asked(at: string, asker: string, outcome: string, tookMs: number): AuditEntry {
  return {
    id: at,
    at,
    asker,
    door: 'dm',
    channel: null,
    thread: null,
    question: 'q',
    outcome,
    provenance: null,
    planKind: null,
    sqlFingerprint: null,
    rows: 0,
    tookMs,
    tokens: 0,
    costUsd: '0',
    rule: null,
    receiptId: null,
  };
}
