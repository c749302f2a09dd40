import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSample } from '../../infra/local/sample-data.ts';
import { type Measure, single } from './measure.ts';
import { treeMemoryMb } from './process-facts.ts';

const RUN = fileURLToPath(new URL('../../infra/run.js', import.meta.url));
const LOOK_EVERY_MS = 50;

/**
 * Peak resident memory of a load, of the process and all below it, by number of order items: each against the smallest.
 * A scale of 9 is about a million order items.
 */
export async function memoryBench(options: { scales: readonly number[] }): Promise<Measure[]> {
  const peaks: { items: number; mb: number }[] = [];
  for (const scale of options.scales) peaks.push(await peakOf(scale));
  const least = peaks[0]?.mb ?? 0;
  return peaks.map(({ items, mb }) => single(`peak memory of a load, ${items} items`, 'MB', mb, least));
}

async function peakOf(scale: number): Promise<{ items: number; mb: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-memory-'));
  try {
    const files = join(folder, 'files');
    const { items } = generateSample({ seed: 7, folder: files, until: '2026-11-16', scale });
    return { items, mb: await peakOfLoad(files, join(folder, 'home')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function peakOfLoad(files: string, home: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [RUN, 'src/cli.ts', 'load', files, '--json'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { PATH: process.env['PATH'], PLUMBLINE_HOME: home, LOG_LEVEL: 'silent' },
    });
    let peak = 0;
    let said = '';
    const looking = setInterval(() => {
      peak = Math.max(peak, treeMemoryMb(child.pid ?? 0));
    }, LOOK_EVERY_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('error', reject);
    child.once('exit', () => {
      clearInterval(looking);
      if (said.includes('"outcome":"loaded"')) resolve(peak);
      else reject(new Error(`The load ended as ${said.slice(0, 300)}`));
    });
  });
}
