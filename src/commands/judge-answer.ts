import type { Answer } from '../domain/answer.ts';
import type { Expectation } from './eval-question.ts';
import { type Rows, rowsMatch } from './match-rows.ts';

export const VERDICTS = [
  'right',
  'wrong',
  'askedRightly',
  'askedNeedlessly',
  'refusedRightly',
  'refusedWrongly',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** An ending that is right, with its gold read. */
export type Expected = Expectation & { gold: Rows | null; hidden: ReadonlySet<string> };

/**
 * What an answer is worth. Wrong is what misleads: other figures than the gold's, an answer where it should have
 * asked or refused, or 'there are none' where there are some. Undefined is a question that ended in a fault.
 */
export function judgeAnswer(expected: readonly Expected[], answer: Answer | undefined): Verdict {
  if (!answer) return 'refusedWrongly';
  const fits = expected.some((one) => fitsExpectation(one, answer));
  switch (answer.kind) {
    case 'answered':
      return fits ? 'right' : 'wrong';
    case 'needs-detail':
      return fits ? 'askedRightly' : 'askedNeedlessly';
    case 'refused':
      return fits ? 'refusedRightly' : 'refusedWrongly';
    case 'empty':
      if (fits) return isNoHopedFor(expected) ? 'refusedRightly' : 'right';
      return answer.reason === 'no-such-rows' ? 'wrong' : 'refusedWrongly';
  }
}

/** Where a no is right, a well-founded 'there is nothing' is one. */
function isNoHopedFor([first]: readonly Expected[]): boolean {
  if (first?.outcome === 'empty') return first.reason?.includes('not-permitted') ?? false;
  return first?.outcome !== 'answered';
}

function fitsExpectation(expected: Expected, answer: Answer): boolean {
  const none = expected.gold?.length === 0 && answer.kind === 'empty' && answer.reason === 'no-such-rows';
  if (none && expected.outcome === 'answered') return true;
  if (expected.outcome !== answer.kind) return false;
  if (expected.reason && (!('reason' in answer) || !expected.reason.includes(answer.reason))) return false;
  const text = answer.text.toLowerCase();
  if (!expected.says.every((piece) => text.includes(piece.toLowerCase()))) return false;
  if (expected.hidden.size > 0 && shows(answer, expected.hidden)) return false;
  if (!expected.gold) return true;
  return answer.kind === 'answered' && rowsMatch(expected.gold, answer.table, expected);
}

function shows(answer: Answer, hidden: ReadonlySet<string>): boolean {
  const cells = answer.kind === 'answered' ? answer.table.rows.flat() : [];
  if (cells.some((cell) => typeof cell === 'string' && hidden.has(cell))) return true;
  return [...hidden].some((value) => answer.text.includes(value));
}
