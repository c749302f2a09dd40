import { join } from 'node:path';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { openPlumbline } from '../wiring.ts';
import { loadSampleWhenEmpty } from './load-sample.ts';
import { progress, say } from './output.ts';

/** The whole of Plumbline on one machine, until it is told to stop. */
export async function startCommand(options: { sample: boolean }, config: Config): Promise<void> {
  const log = createLog({
    level: config.logLevel,
    ...(config.mode === 'local' ? { file: join(config.home, 'logs', 'plumbline.log') } : {}),
  });
  const plumbline = await openPlumbline(config, { log });
  if (options.sample && config.mode === 'local') await loadSampleWhenEmpty(plumbline);
  const { startPlumbline } = await import('../main.ts');
  const running = await startPlumbline(plumbline);
  say(running.url ? `Plumbline is ready: ${running.url}` : 'Plumbline is ready in your Slack workspace.');
  if (running.eventsUrl) say(`Events are taken at ${running.eventsUrl}`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  progress('Stopping ...');
  await running.stop();
  await plumbline.close();
}
