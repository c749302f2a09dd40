import { apiError } from '../api-error.ts';
import type { Json } from '../workspace-types.ts';
import { BLOCK_SCHEMAS } from './block-schemas.ts';
import { MAX_TABLE_CHARACTERS } from './data-blocks.ts';

export type Surface = 'message' | 'modal' | 'home';

const MAX_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

/** Characters of JSON from which Slack answers msg_blocks_too_long (measured, not documented). */
const MAX_BLOCKS_JSON = 13_200;

const MESSAGE_ONLY = new Set([
  'table',
  'data_table',
  'data_visualization',
  'markdown',
  'context_actions',
  'plan',
  'task_card',
]);

/** Refuses, with Slack's error names, what Slack would refuse. Gives the blocks with their ids filled in. */
export function checkBlocks(value: unknown, surface: Surface, newBlockId: () => string): Json[] {
  if (!Array.isArray(value)) throw apiError('invalid_blocks_format');
  const problems: string[] = [];
  if (value.length > MAX_BLOCKS[surface])
    problems.push(`no more than ${MAX_BLOCKS[surface]} items allowed [json-pointer:/blocks]`);
  value.forEach((block, index) => problems.push(...problemsOf(block, surface, `/blocks/${index}`)));
  problems.push(...repeatedIds(value as Json[]));
  if (problems.length > 0)
    throw apiError(
      'invalid_blocks',
      problems.map((problem) => `[ERROR] ${problem}`),
    );
  const blocks = value as Json[];
  if (surface === 'message') checkWholeMessage(blocks);
  return blocks.map((block) => ({ ...block, block_id: block.block_id ?? newBlockId() }));
}

/** Short blocks_too_long rule of messages, and what may stand in one message only so often. */
function checkWholeMessage(blocks: Json[]): void {
  if (JSON.stringify(blocks).length > MAX_BLOCKS_JSON) throw apiError('msg_blocks_too_long');
  const count = (type: string) => blocks.filter((block) => block.type === type).length;
  if (count('table') > 1)
    throw apiError('invalid_attachments', ['[ERROR] only_one_table_allowed [json-pointer:/blocks]']);
  if (count('data_visualization') > 2)
    throw apiError('invalid_blocks', ['[ERROR] no more than 2 data_visualization blocks allowed']);
  const inTables = blocks
    .filter((block) => block.type === 'table' || block.type === 'data_table')
    .reduce((sum, block) => sum + cellCharacters(block.rows), 0);
  if (inTables > MAX_TABLE_CHARACTERS)
    throw apiError('invalid_blocks', [
      `[ERROR] tables may hold ${MAX_TABLE_CHARACTERS} characters over all cells, these hold ${inTables}`,
    ]);
  const inMarkdown = blocks
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + String(block.text).length, 0);
  if (inMarkdown > 12_000)
    throw apiError('invalid_blocks', ['[ERROR] markdown blocks may hold 12000 characters in all']);
}

function problemsOf(block: unknown, surface: Surface, pointer: string): string[] {
  const type = typeof block === 'object' && block !== null ? (block as Json).type : undefined;
  const schema = typeof type === 'string' ? BLOCK_SCHEMAS[type] : undefined;
  if (!schema) return [`unsupported type: ${String(type)} [json-pointer:${pointer}/type]`];
  if (surface !== 'message' && MESSAGE_ONLY.has(String(type)))
    return [`unsupported type in a view: ${String(type)} [json-pointer:${pointer}/type]`];
  if (surface !== 'modal' && type === 'alert')
    return [`unsupported type outside a modal: alert [json-pointer:${pointer}/type]`];
  const checked = schema.safeParse(block);
  if (checked.success) return onlyOneChoiceOfOptions(block as Json, pointer);
  return checked.error.issues.map(
    (issue) => `${issue.message} [json-pointer:${[pointer, ...issue.path.map(String)].join('/')}]`,
  );
}

/** A select needs options or option_groups, and not both. */
function onlyOneChoiceOfOptions(block: Json, pointer: string): string[] {
  return elementsOf(block)
    .filter((element) => element.type === 'static_select' || element.type === 'multi_static_select')
    .filter((element) => (element.options === undefined) === (element.option_groups === undefined))
    .map(() => `must have either options or option_groups [json-pointer:${pointer}]`);
}

function repeatedIds(blocks: Json[]): string[] {
  const problems: string[] = [];
  const blockIds = blocks.flatMap((block) => (typeof block?.block_id === 'string' ? [block.block_id] : []));
  for (const id of repeated(blockIds)) problems.push(`block_id ${id} already exists [json-pointer:/blocks]`);
  blocks.forEach((block, index) => {
    const actionIds = elementsOf(block).flatMap((element) =>
      typeof element.action_id === 'string' ? [element.action_id] : [],
    );
    for (const id of repeated(actionIds))
      problems.push(`action_id ${id} already exists in this block [json-pointer:/blocks/${index}/elements]`);
  });
  return problems;
}

/** The interactive elements that stand directly in a block. */
export function elementsOf(block: Json | undefined): Json[] {
  const list = [
    ...(Array.isArray(block?.elements) ? block.elements : []),
    ...(Array.isArray(block?.actions) ? block.actions : []),
    block?.accessory,
    block?.element,
  ];
  return list.filter((each): each is Json => typeof each === 'object' && each !== null);
}

function repeated(values: string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

function cellCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + cellCharacters(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const own = typeof (value as Json).text === 'string' ? String((value as Json).text).length : 0;
  return own + cellCharacters((value as Json).elements);
}
