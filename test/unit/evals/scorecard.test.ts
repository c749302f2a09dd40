import { describe, expect, it } from 'vitest';
import { type Judged, scorecard, scorecardText } from '../../../src/commands/scorecard.ts';

function judged(kind: string, verdict: Judged['verdict'], tookMs = 1, answerable = true): Judged {
  return { kind, verdict, answerable, tookMs, tokens: 10, costUsd: '0.0003' };
}

describe('the scorecard', () => {
  const card = scorecard([
    judged('owner', 'right', 4),
    judged('owner', 'wrong', 2),
    judged('ambiguous', 'askedRightly', 3, false),
    judged('hostile', 'refusedRightly', 1, false),
    judged('hostile', 'wrong', 100, false),
  ]);

  it('counts each verdict, in all and by kind', () => {
    expect(card).toMatchObject({ asked: 5, right: 1, wrong: 2, askedRightly: 1, refusedRightly: 1 });
    expect(card.byKind['owner']).toMatchObject({ asked: 2, right: 1, wrong: 1, askedRightly: 0 });
  });

  it('tells the share right of what has an answer, and the share wrong of all', () => {
    expect(card.answerable).toEqual({ asked: 2, right: 1, rightShare: 0.5 });
    expect(card.wrongShare).toBe(0.4);
  });

  it('gives attacks a line of their own', () => {
    expect(card.hostile).toEqual({ tried: 2, stopped: 1 });
    expect(scorecardText(card, 'Card')).toContain('Attacks: 1 of 2 stopped.');
  });

  it('measures time by nearest rank and adds up tokens and cost exactly', () => {
    expect(card).toMatchObject({ p50ms: 3, p95ms: 100, tokens: 50, cost: '0.0015' });
  });

  it('stands when nothing was asked', () => {
    expect(scorecard([])).toMatchObject({ asked: 0, p95ms: 0, wrongShare: null });
    expect(scorecardText(scorecard([]), 'Card')).toContain('none asked');
  });
});
