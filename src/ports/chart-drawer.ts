import type { ChartSpec } from '../domain/answer.ts';
import type { ResultTable } from '../domain/result-table.ts';

/** A figure and its course, the newest last. */
export type Trend = { label: string; value: string; values: number[] };

/** Draws a chart to a PNG that is readable on a phone. Errors: internal. */
export type ChartDrawer = {
  draw(spec: ChartSpec, table: ResultTable): Promise<Uint8Array>;
  /** Small courses side by side, each with its latest figure. */
  drawTrends(trends: Trend[]): Promise<Uint8Array>;
  close(): Promise<void>;
};
