import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BOT, CHANNELS, PEOPLE, USER_GROUPS } from '../../infra/local/slack-server/workspace-data.ts';
import type { Person } from '../../infra/local/slack-server/workspace-types.ts';
import { aWorkspace, type WorkspaceForTests } from '../support/a-workspace.ts';
import { heldMb, openFiles, processorMs, treeMemoryMb } from './process-facts.ts';

/** A Slack app in a process of its own, and the workspace that it is in, which is here. */
export type RunningApp = {
  workspace: WorkspaceForTests;
  /** How long each event took to be acknowledged; filled as events are sent. */
  acknowledgedMs: number[];
  /** Resident memory of the process and all below it. */
  memoryMb(): number;
  /** Of the process alone, without what is only not collected yet; 0 when it is not inspected. */
  heldMb(): Promise<number>;
  openFiles(): number;
  processorMs(): number;
  /** How it ended and what it said last, for an error; that it runs, while it does. */
  ending(): string;
  stop(): Promise<void>;
};

const RUN = fileURLToPath(new URL('../../infra/run.js', import.meta.url));
const STARTS_WITHIN_MS = 120_000;
const MOST_SAID = 4_000;

/** `plumbline start` as it is, in a home that has data, connected to a workspace with this many people. */
export function aRunningPlumbline(options: {
  home: string;
  today: string;
  people: number;
  /** It can be asked what it holds on to. */
  inspected?: boolean;
}): Promise<RunningApp> {
  return aRunningApp(['src/cli.ts', 'start', '--no-sample'], options.people, {
    PLUMBLINE_HOME: options.home,
    PLUMBLINE_TODAY: options.today,
    PERSON_DAILY_QUESTIONS: '100000',
    ...(options.inspected ? { NODE_OPTIONS: '--inspect=127.0.0.1:0' } : {}),
  });
}

/** A Bolt app that acknowledges and does nothing else. */
export function aBareBoltApp(people = 1): Promise<RunningApp> {
  return aRunningApp(['test/bench/bare-bolt-app.ts'], people, {});
}

async function aRunningApp(args: string[], people: number, env: Record<string, string>): Promise<RunningApp> {
  const everyone = Array.from({ length: people }, (_, i) => aPerson(i));
  const ids = everyone.map(({ id }) => id);
  const workspace = await aWorkspace({
    people: [...PEOPLE.filter(({ id }) => id === BOT.userId), ...everyone],
    channels: CHANNELS.map((channel) => ({ ...channel, members: [...channel.members, ...ids] })),
    userGroups: USER_GROUPS.map((group) => ({ ...group, users: [] })),
    retryDelaysMs: [],
  });
  const acknowledgedMs: number[] = [];
  const { app } = workspace.parts;
  const send = app.event;
  app.event = async (payload) => {
    const started = performance.now();
    await send(payload);
    acknowledgedMs.push(performance.now() - started);
  };
  const child = spawn(process.execPath, [RUN, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      LOG_LEVEL: 'silent',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: workspace.apiUrl,
      ...env,
    },
  });
  const said = errorsOf(child);
  const stop = async () => {
    await ended(child);
    await workspace.close();
  };
  try {
    await connected(child, said.last, workspace);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  const pid = child.pid ?? 0;
  const inspector = /Debugger listening on (ws:\S+)/.exec(said.first())?.[1];
  return {
    workspace,
    acknowledgedMs,
    memoryMb: () => treeMemoryMb(pid),
    heldMb: async () => (inspector ? heldMb(inspector) : 0),
    openFiles: () => openFiles(pid),
    processorMs: () => processorMs(pid),
    ending: () =>
      child.exitCode === null && child.signalCode === null
        ? 'It runs.'
        : `It ended with ${child.exitCode ?? child.signalCode}: ${said.last()}`,
    stop,
  };
}

/** What it writes to standard error: how it begins, and how it ends. */
function errorsOf(child: ChildProcess): { first(): string; last(): string } {
  let [first, last] = ['', ''];
  child.stderr?.on('data', (chunk: Buffer) => {
    if (first.length < MOST_SAID) first += chunk.toString();
    last = (last + chunk.toString()).slice(-MOST_SAID);
  });
  return { first: () => first, last: () => last };
}

async function connected(
  child: ChildProcess,
  lastSaid: () => string,
  workspace: WorkspaceForTests,
): Promise<void> {
  await workspace.waitFor(
    'the app to connect',
    () => {
      if (child.exitCode !== null) throw new Error(`The app ended with ${child.exitCode}: ${lastSaid()}`);
      return workspace.connections() > 0;
    },
    STARTS_WITHIN_MS,
  );
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const killing = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(killing);
}

function aPerson(i: number): Person {
  const name = `person${i}`;
  return {
    id: personId(i),
    name,
    realName: `Person ${i}`,
    title: 'Manager',
    colour: '#336699',
    kind: 'member',
    email: `${name}@example.com`,
    timeZone: 'Europe/London',
  };
}

export function personId(i: number): string {
  return `U0P${String(i).padStart(7, '0')}`;
}
