import { expect, test } from 'vitest';
import { parseFeeds } from '../../../etl/feeds/load-feeds.ts';
import { readLookup } from '../../../etl/stages/read-lookups.ts';
import { memoryObjectStore } from '../../../src/adapters/memory-object-store.ts';

const [set] = [
  parseFeeds(
    `
set: shop
currency: EUR
lookups:
  categories: { match: ["categories*"], key: code, value: name }
feeds:
  sales:
    columns: { order_id: { type: code, required: true }, ordered_at: { type: timestamp, required: true } }
    target: orders
`,
    'shop.yaml',
  ),
];

test.each([
  ['as separated text', 'code;name\r\n1;Boots\r\n2;"Clogs; wide"\r\n'],
  [
    'as JSON lines',
    '{"name": "Boots", "code": 1, "more": []}\n{"code": "2", "name": "Clogs; wide"}\nnot json\n',
  ],
])('a look-up comes %s', async (_, text) => {
  expect(await pairsOf(text)).toEqual({ 1: 'Boots', 2: 'Clogs; wide' });
});

test('a look-up of JSON lines without its column says which it has', async () => {
  await expect(pairsOf('{"code": 1, "label": "Boots"}\n')).rejects.toThrow("lacks 'name'. It has: label");
});

async function pairsOf(text: string): Promise<Record<string, string>> {
  const objects = memoryObjectStore();
  const object = { bucket: 'landing', key: 'categories' };
  await objects.put(object, text);
  const declaration = set?.lookups['categories'];
  if (!declaration) throw new Error('The declaration has no look-up.');
  return readLookup(declaration, { name: 'categories', object }, objects);
}
