import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiskObjectStore, diskObjectStore } from '../../src/adapters/disk-object-store.ts';
import { asDiskError } from '../../src/adapters/object-errors.ts';
import { eventually } from '../support/eventually.ts';

let folder: string;
let store: DiskObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-disk-'));
  store = diskObjectStore({ folder, lookEveryMs: 30 });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const landing = (key: string) => ({ bucket: 'landing', key });
const read = async (key: string) => text((await store.get(landing(key))).body);

/** As a person copies it: with the time it had. */
async function dropByHand(name: string, content: string): Promise<void> {
  const path = join(folder, 'landing', name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(`${path}.part`, content);
  await utimes(`${path}.part`, new Date('2026-01-05'), new Date('2026-01-05'));
  await rename(`${path}.part`, path);
}

it('keeps a plain key where people find it', async () => {
  await store.put(landing('2026/03/orders.csv'), 'id\n1\n', { metadata: { sender: 'ann' } });
  expect(await readFile(join(folder, 'landing/2026/03/orders.csv'), 'utf8')).toBe('id\n1\n');
  expect(await store.localPath(landing('2026/03/orders.csv'))).toBe(
    join(folder, 'landing/2026/03/orders.csv'),
  );
  expect(await readdir(join(folder, 'landing/2026/03'))).toEqual(['orders.csv']);
  await expect(store.localPath(landing('none'))).rejects.toMatchObject({ code: 'objects.not-found' });
});

it('keeps keys that no path can hold', async () => {
  const odd = [
    `deep/${'n'.repeat(300)}.csv`,
    'a//b',
    './c',
    'x/./y',
    'end/',
    'back\\slash',
    'line\nfeed',
    'é'.repeat(400),
  ];
  for (const key of odd) await store.put(landing(key), `of ${key}`, { metadata: { key } });
  for (const key of odd) {
    expect(await read(key)).toBe(`of ${key}`);
    expect((await store.head(landing(key)))?.metadata).toEqual({ key });
  }
  const listed: string[] = [];
  for await (const info of store.list('landing', '')) listed.push(info.ref.key);
  expect(listed).toEqual([...odd].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  for (const key of odd) await store.delete(landing(key));
  for await (const info of store.list('landing', '')) expect.unreachable(info.ref.key);
});

it('keeps an object beside others whose keys go on from its own', async () => {
  await store.put(landing('a/b'), 'longer');
  await store.put(landing('a'), 'shorter');
  await store.put(landing('a/b/c'), 'longest');
  expect([await read('a'), await read('a/b'), await read('a/b/c')]).toEqual(['shorter', 'longer', 'longest']);
  await store.delete(landing('a/b'));
  await store.put(landing('a'), 'again');
  expect(await read('a')).toBe('again');
  expect(await store.head(landing('a/b'))).toBeUndefined();
  expect(await read('a/b/c')).toBe('longest');
});

it('follows no symbolic link, neither out of the folder nor within', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  await mkdir(join(folder, 'landing'));
  await symlink(join(folder, 'secret'), join(folder, 'landing/link'));
  await symlink(folder, join(folder, 'landing/up'));
  expect(await store.head(landing('link'))).toBeUndefined();
  await expect(store.get(landing('up/secret'))).rejects.toMatchObject({ code: 'objects.not-found' });
  await store.put(landing('up/new'), 'kept aside');
  expect(await readdir(folder)).not.toContain('new');
  expect(await read('up/new')).toBe('kept aside');
  await store.put(landing('link'), 'mine');
  expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret');
  expect(await read('link')).toBe('mine');
});

it('forgets the metadata of a file that was replaced by hand', async () => {
  await store.put(landing('orders.csv'), 'id\n1\n', { metadata: { sender: 'ann' } });
  await dropByHand('orders.csv', 'id\n2\n');
  expect(await store.head(landing('orders.csv'))).toMatchObject({ metadata: {}, sizeBytes: 5 });
  expect(await read('orders.csv')).toBe('id\n2\n');
});

it('leaves no half file behind, and no temporary ones', async () => {
  await store.put(landing('orders.csv'), 'one');
  await store.put(landing('orders.csv'), 'two');
  await expect(store.put(landing('orders.csv'), 'three', { onlyIfAbsent: true })).rejects.toThrow();
  expect(await readdir(join(folder, '.part'))).toEqual([]);
  expect(await readdir(join(folder, '.about/landing'))).toHaveLength(1);
});

it('says in words that the disk is full', () => {
  for (const code of ['ENOSPC', 'EDQUOT']) {
    expect(asDiskError(Object.assign(new Error(code), { code }))).toMatchObject({ code: 'home.disk-full' });
  }
});

it('tells of objects under the prefix, put by us or by hand, once when all goes well', async () => {
  const told: string[] = [];
  await store.onCreated('landing', 'in/', async (event) => {
    told.push(event.ref.key);
  });
  await store.put(landing('in/put.csv'), '1');
  await store.put(landing('elsewhere.csv'), '2');
  await dropByHand('in/by hand.csv', '3');
  await dropByHand('in/.DS_Store', '4');
  await eventually(() => expect([...told].sort()).toEqual(['in/by hand.csv', 'in/put.csv']));
  await store.put(landing('in/put.csv'), 'changed');
  await eventually(() => expect(told.filter((key) => key === 'in/put.csv')).toHaveLength(2));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(told).toHaveLength(3);
});

it('tells again after a restart of what was not finished, and not of what was', async () => {
  const stop = await store.onCreated('landing', '', async ({ ref }) => {
    if (ref.key === 'fails.csv') throw new Error('not now');
  });
  await store.put(landing('done.csv'), '1');
  await store.put(landing('fails.csv'), '2');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await stop();
  await store.close();
  await dropByHand('while away.csv', '3');
  const told: string[] = [];
  store = diskObjectStore({ folder, lookEveryMs: 30 });
  await store.onCreated('landing', '', async ({ ref }) => {
    told.push(ref.key);
  });
  await eventually(() => expect([...told].sort()).toEqual(['fails.csv', 'while away.csv']));
});

it('waits for a file that is still being copied in', async () => {
  const sizes: number[] = [];
  await store.onCreated('landing', '', async (event) => {
    sizes.push(event.sizeBytes);
  });
  const path = join(folder, 'landing/slow.csv');
  await writeFile(path, 'half');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(sizes).toEqual([]);
  await writeFile(path, 'half and the rest');
  await eventually(() => expect(sizes).toEqual([17]));
});
