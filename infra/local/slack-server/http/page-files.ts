import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const CONTENT_POLICY =
  "default-src 'self'; img-src 'self' data: https: http:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/** Where `npm run build` puts the page: beside the sources, also when this runs compiled from dist/. */
export function findPageFolder(): string | undefined {
  const here = path.dirname(fileURLToPath(import.meta.url));
  return ['../../page/dist', '../../../../../infra/local/page/dist']
    .map((relative) => path.resolve(here, relative))
    .find((folder) => existsSync(path.join(folder, 'index.html')));
}

/** The built page; a plain explanation while it is not built. */
export async function pageFiles(
  response: ServerResponse,
  urlPath: string,
  folder: string | undefined,
): Promise<void> {
  const headers = { 'content-security-policy': CONTENT_POLICY, 'x-content-type-options': 'nosniff' };
  if (!folder) {
    response.writeHead(503, { ...headers, 'content-type': 'text/html; charset=utf-8' });
    response.end(NOT_BUILT);
    return;
  }
  const wanted = path.join(folder, path.normalize(decodeURIComponent(urlPath)));
  const inside = wanted.startsWith(folder + path.sep) && path.extname(wanted) in TYPES;
  const file = inside && existsSync(wanted) ? wanted : path.join(folder, 'index.html');
  const isAsset = file.includes(`${path.sep}assets${path.sep}`);
  const bytes = await readFile(file);
  response.writeHead(200, {
    ...headers,
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'cache-control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  response.end(bytes);
}

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Plumbline</title>
<body style="font:16px/1.5 system-ui;max-width:34rem;margin:15vh auto;padding:0 1rem">
<h1>The page is not built yet</h1><p>Run <code>npm run build</code> in Plumbline's folder, then reload this page.
Everything else, the terminal and Slack itself, works without it.</p></body></html>`;
