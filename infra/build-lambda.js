// Bundles the functions of src/functions for Lambda: one folder, one file for each function, what they share in chunks,
// and beside them the files that the program reads at run time. Reproducible: the same source and lock file give the same bytes.
import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What the functions read at run time; tests and pages are not among it. */
const FILES = [
  ['sql-templates', /\.(sql|yaml)$/],
  ['etl/feeds', /\.yaml$/],
  ['infra/orders-pipeline.asl.json', /\.json$/],
  ['src/access', /\.yaml$/],
];

/** Parts of one machine: no function opens them, and they have binaries. */
const NOT_IN_THE_CLOUD = ['@duckdb/node-api', 'dynalite', 'classic-level', '@resvg/resvg-js'];

/** Names of the functions: the files that give a handler. */
export async function functionNames() {
  const folder = join(ROOT, 'src/functions');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const named = await Promise.all(
    files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
  );
  return named
    .filter(([, text]) => /^export (const|async function) handler\b/m.test(text))
    .map(([name]) => name.slice(0, -3));
}

/** Builds into `outdir`; gives the size of each function in bytes, with the chunks that it loads when it starts. */
export async function buildLambda(outdir) {
  const names = await functionNames();
  await rm(outdir, { recursive: true, force: true });
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: `src/functions/${name}.ts`, out: name })),
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared-[hash]',
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    minifySyntax: true,
    metafile: true,
    external: NOT_IN_THE_CLOUD,
    banner: {
      js: "import { createRequire as __requireFrom } from 'node:module'; const require = __requireFrom(import.meta.url);",
    },
    plugins: [placesOfSource],
    logLevel: 'error',
  });
  await copyFiles(outdir);
  return Object.fromEntries(names.map((name) => [name, sizeOf(name, result.metafile, outdir)]));
}

/** A module finds its files beside its source; in the bundle it is told where that source would be. */
const placesOfSource = {
  name: 'places-of-source',
  setup(builder) {
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (path.includes(`${sep}node_modules${sep}`) || !text.includes('import.meta.url')) return undefined;
      const place = relative(ROOT, path).split(sep).join('/').replace(/\.ts$/, '.js');
      return {
        contents: text.replaceAll('import.meta.url', `new URL('./${place}', import.meta.url).href`),
        loader: 'ts',
      };
    });
  },
};

async function copyFiles(outdir) {
  for (const [from, kind] of FILES) {
    await mkdir(dirname(join(outdir, from)), { recursive: true });
    await cp(join(ROOT, from), join(outdir, from), {
      recursive: true,
      filter: async (source) => (await stat(source)).isDirectory() || kind.test(source),
    });
  }
}

function sizeOf(name, metafile, outdir) {
  const outputs = metafile.outputs;
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key) || !outputs[key]) return;
    seen.add(key);
    for (const { path, kind } of outputs[key].imports) if (kind === 'import-statement') visit(path);
  };
  visit(
    relative(ROOT, join(outdir, `${name}.mjs`))
      .split(sep)
      .join('/'),
  );
  return [...seen].reduce((sum, key) => sum + outputs[key].bytes, 0);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sizes = await buildLambda(join(ROOT, 'dist-lambda'));
  for (const [name, bytes] of Object.entries(sizes))
    console.log(`${name.padEnd(16)} ${(bytes / 1024).toFixed(0).padStart(6)} KB`);
}
