import type { Run } from '../../src/domain/run.ts';
import { RunInput } from './run-input.ts';

/** The run's own landed copies, which nobody changes. */
export function fromLanding(run: Run): Omit<RunInput, 'startedBy' | 'again'> {
  const input = RunInput.parse(run.outputs['input']);
  const stated = new Map(input.files.map(({ name, feed }) => [name, feed]));
  const landed = run.files.map(({ name, object }) => ({ name, object, feed: stated.get(name) }));
  return {
    files: landed.length > 0 ? landed : input.files,
    set: input.set,
    feed: input.feed,
    feedsFile: input.feedsFile ?? null,
    replyTo: run.replyTo,
    redriven: input.redriven,
    ownRuns: [...(input.ownRuns ?? []), run.id].slice(-20),
    newestWins: input.newestWins,
    notes: input.notes,
    upload: input.upload ?? null,
    eventWindow: input.eventWindow,
  };
}
