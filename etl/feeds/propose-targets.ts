import type { SurveyedColumn } from './survey-values.ts';
import { TARGET_TABLES } from './tables.ts';

/** By the column of the target. */
export type ColumnMap = Map<string, SurveyedColumn>;

/** What lines of orders say of their product and customer. */
export const OF_PRODUCTS = ['category', 'subcategory', 'department', 'brand', 'sku'];
export const OF_CUSTOMERS = ['city', 'state', 'postcode', 'segment'];

/** The targets of a proposal, with what fills them; lines of orders may hold their orders, products and customers. */
export function targetsOf({
  target,
  map,
  isFlat,
  time,
}: {
  target: string;
  map: ColumnMap;
  isFlat: boolean;
  time: SurveyedColumn | undefined;
}): object[] {
  const name = (to: string): string => {
    const column = map.get(to) as SurveyedColumn;
    const plain = /^[A-Za-z_]\w*$/.test(column.header) ? column.header : `\`${column.header}\``;
    const joins =
      time &&
      column.type === 'date' &&
      TARGET_TABLES.some((table) => table.columns.some((one) => one.name === to && one.type === 'timestamp'));
    return joins
      ? `at(${plain}, ${/^[A-Za-z_]\w*$/.test(time.header) ? time.header : `\`${time.header}\``})`
      : plain;
  };
  const fillOf = (table: string, how: (to: string) => string): Record<string, string> =>
    Object.fromEntries(
      (TARGET_TABLES.find((one) => one.name === table)?.columns ?? [])
        .filter((column) => map.has(column.name) && !column.fromLoad)
        .map((column) => [column.name, how(column.name)]),
    );
  if (target !== 'order_items') {
    return [{ table: target, fill: fillOf(target, name) }];
  }
  const items = {
    ...fillOf('order_items', name),
    ...(map.has('quantity') ? {} : { quantity: '1' }),
    ...(map.has('line_no') ? {} : { line_no: `count_within(${name('order_id')})` }),
  };
  if (!isFlat)
    return [
      { table: 'order_items', fill: items },
      ...(map.has('ordered_at') ? [{ table: 'orders', fill: fillOf('orders', name) }] : []),
    ];
  const ORDER = [
    'customer_id',
    'branch_id',
    'channel',
    'status',
    'country',
    'currency',
    'coupon',
    'document_kind',
    'ordered_at',
  ];
  const orders = Object.fromEntries(
    ORDER.filter((to) => map.has(to)).map((to) => [
      to,
      to === 'ordered_at' ? `min(${name(to)})` : `first(${name(to)})`,
    ]),
  );
  const more: object[] = [];
  const nameOf = () =>
    map.has('description') ? `most_frequent(${name('description')})` : `first(${name('product_id')})`;
  const product = ['name', ...OF_PRODUCTS].filter((to) => map.has(to));
  const customer = OF_CUSTOMERS.filter((to) => map.has(to));
  if (map.has('product_id') && (product.length > 0 || map.has('description')))
    more.push({
      table: 'products',
      group: [name('product_id')],
      duplicates: 'last',
      fill: {
        product_id: name('product_id'),
        ...(map.has('name') ? {} : { name: nameOf() }),
        ...Object.fromEntries(product.map((to) => [to, `most_frequent(${name(to)})`])),
      },
    });
  if (customer.length > 0)
    more.push({
      table: 'customers',
      group: [name('customer_id')],
      duplicates: 'last',
      fill: {
        customer_id: name('customer_id'),
        ...Object.fromEntries(customer.map((to) => [to, `last(${name(to)})`])),
      },
    });
  return [
    { table: 'orders', group: [name('order_id')], fill: { order_id: name('order_id'), ...orders } },
    { table: 'order_items', fill: items },
    ...more,
  ];
}
