import { readdirSync, readFileSync } from 'node:fs';
import { WebSocket } from 'ws';

/** Resident, of a process and its children, from /proc; 0 where there is none. */
export function treeMemoryMb(pid: number): number {
  const own = Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
  return childrenOf(pid).reduce((sum, child) => sum + treeMemoryMb(child), own);
}

/** Processor time of a process and its children until now, from /proc; 0 where there is none. */
export function processorMs(pid: number): number {
  const facts = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const own = (Number(facts[11] ?? 0) + Number(facts[12] ?? 0)) * MS_A_TICK;
  return childrenOf(pid).reduce((sum, child) => sum + processorMs(child), own);
}

/** Of Linux, as programs see it. */
const MS_A_TICK = 10;

/** Files, sockets and pipes that a process and its children have open; 0 where there is no /proc. */
export function openFiles(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + openFiles(child), list(`/proc/${pid}/fd`).length);
}

/** What a process still holds on to once all that it has let go of is collected; `inspector`: the address it has told. */
export async function heldMb(inspector: string): Promise<number> {
  const socket = new WebSocket(inspector);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  let last = 0;
  const ask = (method: string): Promise<{ usedSize?: number }> =>
    new Promise((resolve) => {
      last += 1;
      const id = last;
      socket.on('message', (data: Buffer) => {
        const reply = JSON.parse(data.toString()) as { id?: number; result?: { usedSize?: number } };
        if (reply.id === id) resolve(reply.result ?? {});
      });
      socket.send(JSON.stringify({ id, method }));
    });
  try {
    // What a finaliser lets go of is gone the second time.
    await ask('HeapProfiler.collectGarbage');
    await ask('HeapProfiler.collectGarbage');
    return ((await ask('Runtime.getHeapUsage')).usedSize ?? 0) / 1024 ** 2;
  } finally {
    socket.close();
  }
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(/\s+/).filter(Boolean).map(Number);
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
