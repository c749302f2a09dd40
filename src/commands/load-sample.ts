import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFiles } from '../../etl/pipeline/load-files.ts';
import { generateSample } from '../../infra/local/sample-data.ts';
import { AppError } from '../domain/app-error.ts';
import type { Plumbline } from '../wiring.ts';
import { progress } from './output.ts';

const SEED = 20_250_301;

/** A home without any data gets the sample shop, through the same pipeline as any file, with progress on standard error. */
export async function loadSampleWhenEmpty(plumbline: Plumbline): Promise<void> {
  const loaded = await plumbline.warehouse.read({
    sql: 'select count(*) as batches from ops.load_batches',
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 30_000,
  });
  if (Number(loaded.rows[0]?.[0] ?? 0) > 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-sample-'));
  try {
    progress('This home is empty: making a sample shop (three years, twelve branches and a web shop) ...');
    const sample = generateSample({ seed: SEED, folder, until: plumbline.clock.today() });
    progress(`Loading ${sample.orders} orders with ${sample.items} items ...`);
    const needs = await plumbline.pipeline();
    const [run] = await loadFiles(
      { paths: [folder], feed: null, startedBy: 'sample' },
      { ...needs, onProgress: (each) => progress(`  ${each.stage.replaceAll('-', ' ')}`) },
    );
    if (run?.outcome === 'failed')
      throw new AppError('internal', {
        detail: `The sample data could not be loaded: ${run.failure?.sentence ?? ''}`,
      });
    progress('The sample data is loaded.');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
