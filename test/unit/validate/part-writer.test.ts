import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPartWriter, type PartLimits } from '../../../etl/stages/part-writer.ts';
import { memoryObjectStore } from '../../../src/adapters/memory-object-store.ts';

const HEADER = 'note,source_line\n';
const refOf = (part: number) => ({ bucket: 'landing', key: `set/run/1-t.part-${part}.csv.gz` });

async function written(pieces: readonly string[], limits: PartLimits) {
  const objects = memoryObjectStore();
  const writer = createPartWriter(refOf, objects, limits);
  for (const piece of [HEADER, ...pieces]) {
    writer.write(Buffer.from(piece));
    await writer.drained();
  }
  const refs = await writer.close();
  const packed = await Promise.all(refs.map(async (ref) => buffer((await objects.get(ref)).body)));
  const texts = packed.map((bytes) => gunzipSync(bytes).toString());
  const stored: string[] = [];
  for await (const { ref } of objects.list('landing', '')) stored.push(ref.key);
  return { refs, stored, sizes: packed.map(({ length }) => length), texts };
}

/** Pieces of whole lines, numbered through as a file's lines are; what is in them packs well or badly. */
const someLines = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1e15 })), {
    maxLength: 90,
    size: 'max',
  })
  .map((pieces) => {
    let line = 1;
    return pieces.map(([lines, seed]) =>
      Array.from({ length: lines }, (_, i) => `${seed * (i % 3)},${++line}\n`).join(''),
    );
  });

it('has every line in one part, sizes between the bounds, and a multiple of the slices where there is enough', async () => {
  let several = 0;
  await fc.assert(
    fc.asyncProperty(someLines, fc.integer({ min: 1, max: 4 }), async (pieces, slices) => {
      const limits = { slices, leastBytes: 150, fullBytes: 300 };
      const { refs, stored, sizes, texts } = await written(pieces, limits);
      expect(texts.every((text) => text.startsWith(HEADER))).toBe(true);
      const lines = texts.map((text) => text.slice(HEADER.length).split('\n').slice(0, -1));
      const numbers = lines.map((part) => part.map((line) => Number(line.split(',')[1])));
      expect(numbers.flat().sort((a, b) => a - b)).toEqual(numbers.flat().map((_, i) => i + 2));
      expect(lines.flat().sort()).toEqual(pieces.join('').split('\n').slice(0, -1).sort());
      expect(refs.map(({ key }) => key)).toEqual(refs.map((_, i) => refOf(i + 1).key));
      expect([...stored].sort()).toEqual(refs.map(({ key }) => key).sort());
      if (refs.length > 1) expect(Math.min(...sizes)).toBeGreaterThanOrEqual(limits.leastBytes);
      // What is left over, of at most the least size and a piece, is the most that a full part takes on.
      const piece = Math.max(0, ...pieces.map(({ length }) => length)) + 100;
      expect(Math.max(...sizes)).toBeLessThanOrEqual(limits.fullBytes + limits.leastBytes + 3 * piece);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      if (total >= slices * (limits.leastBytes + piece)) expect(refs.length % slices).toBe(0);
      if (slices > 1 && refs.length > slices) several += 1;
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(several).toBeGreaterThan(5);
});

it('is the same parts for the same lines, and one part with a header for no line', async () => {
  const pieces = Array.from({ length: 40 }, (_, i) => `${Math.sin(i)} ${Math.cos(i)},${i + 2}\n`.repeat(3));
  const limits = { slices: 3, leastBytes: 100, fullBytes: 250 };
  const once = await written(pieces, limits);
  expect(once.refs.length).toBeGreaterThan(3);
  expect(await written(pieces, limits)).toEqual(once);
  expect((await written([], limits)).texts).toEqual([HEADER]);
});

it('tells what the store says', async () => {
  const objects = memoryObjectStore();
  const full = new Error('the disk is full');
  const failing = { ...objects, put: () => Promise.reject(full) };
  const limits = { slices: 1, leastBytes: 10, fullBytes: 20 };
  const broken = createPartWriter(refOf, failing, limits);
  broken.write(Buffer.from(`${HEADER}${'x'.repeat(99)},2\n`));
  await expect(broken.close()).rejects.toBe(full);
});

it('leaves nothing behind at whatever moment it is given up', async () => {
  let most = 0;
  for (let moment = 0; moment < 60; moment += 1) {
    const objects = memoryObjectStore();
    const stored = async () => {
      const keys: string[] = [];
      for await (const { ref } of objects.list('landing', '')) keys.push(ref.key);
      return keys;
    };
    const writer = createPartWriter(refOf, objects, { slices: 1, leastBytes: 10, fullBytes: 20 });
    writer.write(Buffer.from(HEADER));
    for (let line = 2; line < 8; line += 1)
      writer.write(Buffer.from(`${'abcdefghijkl'.repeat(line)},${line}\n`));
    for (let turn = 0; turn < moment; turn += 1) await new Promise(setImmediate);
    most = Math.max(most, (await stored()).length);
    await writer.abandon();
    expect(await stored(), `given up at moment ${moment}`).toEqual([]);
  }
  expect(most).toBeGreaterThan(0);
});
