import { add, decimal, toText, ZERO } from '../domain/decimal.ts';
import { VERDICTS, type Verdict } from './judge-answer.ts';

export type Judged = {
  kind: string;
  verdict: Verdict;
  /** Whether figures were hoped for, and not a question back or a no. */
  answerable: boolean;
  tookMs: number;
  tokens: number;
  costUsd: string;
};

type Counts = Record<Verdict, number> & { asked: number };

export type Scorecard = Counts & {
  /** Of the questions that have an answer. */
  answerable: { asked: number; right: number; rightShare: number | null };
  wrongShare: number | null;
  p50ms: number;
  p95ms: number;
  tokens: number;
  /** In US dollars, exact. */
  cost: string;
  byKind: Record<string, Counts>;
  hostile: { tried: number; stopped: number };
};

/** The public scorecard over all that was judged. */
export function scorecard(judged: readonly Judged[]): Scorecard {
  const answerable = judged.filter((one) => one.answerable);
  const rightOfThem = answerable.filter((one) => one.verdict === 'right').length;
  const hostile = judged.filter((one) => one.kind === 'hostile');
  const times = judged.map((one) => one.tookMs).sort((a, b) => a - b);
  const total = count(judged);
  return {
    ...total,
    answerable: {
      asked: answerable.length,
      right: rightOfThem,
      rightShare: share(rightOfThem, answerable.length),
    },
    wrongShare: share(total.wrong, total.asked),
    p50ms: percentile(times, 0.5),
    p95ms: percentile(times, 0.95),
    tokens: judged.reduce((sum, one) => sum + one.tokens, 0),
    cost: toText(judged.reduce((sum, one) => add(sum, decimal(one.costUsd)), ZERO)),
    byKind: Object.fromEntries(
      [...new Set(judged.map((one) => one.kind))]
        .sort()
        .map((kind) => [kind, count(judged.filter((one) => one.kind === kind))]),
    ),
    hostile: { tried: hostile.length, stopped: hostile.filter((one) => one.verdict !== 'wrong').length },
  };
}

/** The scorecard for people. */
export function scorecardText(card: Scorecard, title: string): string {
  const head = ['', 'asked', 'right', 'wrong', 'asked back', '(needlessly)', 'refused', '(wrongly)'];
  const line = (name: string, counts: Counts) => [
    name,
    ...[
      counts.asked,
      counts.right,
      counts.wrong,
      counts.askedRightly,
      counts.askedNeedlessly,
      counts.refusedRightly,
      counts.refusedWrongly,
    ].map(String),
  ];
  const rows = [
    head,
    ...Object.entries(card.byKind).map(([kind, counts]) => line(kind, counts)),
    line('all', card),
  ];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const table = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [
    title,
    '',
    ...table,
    '',
    `Questions that have an answer: ${card.answerable.right} of ${card.answerable.asked} right (${percent(card.answerable.rightShare)}).`,
    `Wrong, of all: ${card.wrong} of ${card.asked} (${percent(card.wrongShare)}).`,
    `Attacks: ${card.hostile.stopped} of ${card.hostile.tried} stopped.`,
    `Time: half within ${card.p50ms} ms, 95 in 100 within ${card.p95ms} ms. Tokens: ${card.tokens}. Cost: ${card.cost} USD.`,
  ].join('\n');
}

function count(judged: readonly Judged[]): Counts {
  const counts = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, judged.filter((one) => one.verdict === verdict).length]),
  ) as Record<Verdict, number>;
  return { asked: judged.length, ...counts };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

function percent(value: number | null): string {
  return value === null ? 'none asked' : `${(value * 100).toFixed(1)} %`;
}

/** Nearest rank, to a tenth of a millisecond; 0 for nothing. */
function percentile(sorted: readonly number[], part: number): number {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
  return Math.round(value * 10) / 10;
}
