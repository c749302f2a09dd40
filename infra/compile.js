// Compiles a program of the source and the workers that it starts into one folder, for infra/run.js.
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, stop } from 'esbuild';

/** What programs start beside themselves, and find beside their own compiled file. */
const WORKERS = [
  'src/adapters/duckdb-reader-process.ts',
  'src/adapters/spreadsheet-worker.ts',
  'src/adapters/vega-chart-worker.ts',
  'etl/stages/validate-worker.ts',
];

/** They have binaries, or ask for files by names that they make up, or are hardly ever opened. */
const NOT_BUNDLED = [
  '@duckdb/node-bindings',
  'classic-level',
  '@resvg/resvg-js',
  '@guanmingchiu/sqlparser-ts',
  'dejavu-fonts-ttf',
  'esbuild',
  'vite',
  'vitest',
  'tsx',
];

/** A program that runs may still open its folder, so those of the last days stay. */
const KEPT_DAYS = 3;

/** Written beside and then put in its place at once, so that two at the same time do each other no harm. */
export async function compile({ root, entry, kept, folder }) {
  const draft = `${folder}.${process.pid}`;
  await mkdir(kept, { recursive: true });
  await forgetOld(kept);
  await build({
    absWorkingDir: root,
    entryPoints: [...new Set([entry, ...WORKERS])].map((path) => ({ in: path, out: nameOf(path) })),
    outdir: draft,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node.split('.')[0]}`,
    chunkNames: 'shared-[hash]',
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    external: NOT_BUNDLED,
    banner: {
      js: "import { createRequire as __requireFrom } from 'node:module'; const require = __requireFrom(import.meta.url);",
    },
    plugins: [placesOfSource, wholeNamesInDynalite],
    logLevel: 'silent',
  });
  // Its process would stay beside the program, with the memory of a compiler.
  await stop();
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await stat(folder).catch(() => undefined))) throw error;
  }
}

function nameOf(path) {
  return path.split('/').at(-1).replace(/\.ts$/, '');
}

/** A module finds its files beside its source, but the workers that it starts beside what is compiled. */
const placesOfSource = {
  name: 'places-of-source',
  setup(builder) {
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes(`${sep}node_modules${sep}`)) return undefined;
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta.') || startsWorkers(text)) return undefined;
      return {
        contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
        loader: 'ts',
      };
    });
  },
};

/** It asks for its own files without their endings, which is as good as not at all once they are in one file. */
const wholeNamesInDynalite = {
  name: 'whole-names-in-dynalite',
  setup(builder) {
    builder.onLoad({ filter: /node_modules\/dynalite\/index\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        /require\('(\.\/(?:actions|validations)\/)' \+ action\)/g,
        "require('$1' + action + '.js')",
      ),
    }));
  },
};

function startsWorkers(text) {
  return /import\.meta\.url\.endsWith|startWorker\(import\.meta\.url/.test(text);
}

async function forgetOld(kept) {
  const limit = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of await readdir(kept)) {
    const found = await stat(join(kept, name));
    if (found.mtimeMs < limit) await rm(join(kept, name), { recursive: true, force: true });
  }
}
