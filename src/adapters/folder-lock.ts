import { mkdirSync } from 'node:fs';
import { ClassicLevel } from 'classic-level';
import { AppError } from '../domain/app-error.ts';

export type FolderLock = { release(): Promise<void> };

/**
 * The lock of a folder, or undefined when another process (or this one) has it. It is the operating system's own
 * file lock, which LevelDB takes on opening: it ends with its process however that ends, so a lock file left by
 * kill -9 never blocks and a reused process number never confuses. Node itself cannot take such locks.
 */
export async function tryFolderLock(folder: string): Promise<FolderLock | undefined> {
  mkdirSync(folder, { recursive: true });
  const holder = new ClassicLevel(folder);
  try {
    await holder.open();
  } catch (error) {
    if (isLocked(error)) return undefined;
    throw new AppError(isDiskFull(error) ? 'home.disk-full' : 'home.locked', {
      detail: `The folder ${folder} cannot be opened; check that it may be written to.`,
      cause: error,
    });
  }
  return { release: () => holder.close() };
}

function isLocked(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return (cause as { code?: unknown } | undefined)?.code === 'LEVEL_LOCKED';
}

function isDiskFull(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return /No space left/.test(cause instanceof Error ? cause.message : '');
}
