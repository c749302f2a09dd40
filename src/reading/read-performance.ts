import type { Role } from '../vocabulary/understand-function-words.ts';
import type { Reading } from './reading.ts';
import type { Item } from './reading-items.ts';

const PERFORMANCE =
  /\bhow (?:did|do|does|is|are|was|were|has|have|had|well did|well do|well is|well are)\b.*\b(?:do|doing|done|did|fare|fared|faring|compare|compared|perform|performs|performed|performing|going|go)\b|\bhow (?:is|are|was|were) (?:the |our )?(?:business|trade|trading|shop|company|sales going)\b|\bperform(?:ance|s|ed|ing)?\b|\b(?:did|do|does|has|have|had|is|are|was|were)\b.*\b(?:do|doing|done|perform|fare|fared|faring) (?:any )?(?:better|worse|well|badly|best|worst)\b/i;

/** 'how did sneakers do last week', 'performance of X': no figure is named, what was sold is meant. */
export function readPerformance(items: Item[], reading: Reading): void {
  if (reading.metrics.length > 0 || reading.ranking || !PERFORMANCE.test(reading.text)) return;
  if ([...reading.roles].some((role) => MEASURING.has(role))) return;
  // 'how did wages do': what was booked, and no sales of the account.
  const booked = reading.filters.some(({ hits }) => hits.every(({ dimension }) => dimension === 'account'));
  if (booked) return;
  const subject = reading.filters.length + reading.segments.length + reading.dimensions.length > 0;
  reading.performance = true;
  if (!subject && reading.periods.span === undefined) {
    if (!BUSINESS.test(reading.text)) return;
    reading.soFar = 'month';
  }
  reading.metrics.push(...(subject ? ['revenue'] : ['revenue', 'orders', 'average_order_value']));
  reading.notes.push(
    subject
      ? 'how it did was read as its revenue'
      : 'how it went was read as revenue, orders and their average',
  );
  for (const item of items) {
    if (item.meaning.kind === 'unknown' && BUSINESS.test(item.tile.word)) item.used = true;
    if (item.meaning.kind !== 'role') continue;
    const { role } = item.meaning;
    if (role === 'vague' && /^(?:perform|doing)/.test(item.tile.word))
      item.meaning = { kind: 'role', role: 'stop' };
    if (role === 'compare' || role === 'earn') item.used = true;
  }
}

const MEASURING: ReadonlySet<Role> = new Set<Role>([
  'sell',
  'earn',
  'buy',
  'spend',
  'how-many',
  'how-much',
  'why',
]);

const BUSINESS = /\b(?:business|trade|trading|the shop|the company)\b/i;
