import { type Config, loadDotEnv, readConfig } from './config.ts';
import type { Plumbline, PlumblineOptions } from './wiring.ts';

/** Opens Plumbline as the environment says, does the work, and closes it whatever comes. */
export async function withPlumbline(
  options: PlumblineOptions & { sampleWhenEmpty?: boolean },
  work: (plumbline: Plumbline) => Promise<void>,
): Promise<void> {
  const { openPlumbline } = await import('./wiring.ts');
  const plumbline = await openPlumbline(configOf(process.env), options);
  try {
    if (options.sampleWhenEmpty) {
      const { loadSampleWhenEmpty } = await import('./commands/load-sample.ts');
      await loadSampleWhenEmpty(plumbline);
    }
    await work(plumbline);
  } finally {
    await plumbline.close();
  }
}

/** The environment with the settings of `.env` beneath it, and these above it. Throws `config.invalid`. */
export function configOf(env: Record<string, string | undefined>): Config {
  loadDotEnv(process.env);
  return readConfig({ ...process.env, ...env });
}
