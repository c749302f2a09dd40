import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isDeadProcess } from '../domain/dead-process.ts';

const SPILL = /^spill-([0-9a-f]{8})-(\d+)-[0-9a-f-]{36}$/;

/**
 * A folder for one engine alone to spill into; the engine makes it when it first spills and removes it when it is closed.
 * Engines number their temporary files alike and delete all of them when they end, so that two that share a folder read each
 * other's pages: rows get lost or changed without an error, or the program crashes (duckdb issue 15173).
 */
export function spillFolder(parent: string): string {
  return join(parent, `spill-${hostMark()}-${process.pid}-${randomUUID()}`);
}

/** Removes what engines of processes that were killed on this machine have left. */
export function removeDeadSpills(parent: string): void {
  for (const name of namesIn(parent)) {
    const [, host, pid] = SPILL.exec(name) ?? [];
    if (host === hostMark() && isDeadProcess(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/** Machines may share a folder; which processes live is known of our own only. */
function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not made yet
  }
}
