import { z } from 'zod';
import { richTextBlock } from './rich-text.ts';
import { blockId } from './text-objects.ts';

/** Tables and charts. A table's text may be 10,000 characters over all cells. */
export const MAX_TABLE_CHARACTERS = 10_000;

const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: z.string().min(1),
});
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richTextBlock]);
const headerCell = z.discriminatedUnion('type', [rawText, rawNumber]);

export const tableBlock = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(20)
    .optional(),
});

export const dataTableBlock = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: blockId,
    caption: z.string().min(1),
    /** The first row is the header; then 1 to 100 rows. */
    rows: z.array(z.array(cell).min(1).max(20)).min(2).max(101),
    page_size: z.number().int().min(1).max(100).optional(),
    row_header_column_index: z.number().int().min(0).max(19).optional(),
  })
  .refine((table) => table.rows.every((row) => row.length === table.rows[0]?.length), {
    message: 'all rows must have the same number of cells',
  })
  .refine((table) => (table.rows[0] ?? []).every((each) => headerCell.safeParse(each).success), {
    message: 'rich_text cannot be used in the header row',
  });

const label = z.string().min(1).max(20);
const point = z.strictObject({ label, value: z.number() });
const series = z.strictObject({ name: label, data: z.array(point).min(1).max(20) });

const axes = z.strictObject({
  categories: z.array(label).min(1).max(20),
  x_label: z.string().max(50).optional(),
  y_label: z.string().max(50).optional(),
});

function xyChart<T extends string>(type: T) {
  return z
    .strictObject({ type: z.literal(type), series: z.array(series).min(1).max(6), axis_config: axes })
    .refine((chart) => new Set(chart.series.map((each) => each.name)).size === chart.series.length, {
      message: 'series names must be unique',
    })
    .refine(
      (chart) =>
        chart.series.every(
          ({ data }) =>
            data.length === chart.axis_config.categories.length &&
            data.every((datum) => chart.axis_config.categories.includes(datum.label)),
        ),
      { message: 'the data labels of each series must be those of axis_config.categories' },
    );
}

export const dataVisualizationBlock = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: blockId,
  title: z.string().min(1).max(50),
  chart: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('pie'),
      segments: z
        .array(z.strictObject({ label, value: z.number().positive() }))
        .min(1)
        .max(6),
    }),
    xyChart('bar'),
    xyChart('area'),
    xyChart('line'),
  ]),
});
