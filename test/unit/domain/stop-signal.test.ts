import { expect, test } from 'vitest';
import { stopSignal } from '../../../src/domain/stop-signal.ts';

const FOR_EVER_MS = 60_000;

test('it aborts with the stop that it was given, for its reason, also when that came first', async () => {
  const stop = new AbortController();
  const before = stopSignal(stop.signal, FOR_EVER_MS);
  stop.abort('restart');
  const after = stopSignal(stop.signal, FOR_EVER_MS);
  for (const { signal, aborted } of [before, after]) {
    expect(await aborted).toBe('aborted');
    expect(signal.reason).toBe('restart');
  }
});

test('it aborts when the time is over', async () => {
  const { signal, aborted } = stopSignal(undefined, 1);
  expect(await aborted).toBe('aborted');
  expect(signal.aborted).toBe(true);
});

test('once ended, it hears of no stop any more', () => {
  const stop = new AbortController();
  const { signal, end } = stopSignal(stop.signal, FOR_EVER_MS);
  end();
  stop.abort();
  expect(signal.aborted).toBe(false);
});
