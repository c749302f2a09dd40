import type { PlannerReply } from '../domain/plan.ts';

const BRACKETS = /\(([^()]{1,80})\)/g;

/** 'net revenue (after refunds)' reads on without its brackets; '(should be equal!)' is a remark, and told as left aside. */
export function withoutBrackets(
  question: string,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  if (!/\([^()]{1,80}\)/.test(question)) return undefined;
  const read = alone(question.replace(BRACKETS, ' $1 ').replace(/\s+/g, ' '));
  if (read.kind === 'plan') return read;
  const remarks = [...question.matchAll(BRACKETS)].filter(([, inside = '']) => /[!?]\s*$/.test(inside));
  if (remarks.length === 0) return undefined;
  const text = remarks.reduce((left, [whole]) => left.replace(whole, ' '), question).replace(/\s+/g, ' ');
  const reply = alone(text.trim());
  if (reply.kind !== 'plan') return undefined;
  return { ...reply, notes: [...reply.notes, `left aside: ${remarks.map(([whole]) => whole).join(', ')}`] };
}
