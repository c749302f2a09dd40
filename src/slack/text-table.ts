import { type Block, cut } from './block.ts';

const CELL_TEXT = 80;

/** A small table of texts; cells are shown as they are, whatever is in them. */
export function textTable(
  id: string,
  caption: string,
  header: readonly string[],
  rows: readonly string[][],
): Block[] {
  if (rows.length === 0 || header.length === 0) return [];
  return [
    {
      type: 'data_table',
      block_id: id,
      caption: cut(caption, 200),
      rows: [header, ...rows].map((row) =>
        row.map((text) => ({ type: 'raw_text', text: cut(text, CELL_TEXT) })),
      ),
      page_size: Math.min(10, rows.length),
    },
  ];
}
