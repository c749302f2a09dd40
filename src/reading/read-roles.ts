import type { Role } from '../vocabulary/understand-function-words.ts';
import { isBetweenThings } from './between-things.ts';
import { OPPOSITES } from './read-exclusions.ts';
import type { Reading } from './reading.ts';
import { beside, type Item, is, isBetweenUsed } from './reading-items.ts';

/** Roles that change nothing when nothing came of them. */
const HARMLESS: ReadonlySet<Role> = new Set<Role>([
  'and',
  'which',
  'how-many',
  'how-much',
  'list',
  'each',
  'with',
  'who',
  'combined',
  'chart',
  'again',
  'sell',
  'earn',
  'buy',
  'spend',
  'share',
  'worth',
  'growth',
  'running',
  'moving',
  'average',
  'maximum',
  'minimum',
  'trend',
  'compare',
  'why',
  'rest',
  'follow',
  'instead',
  'clear',
  'only',
]);

// prettier-ignore

export function readRoles(items: Item[], reading: Reading): void {
  const roles = new Set<Role>();
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'role') return;
    const { role } = item.meaning;
    const pair = reading.metrics.length > 1 || reading.filters.filter((one) => !one.negated).length > 1;
    if (role === 'growth' && /^difference\b/.test(item.tile.word) && pair) {
      item.used = true;
      return;
    }
    if (role !== 'stop') roles.add(role);
    if (role === 'how-many' && /\b(?:different|distinct|unique)$/.test(item.tile.word))
      reading.distinct = true;
    if (HARMLESS.has(role)) {
      const joined = reading.filters.length + reading.metrics.length;
      const timed = reading.periods.grain !== null || reading.periods.parts !== null;
      item.used =
        !/\btogether\b/.test(item.tile.word) || timed || joined > (item.tile.word === 'together' ? 1 : 2);
    }
    if (role === 'or' && isBetweenUsed(items, at)) item.used = true;
    if (item.tile.word === 'plus') item.used = isBetweenUsed(items, at);
    if (
      role === 'by' &&
      reading.dimensions.length + (reading.grain ? 1 : 0) > 0 &&
      items[beside(items, at, 1)]?.used
    )
      item.used = true;
    if (
      role === 'versus' &&
      isBetweenUsed(items, at) &&
      reading.filters.filter((one) => !one.negated).length > 1
    )
      item.used = true;
    if (role === 'versus' && reading.metrics.length > 1 && isBetweenUsed(items, at)) item.used = true;
    if (role === 'versus' && reading.periods.comparison) item.used = true;
    if (
      role === 'versus' &&
      (reading.segments.length + reading.filters.filter((one) => !one.negated).length > 1 ||
        reading.periods.weekdays.length > 1)
    )
      item.used = true;
    if (role === 'not' && !item.used && /^(?:without|not)$/.test(item.tile.word)) {
      const [only] = reading.segments;
      const opposite = OPPOSITES[only ?? ''];
      const joined = is(items[beside(items, at, -1)], 'versus', 'and', 'or');
      if (joined && opposite && reading.segments.length === 1) {
        reading.segments.push(opposite);
        item.used = true;
        for (const one of items) if (is(one, 'versus', 'and', 'or')) one.used = true;
      }
    }
    if (
      (role === 'than' || role === 'more' || role === 'less') &&
      (roles.has('than') || items.some((one) => is(one, 'than', 'or')))
    ) {
      if (
        reading.filters.length + reading.segments.length > 1 ||
        reading.periods.comparison ||
        reading.metrics.length > 1
      )
        item.used = true;
    }
    if ((role === 'more' || role === 'less') && is(items[beside(items, at, -1)], 'growth')) item.used = true;
    if (
      /^(?:up|down|higher|lower)$/.test(item.tile.word) &&
      !item.used &&
      !items.some((one) => is(one, 'than')) &&
      !(items.some((one) => is(one, 'or')) && reading.filters.length + reading.segments.length > 1)
    ) {
      item.used = true;
      roles.add('growth');
    }
    if (role === 'where' && reading.conditions.length > 0) item.used = true;
    if (
      role === 'when' &&
      !reading.subjectUnit &&
      reading.ranking &&
      reading.dimensions.length === 0 &&
      !reading.grain
    ) {
      reading.subjectUnit = 'day';
      reading.notes.push('the day; ask for the week or month to have that instead');
    }
    if (role === 'when' && reading.subjectUnit) item.used = true;
    if (role === 'every') item.used = item.used || reading.dimensions.length > 0;
  });
  const against = roles.has('versus') || roles.has('and') || roles.has('or') || roles.has('compare');
  if (roles.has('rest') && !reading.ranking && against) {
    reading.apart = reading.filters.some((filter) => !filter.negated);
    if (reading.apart) for (const one of items) if (is(one, 'versus', 'and', 'or')) one.used = true;
  }
  const either = items.some(
    (one) => one.used && one.meaning.kind === 'dimension' && /\bor\b/.test(one.tile.word),
  );
  const paired =
    either || ((roles.has('or') || roles.has('and')) && reading.filters.length + reading.segments.length > 1);
  const times = roles.has('or') && reading.periods.grain !== null;
  if (paired || times || reading.periods.weekdays.length > 1)
    for (const one of items) if (is(one, 'more', 'less')) one.used = true;
  const budget = reading.metrics.some((name) => /budget|variance/.test(name));
  if (reading.metrics.length > 1 || budget) for (const one of items) if (is(one, 'versus')) one.used = true;
  // 'growth in October in %' says how the change is told.
  const inPercent = items.filter((one) => is(one, 'share')).every((one) => IN_PERCENT.test(one.tile.word));
  if (roles.has('share') && roles.has('growth') && inPercent) roles.delete('share');
  if (roles.has('growth') && isBetweenThings(reading)) roles.delete('growth');
  reading.roles = roles;
}

const IN_PERCENT = /^(?:%|percent|percentage|in percent|as a percentage)$/;
