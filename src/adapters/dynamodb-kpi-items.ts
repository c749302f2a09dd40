import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { decimal, toShortText } from '../domain/decimal.ts';
import type { BranchKpi, CategoryKpi, DailyKpi } from '../ports/kpi-store.ts';
import type { Item } from './dynamodb-batches.ts';

/** How a KPI stands in its table. */
export type KpiShape<T> = {
  keyOf(item: Item): Item;
  toItem(kpi: T, batchNumber: number): Item;
  fromItem(item: Item): T;
};

/** A key of DynamoDB is never empty. */
const NO_NAME = '(none)';

export const categoryShape = {
  partitionKey: 'category',
  nameOf: (kpi: CategoryKpi): string => kpi.category || NO_NAME,
  keyOf: (item: Item): Item => ({ category: item.category, order_date: item.order_date }),
  toItem: (kpi: CategoryKpi, batchNumber: number): Item => ({
    category: kpi.category || NO_NAME,
    order_date: kpi.orderDate,
    daily_revenue: exact(kpi.dailyRevenue),
    avg_order_value: exact(kpi.avgOrderValue),
    avg_return_rate: exact(kpi.avgReturnRate),
    batch_number: batchNumber,
  }),
  fromItem: (item: Item): CategoryKpi => ({
    category: String(item.category),
    orderDate: String(item.order_date),
    dailyRevenue: digits(item.daily_revenue),
    avgOrderValue: digits(item.avg_order_value),
    avgReturnRate: digits(item.avg_return_rate),
  }),
};

export const dailyShape = {
  keyOf: (item: Item): Item => ({ order_date: item.order_date }),
  toItem: (kpi: DailyKpi, batchNumber: number): Item => ({
    order_date: kpi.orderDate,
    total_orders: kpi.totalOrders,
    total_revenue: exact(kpi.totalRevenue),
    total_items_sold: kpi.totalItemsSold,
    return_rate: exact(kpi.returnRate),
    unique_customers: kpi.uniqueCustomers,
    batch_number: batchNumber,
  }),
  fromItem: (item: Item): DailyKpi => ({
    orderDate: String(item.order_date),
    totalOrders: Number(item.total_orders),
    totalRevenue: digits(item.total_revenue),
    totalItemsSold: Number(item.total_items_sold),
    returnRate: digits(item.return_rate),
    uniqueCustomers: Number(item.unique_customers),
  }),
};

export const branchShape = {
  partitionKey: 'branch',
  nameOf: (kpi: BranchKpi): string => kpi.branch || NO_NAME,
  keyOf: (item: Item): Item => ({ branch: item.branch, order_date: item.order_date }),
  toItem: (kpi: BranchKpi, batchNumber: number): Item => ({
    branch: kpi.branch || NO_NAME,
    order_date: kpi.orderDate,
    total_orders: kpi.totalOrders,
    total_revenue: exact(kpi.totalRevenue),
    total_items_sold: kpi.totalItemsSold,
    return_rate: exact(kpi.returnRate),
    batch_number: batchNumber,
  }),
  fromItem: (item: Item): BranchKpi => ({
    branch: String(item.branch),
    orderDate: String(item.order_date),
    totalOrders: Number(item.total_orders),
    totalRevenue: digits(item.total_revenue),
    totalItemsSold: Number(item.total_items_sold),
    returnRate: digits(item.return_rate),
  }),
};

/** Whether two items of one key say the same, whichever batch wrote them. */
export function sameValues<T>(shape: KpiShape<T>, a: Item, b: Item): boolean {
  return JSON.stringify(shape.fromItem(a)) === JSON.stringify(shape.fromItem(b));
}

/** A DynamoDB number holds 38 digits, so decimals of the warehouse fit exactly. */
function exact(text: string): NumberValue {
  return NumberValue.from(toShortText(decimal(text)));
}

function digits(value: unknown): string {
  return toShortText(decimal(String(value instanceof NumberValue ? value.value : value)));
}
