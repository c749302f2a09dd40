import type { ChartSpec } from '../domain/answer.ts';
import type { ResultTable } from '../domain/result-table.ts';

/** Draws a chart to a PNG that is readable on a phone. Errors: internal. */
export type ChartDrawer = {
  draw(spec: ChartSpec, table: ResultTable): Promise<Uint8Array>;
  close(): Promise<void>;
};
