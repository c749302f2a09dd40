import { addDimension } from './read-breakdowns.ts';
import type { Reading, UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

const KINDS = /^(?:category|subcategory|department|brand)$/;

/** 'which winter boots are out of stock': the boots are listed one by one, they are not counted. */
export function readListedGoods(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  const [metric = ''] = reading.metrics;
  const unit = needs.model.metrics.get(metric)?.unit;
  const counts = unit?.kind === 'count' && unit.of === 'products';
  if (reading.metrics.length !== 1 || !counts || reading.howMany || reading.ranking) return;
  if (reading.dimensions.length > 0 || reading.grain !== null || !needs.model.dimensions.has('product'))
    return;
  const named = items.some((item, at) => {
    if (item.meaning.kind !== 'value' || !item.meaning.hits.some((hit) => KINDS.test(hit.dimension)))
      return false;
    return is(items[beside(items, at, -1)], 'which', 'list');
  });
  if (named && !items.some((item) => is(item, 'how-many', 'share')))
    addDimension(reading, 'product', 'subject', true);
}
