import { z } from 'zod';
import { NO_FEED, type Run } from '../domain/run.ts';

/** What is said of a run, as plain facts; Slack's blocks are made from it elsewhere. */
export type RunNotice = {
  run: Run;
  /** One line for a notification. */
  headline: string;
  /** What happened, what was not done, what to do. */
  sentences: string[];
  /** 'name: value' pairs in reading order. */
  facts: { name: string; value: string }[];
  actions: ('rerun' | 'rerun-over-newer' | 'undo' | 'show-refused' | 'mute')[];
  /** Who keeps the feed: a Slack user's or user group's id, or a name. */
  owner: string | null;
  /** The feed's own channel; null is the channel of all runs. */
  channel: string | null;
};

/** What the feed's declaration says of who is told. */
export type NoticeOf = Pick<RunNotice, 'owner' | 'channel'>;

/** As the check of the set says it. */
const NEWER = /^A newer version of this row came/;
const MOST_REASONS = 3;
const MOST_NOTES = 5;

/** Pure: the same run gives the same words. */
export function runNotice(run: Run, of: NoticeOf = { owner: null, channel: null }): RunNotice {
  return {
    ...of,
    run,
    headline: headline(run),
    sentences: sentences(run),
    facts: facts(run),
    actions: actions(run),
  };
}

function headline(run: Run): string {
  const rows = count(run.rows.loaded, 'row');
  switch (run.outcome) {
    case 'running':
      return `Loading ${run.feed}: ${run.stage.replaceAll('-', ' ')}`;
    case 'loaded':
      return `Loaded ${run.feed}: ${rows}`;
    case 'partly-refused':
      return `Loaded ${run.feed} in part: ${rows}, ${count(run.rows.refused, 'row')} refused${run.rows.waiting > 0 ? `, ${run.rows.waiting} waiting` : ''}`;
    case 'duplicate':
      return `${run.feed}: these files were loaded before, so nothing was changed`;
    case 'failed':
      return `${subject(run)} ${run.batch ? 'was loaded but not finished' : 'was not loaded'}: it failed at ${run.failure?.stage.replaceAll('-', ' ') ?? 'the start'}`;
  }
}

/** A run may fail before anybody knows which feed its files are of. */
function subject(run: Run): string {
  if (run.feed !== NO_FEED) return run.feed;
  const [first, ...others] = namesOf(run);
  if (!first) return 'What came';
  return others.length === 0
    ? first.slice(0, 100)
    : `${first.slice(0, 100)} with ${count(others.length, 'more file')}`;
}

function sentences(run: Run): string[] {
  const said: string[] = [];
  if (run.failure) {
    said.push(run.failure.sentence);
    if (run.failure.where) said.push(`Where: ${run.failure.where}.`);
    if (run.batch)
      said.push(
        `The rows are in the warehouse (batch ${run.batch}), but what follows a load was not finished. Press Re-run to finish it.`,
      );
    else
      said.push(
        'Nothing of these files is in the warehouse. Mend the files and put them there again, or press Re-run once the cause is gone.',
      );
  }
  for (const refusal of run.refusals.slice(0, MOST_REASONS)) {
    said.push(
      `${count(refusal.count, 'row')}: ${withStop(refusal.reason)} For example ${withStop(refusal.example)}`,
    );
  }
  said.push(...(run.notes ?? []).slice(0, MOST_NOTES));
  if (run.findings > 0) said.push(`${count(run.findings, 'finding')} in what was loaded; see the findings.`);
  return said;
}

function facts(run: Run): RunNotice['facts'] {
  const days = [...run.touchedDays].sort();
  const isOver = run.outcome !== 'running';
  const { rows } = run;
  const counts = [
    `${number(rows.read)} read`,
    `${number(rows.loaded)} loaded`,
    ...(rows.refused > 0 ? [`${number(rows.refused)} refused`] : []),
    ...(rows.waiting > 0 ? [`${number(rows.waiting)} waiting`] : []),
  ];
  return [
    { name: 'Files', value: filesInWords(run) },
    ...(isOver ? [{ name: 'Rows', value: counts.join(', ') }] : []),
    ...(run.findings > 0 ? [{ name: 'Findings', value: number(run.findings) }] : []),
    ...(days.length > 0
      ? [{ name: 'Days touched', value: `${days[0]} to ${days.at(-1)} (${number(days.length)})` }]
      : []),
    { name: isOver ? 'Took' : 'So far', value: `${durationSeconds(run).toFixed(1)} s` },
    ...(run.batch ? [{ name: 'Batch', value: run.batch }] : []),
    { name: 'Run', value: run.id },
  ];
}

/** As they were taken in, or as they were asked for when that is where the run stopped. */
function namesOf({ files, outputs }: Run): string[] {
  const asked = Asked.safeParse(outputs);
  return (files.length > 0 || !asked.success ? files : asked.data.input.files).map(({ name }) => name);
}

const Asked = z.object({ input: z.object({ files: z.array(z.object({ name: z.string() })) }) });

function filesInWords(run: Run): string {
  const names = namesOf(run);
  const shown = names.slice(0, 5).join(', ').slice(0, 250);
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown || 'none';
}

function actions(run: Run): RunNotice['actions'] {
  if (run.outcome === 'running') return [];
  return [
    ...(run.outcome === 'failed' || run.superseded ? (['rerun'] as const) : []),
    ...(run.refusals.some(({ reason }) => NEWER.test(reason)) ? (['rerun-over-newer'] as const) : []),
    // Money records are reversed, not undone.
    ...(run.batch && run.feed !== 'ledger' ? (['undo'] as const) : []),
    ...(run.rows.refused > 0 ? (['show-refused'] as const) : []),
    ...(run.feed === NO_FEED ? [] : (['mute'] as const)),
  ];
}

/** From the start to the end, or to the last change while it goes on. */
export function durationSeconds(run: Run): number {
  return (Date.parse(run.endedAt ?? run.updatedAt) - Date.parse(run.startedAt)) / 1000;
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function count(many: number, thing: string): string {
  return `${number(many)} ${thing}${many === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}
