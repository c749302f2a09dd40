import type { Config } from '../config.ts';
import { AppError } from '../domain/app-error.ts';
import { say } from './output.ts';

/** Asks the Plumbline of this container whether it is alive. For health checks: says yes, or ends with 1. */
export async function healthCommand(config: Config): Promise<void> {
  if (config.healthPort === undefined)
    throw new AppError('usage.wrong', { detail: 'HEALTH_PORT is not set, so nobody answers.' });
  const reply = await fetch(`http://127.0.0.1:${config.healthPort}/health`, {
    signal: AbortSignal.timeout(4_000),
  }).catch(() => undefined);
  if (reply?.ok) say('ok');
  else process.exitCode = 1;
}
