import type { Answer } from '../domain/answer.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';

/** Whoever sits at the machine, and what runs by itself, is not counted. */
const UNCOUNTED: ReadonlySet<string> = new Set(['terminal', 'rule', 'again', 'rerun', 'eval']);

/** A plain no to whoever has asked as often today (UTC) as one person may; null otherwise. */
export async function tooManyToday(
  { asker, door }: Pick<Question, 'asker' | 'door'>,
  { audit, clock, limits }: Pick<QuestionNeeds, 'audit' | 'clock' | 'limits'>,
): Promise<Extract<Answer, { kind: 'refused' }> | null> {
  if (UNCOUNTED.has(door)) return null;
  const most = limits.questionsPerDay;
  const now = clock.now();
  const since = `${now.toISOString().slice(0, 10)}T00:00:00.000Z`;
  const known = countsOf(audit).get(asker);
  if (known && isFarBelow(known, { since, most, nowMs: now.getTime() })) {
    known.asked += 1;
    return null;
  }
  // A question in a channel may have a second, private reading: it counts once.
  const entries = await audit.list({ limit: 2 * most, since, asker });
  const asked = entries.filter(({ rule }) => !rule?.startsWith('private: ')).length;
  remember(countsOf(audit), asker, { since, asked: asked + 1, readAtMs: now.getTime() });
  if (asked < most) return null;
  return {
    kind: 'refused',
    reason: 'limit-reached',
    text: `You have asked ${most} questions today, and that is as many as one person may. Ask again tomorrow; whoever runs Plumbline can raise the number.`,
  };
}

/** How often somebody had asked when the audit was last read, and has asked here since. */
type Count = { since: string; asked: number; readAtMs: number };

const counts = new WeakMap<AuditLog, Map<string, Count>>();
const READ_AGAIN_MS = 60_000;
const MOST_PEOPLE = 10_000;

function countsOf(audit: AuditLog): Map<string, Count> {
  let known = counts.get(audit);
  if (!known) {
    known = new Map();
    counts.set(audit, known);
  }
  return known;
}

/** The audit is read again within a minute, for others answer too, and for each question once half of them are used. */
function isFarBelow(
  known: Count,
  { since, most, nowMs }: { since: string; most: number; nowMs: number },
): boolean {
  const age = nowMs - known.readAtMs;
  return known.since === since && age >= 0 && age < READ_AGAIN_MS && known.asked < most / 2;
}

function remember(known: Map<string, Count>, asker: string, count: Count): void {
  if (known.size >= MOST_PEOPLE) known.clear();
  known.set(asker, count);
}
