import { Worker } from 'node:worker_threads';

/**
 * A worker thread from the module `name` beside `importer`. From source, a worker does not inherit the loader that reads
 * TypeScript, so the loader is registered inside it first.
 */
export function startWorker(importer: string, name: string, maxMegabytes = 512): Worker {
  const resourceLimits = {
    maxOldGenerationSizeMb: maxMegabytes,
    // Most of what a worker makes lives until its one job is done: copied less often where the young have room.
    maxYoungGenerationSizeMb: maxMegabytes / 8,
  };
  if (!importer.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, importer), { resourceLimits });
  const module = new URL(`./${name}.ts`, importer).href;
  const loader = import.meta.resolve('tsx/esm/api');
  const boot = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(module)}); });`;
  return new Worker(boot, { eval: true, resourceLimits });
}
