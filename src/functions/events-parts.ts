import { openCloudEvents } from '../wire-events.ts';
import { openParts } from './open-parts.ts';

let events: ReturnType<typeof open> | undefined;

/** Opened at the first call, kept for those that follow. */
export function openEvents(): ReturnType<typeof open> {
  events ??= open().catch((thrown: unknown) => {
    events = undefined;
    throw thrown;
  });
  return events;
}

async function open() {
  const { config, log, stores, pipeline } = await openParts();
  return openCloudEvents({ config, log, ...stores }, pipeline);
}
