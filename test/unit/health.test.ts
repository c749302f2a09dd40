import { expect, it } from 'vitest';
import { openHealth } from '../../src/health.ts';

async function asked(path: string, needs: Parameters<typeof openHealth>[1]) {
  const health = await openHealth(0, needs);
  try {
    const reply = await fetch(`http://127.0.0.1:${health.port}${path}`);
    return { status: reply.status, body: (await reply.json()) as object };
  } finally {
    await health.close();
  }
}

const broken = { records: async () => 1, warehouse: () => Promise.reject(new Error('paused')) };

it('is healthy though a part below it is broken: a new process would not help', async () => {
  expect(await asked('/health', { checks: broken })).toEqual({ status: 200, body: { ok: true } });
  expect(await asked('/ready', { checks: broken })).toEqual({
    status: 503,
    body: { ok: false, records: true, warehouse: false },
  });
});

it('is not healthy when it has shown no sign of life for long', async () => {
  const silent = await asked('/health', { checks: {}, lastSignOfLife: () => Date.now() - 3_600_000 });
  expect(silent.status).toBe(503);
  expect((await asked('/health', { checks: {}, lastSignOfLife: () => Date.now() })).status).toBe(200);
});
