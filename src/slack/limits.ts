import type { Block, SlackMessage } from './block.ts';

/** Slack's limits for a message. Some are documented, the size of all blocks together was measured (about 13,200). */
export const LIMITS = {
  blocks: 50,
  /** Characters of JSON of all blocks, with room below what was measured. */
  blocksJson: 12_400,
  text: 3900,
  tableRows: 100,
  tableColumns: 20,
  tableCharacters: 9_500,
  chartPoints: 20,
  chartSeries: 6,
  chartLabel: 20,
  slices: 6,
} as const;

/** Blocks that a message can do without, the least needed first. */
const EXPENDABLE = ['rating', 'next', 'chart', 'table', 'notes', 'state', 'about', 'tools'];

/** The message as it may be sent: what does not fit into `room` is left out, and a message is never empty. */
export function fitMessage(message: SlackMessage, room: number = LIMITS.blocksJson): SlackMessage {
  const text = message.text.trim() === '' ? '–' : message.text.slice(0, LIMITS.text);
  let blocks = message.blocks.slice(0, LIMITS.blocks);
  for (const expendable of EXPENDABLE) {
    if (problemsOf(blocks, room).length === 0) break;
    blocks = blocks.filter((block) => block.block_id !== expendable || isSound(block));
    if (sizeOf(blocks) > LIMITS.blocksJson) blocks = blocks.filter((block) => block.block_id !== expendable);
  }
  return problemsOf(blocks, room).length === 0 ? { text, blocks } : { text, blocks: [] };
}

export function sizeOf(blocks: Block[]): number {
  return JSON.stringify(blocks).length;
}

/** What Slack would refuse, in words; empty when all is well. */
export function problemsOf(blocks: Block[], room: number = LIMITS.blocksJson): string[] {
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  return [
    ...(blocks.length > LIMITS.blocks ? [`${blocks.length} blocks`] : []),
    ...(sizeOf(blocks) > room ? [`${sizeOf(blocks)} characters of blocks`] : []),
    ...(new Set(ids).size < ids.length ? ['a block id twice'] : []),
    ...blocks.filter((block) => !isSound(block)).map((block) => `${block.type} ${block.block_id ?? ''}`),
  ];
}

const MAX_TEXT: Record<string, number> = {
  section: 3000,
  header: 150,
  context: 2000,
  actions: 2000,
  context_actions: 2000,
  markdown: 12_000,
};

/** Texts neither empty nor too long, lists neither empty nor over-full. */
function isSound(block: Block): boolean {
  if (!textsOf(block).every((text) => text !== '' && text.length <= (MAX_TEXT[block.type] ?? 12_000)))
    return false;
  const elements = Array.isArray(block.elements) ? block.elements.length : null;
  if (block.type === 'context') return elements !== null && elements >= 1 && elements <= 10;
  if (block.type === 'actions') return elements !== null && elements >= 1 && elements <= 25;
  if (block.type === 'data_table') return isSoundTable(block.rows);
  return true;
}

function isSoundTable(rows: unknown): boolean {
  if (!Array.isArray(rows) || rows.length < 2 || rows.length > LIMITS.tableRows + 1) return false;
  const widths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : 0)));
  const [width = 0] = widths;
  return (
    widths.size === 1 &&
    width >= 1 &&
    width <= LIMITS.tableColumns &&
    textsOf(rows).reduce((sum, text) => sum + text.length, 0) <= LIMITS.tableCharacters
  );
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) =>
    key === 'text' && typeof inside === 'string' ? [inside] : textsOf(inside),
  );
}
