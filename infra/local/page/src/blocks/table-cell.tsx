import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { RichText } from '../text/rich-text.tsx';

export function Cell({ cell }: { cell: Json }) {
  if (cell.type === 'rich_text') return <RichText block={cell} />;
  return <>{asText(cell.text ?? cell.value ?? '')}</>;
}

/** What a column is sorted by. */
export function sortValue(cell: Json | undefined): number | string {
  if (cell?.type === 'raw_number') return Number(cell.value);
  return words(cell);
}

function words(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { text, elements } = value as Json;
  const inside = Array.isArray(elements) ? elements.map(words).join('') : '';
  return (typeof text === 'string' ? text : '') + inside;
}
