import type { RunOutcome } from '../domain/run.ts';

/** Signs of how a run went; the words beside them say the same. */
export const RUN_SIGNS: Record<RunOutcome, string> = {
  running: '⏳',
  loaded: '✅',
  'partly-refused': '⚠️',
  failed: '❌',
  duplicate: '♻️',
};

export const RUN_WORDS = {
  again: (count: number, since: string, last: string) =>
    `This has now happened ${count.toLocaleString('en-GB')} times since ${since}; the last time was ${last}. It is told here and not again.`,
  recovered: (feed: string, count: number, since: string) =>
    `${feed} loads again. It had failed ${count === 1 ? 'once' : `${count.toLocaleString('en-GB')} times`} since ${since}.`,
  ownerCalled: (headline: string) => `${headline}.`,
  summary: (total: number, counts: string) =>
    `${total.toLocaleString('en-GB')} more runs ended in this minute: ${counts}.`,
  summaryRest: (more: number) =>
    more > 0
      ? `and ${more.toLocaleString('en-GB')} more. /plumbline runs and the terminal's “plumbline runs” have every one.`
      : '/plumbline runs has every one.',
  muted: (feed: string) => `${feed} is muted for a day. Its runs are recorded, and told together afterwards.`,
  muteOver: (feed: string, counts: string) => `While ${feed} was muted: ${counts}.`,
} as const;
