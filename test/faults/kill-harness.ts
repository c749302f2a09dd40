import { type ChildProcess, fork } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BASE_FILES, SECOND_FILES, TOLERANT_FEEDS } from '../support/a-killed-shop.ts';
import type { PipelineState } from '../support/pipeline-state.ts';

export type Kill = { failpoint: string } | { afterMs: number };
export type Scenario = 'load' | 'undo';

export type KillHarness = {
  /** How long a load and an undo take when nobody kills them, from the first thing they do. */
  cleanMs: Record<Scenario, number>;
  /** Kills a process at its work, lets another one recover, and compares all that is there with a home where nothing happened. */
  tryKill(scenario: Scenario, kill: Kill): Promise<{ killed: boolean; differences: string[]; ms: number }>;
  close(): Promise<void>;
};

const PROCESS = fileURLToPath(new URL('../support/pipeline-process.ts', import.meta.url));

/** Real processes, killed by the operating system, on homes that are copied from one with a first load in it. */
export async function killHarness(): Promise<KillHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-kill-'));
  await mkdir(join(folder, 'base'));
  await mkdir(join(folder, 'second'));
  for (const [name, text] of Object.entries(BASE_FILES)) await writeFile(join(folder, 'base', name), text);
  for (const [name, text] of Object.entries(SECOND_FILES))
    await writeFile(join(folder, 'second', name), text);
  await writeFile(join(folder, 'feeds.yaml'), TOLERANT_FEEDS);
  const load = `load:${join(folder, 'second')}`;
  const run = (home: string, actions: string[], kill?: Kill) =>
    runProcess(home, [join(folder, 'feeds.yaml'), ...actions], kill);
  const copyOf = async (home: string): Promise<string> => {
    const copy = await mkdtemp(join(folder, 'home-'));
    await cp(home, copy, { recursive: true, preserveTimestamps: true });
    return copy;
  };

  const base = join(folder, 'home-base');
  await run(base, [`load:${join(folder, 'base')}`]);
  const loaded = await copyOf(base);
  const afterLoad = await run(loaded, [load, 'state']);
  const undone = await copyOf(loaded);
  const afterUndo = await run(undone, ['undo', 'state']);
  const oracle: Record<Scenario, PipelineState> = {
    load: stateOf(afterLoad),
    undo: stateOf(afterUndo),
  };

  return {
    cleanMs: { load: afterLoad.ms, undo: afterUndo.ms },
    async tryKill(scenario, kill) {
      const home = await copyOf(scenario === 'load' ? base : loaded);
      const work = scenario === 'load' ? load : 'undo';
      try {
        const first = await run(home, [work], kill);
        // What was not even begun is asked for again; what was done is not done twice.
        const second = await run(home, ['sweep', work, 'sweep', 'state']);
        return {
          killed: first.killed,
          differences: differences(stateOf(second), oracle[scenario]),
          ms: second.ms,
        };
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

type Ended = { killed: boolean; state: PipelineState | undefined; ms: number };

export function runProcess(home: string, args: string[], kill?: Kill): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(PROCESS, args, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        TZ: 'UTC',
        PLUMBLINE_HOME: home,
        LOG_LEVEL: 'silent',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        ...(kill && 'failpoint' in kill ? { PLUMBLINE_FAILPOINT: kill.failpoint } : {}),
      },
    });
    let said = '';
    let state: PipelineState | undefined;
    let began = Date.now();
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
    child.on('message', (message: { ready?: true; state?: PipelineState }) => {
      if (message.state) state = message.state;
      if (!message.ready) return;
      began = Date.now();
      if (kill && 'afterMs' in kill) setTimeout(() => child.kill('SIGKILL'), kill.afterMs);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(`The process ended with ${code}: ${said}`));
      else resolve({ killed: signal === 'SIGKILL', state, ms: Date.now() - began });
    });
  });
}

function stateOf(ended: Ended): PipelineState {
  if (!ended.state) throw new Error('The process did not say what is there.');
  return ended.state;
}

function differences(is: PipelineState, shouldBe: PipelineState): string[] {
  return Object.keys({ ...shouldBe, ...is })
    .filter((name) => JSON.stringify(is[name]) !== JSON.stringify(shouldBe[name]))
    .map((name) => `${name}: is ${JSON.stringify(is[name])}, should be ${JSON.stringify(shouldBe[name])}`);
}
