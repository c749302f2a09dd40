import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../../infra/local/slack-server/blocks/check-blocks.ts';
import type { Json } from '../../../infra/local/slack-server/workspace-types.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import { COLUMN_TYPES, type ResultTable } from '../../../src/domain/result-table.ts';
import { chooseChart } from '../../../src/questions/choose-chart.ts';
import { runNotice } from '../../../src/runs/run-notice.ts';
import { answerMessage } from '../../../src/slack/answer-message.ts';
import { cut } from '../../../src/slack/block.ts';
import { chartBlock } from '../../../src/slack/chart-block.ts';
import { escapeMarkdown, escapeMrkdwn } from '../../../src/slack/escape.ts';
import { fitMessage, LIMITS, problemsOf } from '../../../src/slack/limits.ts';
import { streamedParts } from '../../../src/slack/reply.ts';
import { noticeMessage } from '../../../src/slack/run-blocks.ts';
import { aRun } from '../../support/a-run.ts';
import { anAnswer } from '../../support/a-slack-app.ts';

const LOCALE = { language: 'en-GB', currency: 'GBP' };

/** What people, files and models may put into a cell. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 400 }),
  fc.constantFrom(
    '',
    ' ',
    '<!channel> look',
    '<@U0MARA0001>',
    '<https://evil.example|click>',
    '*bold* _it_ `code` ~no~',
    ':tada: & < >',
    '\u202Egnp.exe',
    '=HYPERLINK("http://evil.example")',
    'x'.repeat(5000),
    '\uD800',
    '[a](http://evil.example)',
  ),
);

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e12, max: 1e12 }).map((value) => value.toFixed(2)),
);

const table: fc.Arbitrary<ResultTable> = fc
  .array(fc.record({ type: fc.constantFrom(...COLUMN_TYPES), label: fc.option(nasty, { nil: undefined }) }), {
    minLength: 0,
    maxLength: 24,
  })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(
        columns.map(({ type, label }, index) => ({
          name: `c${index}`,
          type,
          ...(label === undefined ? {} : { label }),
        })),
      ),
      rows: fc.array(
        fc.tuple(
          ...columns.map(({ type }) =>
            fc.option<string | boolean, null>(
              type === 'integer' || type === 'decimal'
                ? number
                : type === 'boolean'
                  ? fc.boolean()
                  : type === 'date'
                    ? fc.constantFrom('2025-01-01', '2025-02-01', '2025-03-01')
                    : nasty,
              { nil: null, freq: 8 },
            ),
          ),
        ),
        { maxLength: 140 },
      ),
      truncated: fc.boolean(),
    }),
  );

const choices = fc.array(
  fc.record({
    label: nasty.map((text) => text.slice(0, 75)),
    question: nasty.map((text) => text.slice(0, 600)),
  }),
  { maxLength: 12 },
);

const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc
    .record({
      table,
      text: nasty,
      line: nasty,
      title: nasty,
      followUps: fc.array(nasty, { maxLength: 5 }),
      warnings: fc.array(nasty, { maxLength: 14 }),
      notes: fc.array(nasty, { maxLength: 5 }),
    })
    .map(({ table: rows, text, line, title, followUps, warnings, notes }): Answer => {
      const plain = anAnswer();
      return {
        ...plain,
        text,
        table: rows,
        chart: chooseChart(rows, title, ''),
        followUps,
        understood: { ...plain.understood, line, notes },
        dataState: { ...plain.dataState, warnings },
        receiptId: 'rcp-1',
      };
    }),
  fc
    .record({ text: nasty, choices, unknownWords: fc.array(nasty, { maxLength: 8 }) })
    .map((of): Answer => ({ kind: 'needs-detail', ...of })),
  fc.record({ text: nasty, choices }).map(
    (of): Answer => ({
      kind: 'empty',
      reason: 'unknown-value',
      understood: null,
      receiptId: 'rcp-1',
      ...of,
    }),
  ),
  nasty.map((text): Answer => ({ kind: 'refused', reason: 'cannot-answer', text })),
);

/** Text that Slack would read for marks. */
function readByMarks(blocks: unknown): string[] {
  if (Array.isArray(blocks)) return blocks.flatMap(readByMarks);
  if (typeof blocks !== 'object' || blocks === null) return [];
  const block = blocks as Record<string, unknown>;
  if (block.type === 'mrkdwn' || block.type === 'markdown') return [String(block.text)];
  return Object.values(block).flatMap(readByMarks);
}

describe('a message made from an answer', () => {
  test('is within the limits of Slack and holds nothing that Slack reads as a mark, whatever the answer', () => {
    fc.assert(
      fc.property(answer, (given) => {
        const built = answerMessage(given, { locale: LOCALE, question: 'a question', note: 'A rule.' });
        const message = fitMessage(built);
        expect(problemsOf(message.blocks)).toEqual([]);
        expect(message.blocks.length).toBeGreaterThan(0);
        expect(message.text.trim()).not.toBe('');
        expect(message.text).not.toMatch(/<[@#!]|<http/);
        expect(() => checkBlocks(message.blocks as Json[], 'message', () => 'new')).not.toThrow();
        expect(readByMarks(message.blocks)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('is within the limits as a stream, too', () => {
    fc.assert(
      fc.property(answer, (given) => {
        const message = answerMessage(given, { locale: LOCALE, question: 'a question' });
        const { markdown, blocks } = streamedParts(message, given.text);
        expect(markdown.length).toBeLessThanOrEqual(4000);
        expect(markdown.replaceAll(/\s/g, '')).not.toBe('');
        expect(markdown).not.toMatch(/<|(?<!\\)\]\(/);
        const all = [{ type: 'markdown', text: markdown }, ...blocks] as Json[];
        expect(() => checkBlocks(all, 'message', () => 'new')).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  test('needs nothing left out to fit: the headline, the meaning and the buttons are always there', () => {
    fc.assert(
      fc.property(answer, (given) => {
        fc.pre(given.kind === 'answered');
        const { blocks } = fitMessage(answerMessage(given, { locale: LOCALE, question: 'a question' }));
        const ids = blocks.map((block) => block.block_id);
        expect(ids).toEqual(expect.arrayContaining(['headline', 'about', 'state', 'tools', 'rating']));
      }),
      { numRuns: 150 },
    );
  });

  test('cuts a long table and says that the CSV file has all', () => {
    const rows = Array.from({ length: 500 }, (_, index) => [`Branch ${index}`, `${index}.00`]);
    const long = anAnswer({ chart: null, table: { ...anAnswer().table, rows } });
    const message = answerMessage(long, { locale: LOCALE, question: 'q' });
    const shown = message.blocks.find((block) => block.type === 'data_table')?.rows as unknown[];
    expect(message.needsCsv).toBe(true);
    expect(shown.length).toBeLessThanOrEqual(LIMITS.tableRows + 1);
    expect(JSON.stringify(message.blocks)).toContain(`The first ${shown.length - 1} of 500 rows`);
  });

  test('a figure alone needs no table', () => {
    const one = anAnswer({
      chart: null,
      table: { columns: [{ name: 'revenue', type: 'decimal' }], rows: [['12.30']], truncated: false },
    });
    expect(
      answerMessage(one, { locale: LOCALE, question: 'q' }).blocks.some(
        (block) => block.type === 'data_table',
      ),
    ).toBe(false);
  });

  test('says off by how much, and shows warnings in words', () => {
    const off = anAnswer({
      dataState: {
        ...anAnswer().dataState,
        reconciled: 'off',
        offBy: '12.30',
        warnings: ['Branch B03 is late.'],
      },
    });
    const text = JSON.stringify(answerMessage(off, { locale: LOCALE, question: 'q' }).blocks);
    expect(text).toContain('Off by £12.30');
    expect(text).toContain('Branch B03 is late.');
  });
});

describe('charts', () => {
  const days = (count: number): ResultTable => ({
    columns: [
      { name: 'day', type: 'date' },
      { name: 'revenue', type: 'decimal' },
    ],
    rows: Array.from({ length: count }, (_, index) => [
      `2025-01-${String(index + 1).padStart(2, '0')}`,
      `${index}.5`,
    ]),
    truncated: false,
  });

  test('are drawn by Slack up to its twenty points, and as a picture beyond', () => {
    const spec = chooseChart(days(20), 'Revenue', '');
    if (!spec) throw new Error('no chart');
    expect(chartBlock(spec, days(20), LOCALE)?.type).toBe('data_visualization');
    expect(chartBlock(spec, days(21), LOCALE)).toBeNull();
    expect(
      answerMessage(anAnswer({ table: days(21), chart: spec }), { locale: LOCALE, question: 'q' })
        .needsPicture,
    ).toBe(true);
  });

  test('names that are the same once they are cut are not mixed up: a picture is drawn', () => {
    const named: ResultTable = {
      columns: [
        { name: 'product', type: 'text' },
        { name: 'revenue', type: 'decimal' },
      ],
      rows: [
        ['A very long product name, red', '1'],
        ['A very long product name, blue', '2'],
      ],
      truncated: false,
    };
    const spec = chooseChart(named, 'Revenue', '');
    expect(spec && chartBlock(spec, named, LOCALE)).toBeNull();
  });

  const rates = (...cells: (string | null)[]): ResultTable => ({
    columns: [
      { name: 'brand', type: 'text' },
      { name: 'return_rate', type: 'decimal', unit: { kind: 'share' } },
    ],
    rows: cells.map((cell, index) => [`Brand ${index}`, cell]),
    truncated: false,
  });

  test('show shares in percent, as the axis says', () => {
    const table = rates('0.068293', '0.0575', '-0.07');
    const spec = chooseChart(table, 'Return rate', '');
    expect(spec && chartBlock(spec, table, LOCALE)).toMatchObject({
      chart: { series: [{ data: [{ value: 6.83 }, { value: 5.75 }, { value: -7 }] }] },
    });
  });

  test('with a gap are drawn as a picture, since Slack wants a value for each label', () => {
    const table = rates('0.068293', null, '-0.07');
    const spec = chooseChart(table, 'Return rate', '');
    expect(spec && chartBlock(spec, table, LOCALE)).toBeNull();
  });
});

describe('times in what many people read', () => {
  const run = aRun({ outcome: 'failed', feed: 'orders' });
  const series = {
    feed: 'orders',
    cause: 'c',
    runs: ['run-1', 'run-2'],
    count: 2,
    since: '2026-11-21T17:15:00.000Z',
    last: '2026-11-21T18:15:00.000Z',
    place: null,
    version: 1,
  };

  test('are left to Slack, which knows the clock of each reader; UTC stands where it cannot', () => {
    const failed = noticeMessage({ kind: 'run', notice: runNotice(run), series }, { key: 'k' });
    expect(() => checkBlocks(failed.blocks as Json[], 'message', () => 'new')).not.toThrow();
    expect(failed.blocks.find((block) => block.block_id === 'again')).toMatchObject({
      elements: [
        {
          elements: [
            { type: 'text', text: 'This has now happened 2 times since ' },
            { type: 'date', timestamp: 1795281300, fallback: '21 Nov 2026, 17:15 UTC' },
            { type: 'text', text: '; the last time was ' },
            { type: 'date', timestamp: 1795284900 },
            { type: 'text', text: '. It is told here and not again.' },
          ],
        },
      ],
    });
    const over = noticeMessage({ kind: 'recovered', notice: runNotice(run), series }, { key: 'k' });
    expect(over.text).toContain('<!date^1795281300^{date_short_pretty} at {time}|21 Nov 2026, 17:15 UTC>');
    expect(() => checkBlocks(over.blocks as Json[], 'message', () => 'new')).not.toThrow();
  });
});

describe('text', () => {
  test('is cut without half characters and is never empty', () => {
    expect(cut('😀😀', 3)).toBe('😀…');
    expect(cut('  ', 10)).toBe('–');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const short = cut(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short.length).toBeGreaterThan(0);
        expect(/\p{Surrogate}/u.test(short)).toBe(false);
      }),
    );
  });

  test('has no marks left when escaped', () => {
    expect(escapeMrkdwn('<!channel> & <https://x.example|y>')).toBe(
      '&lt;!channel&gt; &amp; &lt;https://x.example|y&gt;',
    );
    const streamed = escapeMarkdown('**big** [a](http://x.example) www.x.example @here :tada: snake_case');
    expect(streamed).not.toMatch(/(?<!\\)\*|(?<!\\)\[|:\/\/|@h|:tada:|www\.x/);
    expect(streamed).toContain('snake_case');
    expect(escapeMarkdown('Revenue was £1,200.50 (12.3% more).')).toBe('Revenue was £1,200.50 (12.3% more).');
  });
});
