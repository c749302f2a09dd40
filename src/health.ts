import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HealthNeeds = {
  /** What must work for the program to do its work, by name; each throws when it does not. */
  checks: Record<string, () => Promise<unknown>>;
  /** When the program last showed that it is alive; undefined when it has no such sign. */
  lastSignOfLife?(): number;
};

export type Health = { port: number; close(): Promise<void> };

const CHECK_MS = 5_000;
const SILENT_MS = 5 * 60_000;

/**
 * `GET /health`: the process is alive; a container that fails it is replaced. `GET /ready`: the parts below it answer
 * too; when one does not, a new process would not help. Only inside the container, or on this machine.
 */
export async function openHealth(port: number, needs: HealthNeeds): Promise<Health> {
  const server = createServer((request, response) => {
    answer(request.url ?? '', needs)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify(body)}\n`);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function answer(url: string, needs: HealthNeeds): Promise<{ status: number; body: object }> {
  if (url === '/health') {
    const last = needs.lastSignOfLife?.();
    const ok = last === undefined || Date.now() - last < SILENT_MS;
    return { status: ok ? 200 : 503, body: { ok } };
  }
  if (url !== '/ready') return { status: 404, body: { error: 'There are /health and /ready.' } };
  const checks = await Promise.all(
    Object.entries(needs.checks).map(async ([name, check]) => [name, await works(check)] as const),
  );
  const ok = checks.every(([, worked]) => worked);
  return { status: ok ? 200 : 503, body: { ok, ...Object.fromEntries(checks) } };
}

async function works(check: () => Promise<unknown>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), CHECK_MS).unref());
  return Promise.race([
    check().then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
