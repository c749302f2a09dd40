import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Measure, measure } from './measure.ts';
import { DAY } from './serving-home.ts';

const RUN = fileURLToPath(new URL('../../infra/run.js', import.meta.url));

/** From nothing to the first answer, each time in a new process; the goal stands as the baseline. */
export async function coldStarts(home: string, rounds: number): Promise<Measure> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await new Promise<void>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [RUN, 'src/cli.ts', 'ask', 'revenue last month', '--today', DAY, '--json'],
        {
          stdio: ['ignore', 'pipe', 'ignore'],
          env: { PATH: process.env['PATH'], PLUMBLINE_HOME: home, LOG_LEVEL: 'silent' },
        },
      );
      child.stdout.once('data', () => took.push((performance.now() - started) / 1000));
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ask ended with ${code}`))));
    });
  }
  return measure(
    'cold start to first answer (goal as baseline)',
    's',
    took,
    took.map(() => 3),
  );
}
