import { type Day, dayIn } from '../domain/day.ts';
import type { AuditEntry } from '../ports/audit-log.ts';

/** A person's word on an answer. */
export type AnswerMark = { receipt: string; by: string; verdict: 'right' | 'wrong'; at: string };

export type UsageCounts = {
  people: number;
  questions: number;
  answered: number;
  askedBack: number;
  refused: number;
  empty: number;
  right: number;
  wrong: number;
  /** From door to answer, of all questions; null when there were none. */
  p50Ms: number | null;
  p95Ms: number | null;
  tokens: number;
  costUsd: string;
  /** An estimate: answered questions times the minutes that each is taken to save. */
  minutesSaved: number;
};

export type Usage = {
  from: Day;
  /** The last day, included. */
  to: Day;
  totals: UsageCounts & { answeredShare: number | null; rightShare: number | null };
  byDay: ({ day: Day } & UsageCounts)[];
  byDoor: { door: string; questions: number }[];
  /** What 'time saved' rests on, in words. */
  assumption: string;
};

/**
 * What people's first measures of success are: how fast answers come, how often they are right, who uses it, and what time
 * it may save. From the audit and people's marks alone. Pure.
 */
export function usageOf(
  entries: AuditEntry[],
  marks: AnswerMark[],
  of: { from: Day; to: Day; timeZone: string; minutesPerAnswer: number },
): Usage {
  const dayOf = (at: string): Day => dayIn(of.timeZone, new Date(at));
  const inside = (at: string): boolean => dayOf(at) >= of.from && dayOf(at) <= of.to;
  const asked = entries.filter(({ at }) => inside(at));
  const marked = marks.filter(({ at }) => inside(at));
  const days = [...new Set([...asked, ...marked].map(({ at }) => dayOf(at)))].sort();
  const totals = countsOf(asked, marked, of.minutesPerAnswer);
  return {
    from: of.from,
    to: of.to,
    totals: {
      ...totals,
      answeredShare: share(totals.answered, totals.questions),
      rightShare: share(totals.right, totals.right + totals.wrong),
    },
    byDay: days.map((day) => ({
      day,
      ...countsOf(
        asked.filter(({ at }) => dayOf(at) === day),
        marked.filter(({ at }) => dayOf(at) === day),
        of.minutesPerAnswer,
      ),
    })),
    byDoor: [...new Set(asked.map(({ door }) => door))]
      .map((door) => ({ door, questions: asked.filter((entry) => entry.door === door).length }))
      .sort((a, b) => b.questions - a.questions),
    assumption: `Time saved is an estimate: each answered question is taken to save ${of.minutesPerAnswer} minutes of looking it up by hand. Nobody measured it.`,
  };
}

function countsOf(entries: AuditEntry[], marks: AnswerMark[], minutesPerAnswer: number): UsageCounts {
  const is = (kind: string): number => entries.filter(({ outcome }) => outcome.split(':')[0] === kind).length;
  const times = entries.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const answered = is('answered');
  return {
    people: new Set(entries.map(({ asker }) => asker)).size,
    questions: entries.length,
    answered,
    askedBack: is('needs-detail'),
    refused: is('refused'),
    empty: is('empty'),
    right: marks.filter(({ verdict }) => verdict === 'right').length,
    wrong: marks.filter(({ verdict }) => verdict === 'wrong').length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    tokens: entries.reduce((sum, { tokens }) => sum + tokens, 0),
    costUsd: entries.reduce((sum, { costUsd }) => sum + Number(costUsd), 0).toFixed(4),
    minutesSaved: answered * minutesPerAnswer,
  };
}

function quantile(sorted: number[], at: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? null;
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? Math.round((part / whole) * 1000) / 1000 : null;
}

const CSV_COLUMNS = [
  'people',
  'questions',
  'answered',
  'askedBack',
  'refused',
  'empty',
  'right',
  'wrong',
  'p50Ms',
  'p95Ms',
  'tokens',
  'costUsd',
  'minutesSaved',
] as const satisfies (keyof UsageCounts)[];

/** One line a day, for a spreadsheet. */
export function usageCsv(usage: Usage): string {
  const lines = usage.byDay.map((day) =>
    [day.day, ...CSV_COLUMNS.map((column) => day[column] ?? '')].join(','),
  );
  return `${['day', ...CSV_COLUMNS].join(',')}\r\n${lines.map((line) => `${line}\r\n`).join('')}`;
}
