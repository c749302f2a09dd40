// Runs a program of the source (`node infra/run.js src/cli.ts ask ...`) as it was compiled the last time, or compiles it first:
// a process starts in a third of the time that reading a thousand TypeScript files takes. Compiled again whenever a file of the
// source or a package has changed. Where nothing can be compiled (no esbuild, a folder that may not be written), it reads the source.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import * as modules from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = realpathSync(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const KEPT = join(ROOT, 'node_modules/.cache/plumbline');
const FOLDERS = ['src', 'etl', 'infra'];
const LEFT_OUT = new Set(['page', 'aws', 'node_modules']);

const isDebugging = ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');

process.argv.splice(1, 1);
const entry = (process.argv[1] ?? '').replace(/^\.\//, '');
const folder = join(KEPT, fingerprint(entry));
const program = join(folder, `${entry.split('/').at(-1)?.replace(/\.ts$/, '')}.js`);

if (existsSync(program) || (await compiled())) {
  modules.enableCompileCache?.(join(folder, 'v8'));
  if (isDebugging) process.setSourceMapsEnabled(true);
  await import(pathToFileURL(program).href);
} else {
  await import('tsx');
  await import(pathToFileURL(join(ROOT, entry)).href);
}

/** By names, times and sizes of the files, for reading them all would take as long as it saves. */
function fingerprint(name) {
  const hash = createHash('sha1').update(`${ROOT} ${name} ${process.version}`);
  const top = name.split('/')[0] ?? '';
  const others = FOLDERS.includes(top) ? [] : [top];
  for (const each of [...FOLDERS, ...others]) addFolder(join(ROOT, each), hash);
  for (const each of ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'])
    addFile(join(ROOT, each), hash);
  return hash.digest('hex').slice(0, 20);
}

function addFolder(path, hash) {
  for (const found of readdirSync(path, { withFileTypes: true })) {
    if (found.isDirectory()) {
      if (!LEFT_OUT.has(found.name)) addFolder(join(path, found.name), hash);
    } else if (/\.(ts|js)$/.test(found.name)) addFile(join(path, found.name), hash);
  }
}

function addFile(path, hash) {
  const found = statSync(path, { throwIfNoEntry: false });
  hash.update(`${path} ${found?.mtimeMs} ${found?.size}\n`);
}

async function compiled() {
  try {
    const { compile } = await import('./compile.js');
    await compile({ root: ROOT, entry, kept: KEPT, folder });
    return true;
  } catch (error) {
    if (isDebugging) console.error(error);
    return false;
  }
}
