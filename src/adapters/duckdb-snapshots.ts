import { constants, readFileSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The files of an embedded warehouse. `current` holds the name of the valid snapshot and
 * the version of the macros in it; everything else may be deleted.
 * A snapshot is never changed once `current` names it, so a crash at any point leaves the last one whole.
 */
export type Snapshots = {
  /** Path of the valid snapshot; undefined before the first write. */
  current(): Promise<string | undefined>;
  /** Which of our macros the valid snapshot holds; undefined before the first write, '' when nobody noted it. */
  macros(): Promise<string | undefined>;
  /** A private copy of the valid snapshot to work on, or the path for a new file. */
  draft(): Promise<string>;
  /** Makes the draft the valid snapshot: synced to disk, renamed, then pointed at. */
  publish(draft: string, macros: string): Promise<string>;
  discard(draft: string): Promise<void>;
  /** Removes what crashed writers and older snapshots left. Only with the writer's lock. */
  clean(): Promise<void>;
};

const POINTER = 'current';
const SNAPSHOT = /^snapshot-(\d+)\.duckdb$/;

export function snapshotsIn(folder: string): Snapshots {
  // A few bytes, read for each question: at once, for a busy program comes back late to what it waits for.
  const pointer = () => readIfThere(join(folder, POINTER)).split('\n');
  const current = async () => {
    const [name = ''] = pointer();
    return SNAPSHOT.test(name.trim()) ? join(folder, name.trim()) : undefined;
  };
  return {
    current,
    async macros() {
      const [name = '', version = ''] = pointer();
      return name.trim() === '' ? undefined : version.trim();
    },
    async draft() {
      await mkdir(folder, { recursive: true });
      const draft = join(folder, `draft-${process.pid}-${Date.now()}.duckdb`);
      const from = await current();
      if (from) await copyFile(from, draft, constants.COPYFILE_FICLONE);
      return draft;
    },
    async publish(draft, macros) {
      const from = await current();
      const number = Number(SNAPSHOT.exec(from?.split(/[\\/]/).at(-1) ?? '')?.[1] ?? 0) + 1;
      const name = `snapshot-${String(number).padStart(6, '0')}.duckdb`;
      await syncFile(draft);
      await rename(draft, join(folder, name));
      const part = join(folder, `${POINTER}.${process.pid}.part`);
      const file = await open(part, 'w');
      await file.writeFile(`${name}\n${macros}\n`);
      await file.sync();
      await file.close();
      await rename(part, join(folder, POINTER));
      await syncFile(folder).catch(() => undefined); // some systems cannot sync a folder
      return join(folder, name);
    },
    async discard(draft) {
      await rm(draft, { force: true });
      await rm(`${draft}.wal`, { force: true });
    },
    async clean() {
      const valid = await current();
      for (const name of await readdir(folder).catch(ifMissing([] as string[]))) {
        const path = join(folder, name);
        const leftover = /^draft-.*\.duckdb(\.wal)?$|^snapshot-\d+\.duckdb(\.wal)?$|\.part$/.test(name);
        // Windows refuses while a reader has it open; the next writer tries again.
        if (leftover && path !== valid) await rm(path, { force: true }).catch(() => undefined);
      }
    },
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return ifMissing('')(error);
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function ifMissing<T>(value: T) {
  return (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
}
