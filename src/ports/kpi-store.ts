import type { Day } from '../domain/day.ts';

/** Partition key category, sort key order_date. Money and rates are exact decimal text. */
export type CategoryKpi = {
  category: string;
  orderDate: Day;
  dailyRevenue: string;
  avgOrderValue: string;
  avgReturnRate: string;
};

/** Partition key order_date. */
export type DailyKpi = {
  orderDate: Day;
  totalOrders: number;
  totalRevenue: string;
  totalItemsSold: number;
  returnRate: string;
  uniqueCustomers: number;
};

/** Partition key branch, sort key order_date. */
export type BranchKpi = {
  branch: string;
  orderDate: Day;
  totalOrders: number;
  totalRevenue: string;
  totalItemsSold: number;
  returnRate: string;
};

/** All KPIs of the given days, recomputed from all facts; what a day no longer has is removed. */
export type KpiRefresh = {
  /** Order of loading. An older one never overwrites a newer one. */
  batchNumber: number;
  days: Day[];
  category: CategoryKpi[];
  daily: DailyKpi[];
  branch: BranchKpi[];
};

export type KpiWriteCounts = { written: number; unchanged: number; stale: number; removed: number };

/** KPIs in milliseconds. Errors: records.unavailable, records.throttled. */
export type KpiStore = {
  /** Writes only what differs, each item on condition that its batch number is not newer. */
  refresh(refresh: KpiRefresh): Promise<KpiWriteCounts>;
  /** from <= day < to, in day order. */
  daily(from: Day, to: Day): Promise<DailyKpi[]>;
  byCategory(category: string, from: Day, to: Day): Promise<CategoryKpi[]>;
  byBranch(branch: string, from: Day, to: Day): Promise<BranchKpi[]>;
  categories(): Promise<string[]>;
  branches(): Promise<string[]>;
};
