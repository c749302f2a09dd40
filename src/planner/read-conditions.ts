import { type Having } from '../domain/metric-query.ts';
import { type ConditionRead, type Reading, type UnderstandNeeds } from './reading.ts';
import { beside, type Item, is } from './reading-items.ts';

/** Numbers with a comparison: on the metric beside them, before or after. */
export function readConditions(items: Item[], reading: Reading, needs: UnderstandNeeds): void {
  items.forEach((item, at) => {
    if (item.meaning.kind !== 'condition' || item.used) return;
    const { operator, values, unit } = item.meaning;
    const afterAt = beside(items, at, 1);
    const beforeAt = beside(items, at, -1);
    const after = items[afterAt];
    const before = items[beforeAt];
    const target = unit === 'money' ? [before, after] : [after, before];
    const fits = (one: Item | undefined): boolean => {
      if (!one) return false;
      if (one.meaning.kind === 'metric') return true;
      if (one.meaning.kind === 'dimension')
        return needs.model.dimensions.get(one.meaning.name)?.type === 'number';
      return false;
    };
    const on = target.find(fits) ?? (is(before, 'with') ? items[beside(items, beforeAt, -1)] : undefined);
    item.used = true;
    if (on && fits(on) && on.meaning.kind === 'metric') {
      on.used = on.used || on === after;
      if (on === after && !reading.metrics.includes(on.meaning.name)) reading.metrics.push(on.meaning.name);
      reading.conditions.push({ metric: on.meaning.name, dimension: null, operator, values, unit });
    } else if (on && fits(on) && on.meaning.kind === 'dimension') {
      on.used = true;
      reading.dimensions = reading.dimensions.filter(
        (one) => one.name !== (on.meaning as { name: string }).name || one.how !== 'plain',
      );
      reading.conditions.push({ metric: null, dimension: on.meaning.name, operator, values, unit });
    } else reading.conditions.push({ metric: null, dimension: null, operator, values, unit });
  });
}

/** A condition that is about the aggregated metric. */
export function havingOf(condition: ConditionRead, metric: string, share: boolean): Having {
  const values = condition.values.map((value) =>
    share && (condition.unit === 'percent' || Number(value) > 1) ? percent(value) : value,
  );
  return { metric, operator: condition.operator, values };
}

function percent(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}
