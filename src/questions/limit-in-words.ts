import { joined } from '../composer/describe-query.ts';
import type { Question } from './answer-question.ts';
import type { QuestionNeeds } from './needs.ts';

/**
 * How a sentence says that it is of a part of the company only: 'what you may see (branch Leeds Briggate)'. Where
 * others read along, nobody's limits are told. Null when no row is kept from the asker.
 */
export async function limitInWords(
  question: Pick<Question, 'rights' | 'readBy'>,
  needs: Pick<QuestionNeeds, 'nameLimits'>,
): Promise<string | null> {
  if (Object.keys(question.rights.rowFilters).length === 0) return null;
  if (question.readBy === 'others too') return 'what everyone here may see';
  const limits = await needs.nameLimits(question.rights);
  return `what you may see (${limits.map(({ what, names }) => `${what} ${joined(names)}`).join('; ')})`;
}
