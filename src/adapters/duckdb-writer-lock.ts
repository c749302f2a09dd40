import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../domain/app-error.ts';
import { isDeadProcess } from '../domain/dead-process.ts';

type Owner = { pid: number; host: string; since: string; id: string };

/**
 * Lets one process at a time write; gives the release. Waits up to `waitMs`, then fails with warehouse.locked and says who
 * holds it. The lock of a process that died is taken over.
 */
export async function lockForWriting(folder: string, waitMs: number): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'writer.lock');
  const me: Owner = { pid: process.pid, host: hostname(), since: new Date().toISOString(), id: randomUUID() };
  const deadline = Date.now() + waitMs;
  while (!(await tryTake(path, me))) {
    const owner = await ownerOf(path);
    if (owner && isDead(owner)) await removeStale(path, owner);
    else if (Date.now() >= deadline) throw lockedBy(owner, path);
    else await sleep(20 + Math.random() * 30);
  }
  return async () => {
    if ((await ownerOf(path))?.id === me.id) await rm(path, { force: true });
  };
}

/** A hard link appears whole or not at all, so nobody reads a half-written lock. */
async function tryTake(path: string, me: Owner): Promise<boolean> {
  const own = `${path}.${me.id}`;
  await writeFile(own, JSON.stringify(me));
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    return undefined; // just released
  }
}

function isDead(owner: Owner): boolean {
  return owner.host === hostname() && isDeadProcess(owner.pid);
}

/** Moved aside first: of two that see the same dead owner, one wins, and a fresh lock is put back. */
async function removeStale(path: string, dead: Owner): Promise<void> {
  const aside = `${path}.stale-${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await ownerOf(aside);
  if (moved && moved.id !== dead.id) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function lockedBy(owner: Owner | undefined, path: string): AppError {
  return new AppError('warehouse.locked', {
    detail: owner
      ? `Process ${owner.pid} on ${owner.host} has been writing since ${owner.since}. If it no longer runs, delete ${path}.`
      : 'Another process took the lock just now.',
    context: { ...owner },
    retryAfterMs: 1000,
  });
}
