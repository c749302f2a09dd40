import { setTimeout as sleep } from 'node:timers/promises';
import { personId, type RunningApp } from './a-running-plumbline.ts';
import { type Measure, measure, percentile } from './measure.ts';
import { putFiles, type ServingHome } from './serving-home.ts';

/**
 * Bursts of events to ours and to a bare app in turns, while loads run in ours: the files are put there again whenever the
 * last ones are done. Slack calls an event late after 3 s.
 */
export async function acknowledgements(
  app: RunningApp,
  bare: RunningApp,
  options: ServingHome & { events: number; bursts: number },
): Promise<Measure[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let late = 0;
  for (let round = 0; round < options.bursts; round += 1) {
    if (round % BURSTS_A_LOAD === 0) {
      await putFiles(round / BURSTS_A_LOAD, options);
      await sleep(UNTIL_LOADING_MS);
    }
    const [own, other] = [await burst(app, options.events), await burst(bare, options.events)];
    late += own.filter((ms) => ms >= 2_999).length;
    ours.push(percentile(own, 0.95));
    theirs.push(percentile(other, 0.95));
  }
  return [
    measure(`acknowledgement of ${options.events} events at once while a load runs, p95`, 'ms', ours, theirs),
    {
      name: `late of ${options.bursts * options.events} events`,
      ours: late,
      baseline: 0,
      ratio: late,
      unit: 'events',
      rounds: options.bursts,
    },
  ];
}

const BURSTS_A_LOAD = 5;
const UNTIL_LOADING_MS = 3_000;

export async function burst(app: RunningApp, events: number): Promise<number[]> {
  app.acknowledgedMs.length = 0;
  for (let i = 0; i < events; i += 1) app.workspace.says(personId(0), '#general', `message ${i} to all`);
  try {
    await app.workspace.waitFor('all to be acknowledged', () => app.acknowledgedMs.length >= events, 60_000);
  } catch {
    const [got, sockets] = [app.acknowledgedMs.length, app.workspace.connections()];
    throw new Error(
      `${got} of ${events} events were settled; the app has ${sockets} connections. ${app.ending()}`,
    );
  }
  return [...app.acknowledgedMs];
}
