import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadFiles } from '../../etl/pipeline/load-files.ts';
import { generateSample } from '../../infra/local/sample-data.ts';
import { readConfig } from '../../src/config.ts';
import { openPlumbline } from '../../src/wiring.ts';

/** Today, for whoever asks here. */
export const DAY = '2026-11-16';

export type ServingHome = {
  folder: string;
  home: string;
  /** How much of the sample: 1 is 108,000 order items. */
  scale: number;
};

/** Loads the sample into a new home. */
export async function prepareHome({ home, folder, scale }: ServingHome): Promise<void> {
  const files = join(folder, 'files');
  generateSample({ seed: 7, folder: files, until: DAY, scale });
  const config = readConfig({ PLUMBLINE_HOME: home, LOG_LEVEL: 'silent', PLUMBLINE_TODAY: DAY });
  const plumbline = await openPlumbline(config);
  const needs = await plumbline.pipeline();
  const [run] = await loadFiles({ paths: [files], feed: null, startedBy: 'bench' }, needs);
  await plumbline.close();
  if (run?.outcome !== 'loaded') throw new Error(`The load ended as ${run?.outcome}.`);
}

/** Files for the running program to load. Other ones each time: the same would be known, and not loaded. */
export async function putFiles(number: number, { home, folder, scale }: ServingHome): Promise<void> {
  const later = join(folder, `later-${number}`);
  generateSample({ seed: 8 + number, folder: later, until: DAY, scale });
  const incoming = join(home, 'objects', 'ingestion', 'incoming', `later-${number}`);
  await mkdir(incoming, { recursive: true });
  await cp(later, incoming, { recursive: true });
  await writeFile(join(incoming, '_ready'), '');
  await rm(later, { recursive: true, force: true });
}
