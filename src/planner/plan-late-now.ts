import type { Reading } from '../reading/reading.ts';
import type { Planned } from './planned.ts';

/** Late orders are those that came late; those that are late 'right now' have not come at all. */
export function lateNow(reading: Reading): Planned | undefined {
  if (!reading.metrics.includes('orders_late') || !NOW.test(reading.text)) return undefined;
  const questions = ['which orders are late', 'orders not yet delivered', 'late orders this month'];
  return {
    kind: 'ask',
    text: 'Do you mean orders that are overdue, or those that came late?',
    questions: questions.map((question) => ({
      label: question.charAt(0).toUpperCase() + question.slice(1),
      question,
    })),
  };
}

const NOW = /\b(?:right now|now|currently|at the moment|at present)\b/i;
