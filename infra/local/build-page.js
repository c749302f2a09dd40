// Builds the page of the local workspace into infra/local/page/dist. Plain JavaScript: it also runs right after
// `npm ci`. With --if-possible it is content when the build tools are not installed (npm ci --omit=dev).
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), 'page');

let vite;
try {
  vite = await import('vite');
} catch (error) {
  if (!process.argv.includes('--if-possible')) throw error;
  console.error('The page was not built: the build tools are not installed.');
  process.exit(0);
}
await vite.build({ root, configFile: path.join(root, 'vite.config.js'), logLevel: 'warn' });
