import { dayInWords } from '../domain/period.ts';
import { formatNumber, type Locale } from '../questions/format-value.ts';
import type { UploadView } from '../uploads/accept-upload.ts';
import { uploadFeed } from '../uploads/feeds.ts';
import { STAGED_FEEDS } from '../uploads/staged-feeds.ts';
import type { SheetPreview } from '../uploads/upload-preview.ts';
import { ACTIONS } from './action-ids.ts';
import { actions, type Block, button, context, cut, headline, type SlackMessage, section } from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import { LIMITS, sizeOf } from './limits.ts';
import { textTable } from './text-table.ts';
import { UPLOAD_WORDS as SAY } from './upload-words.ts';

export type CardOptions = { locale: Locale; at(instant: string): string };

/** How many rows the tables of a card have; the first that fits into a message is taken. */
const SIZES = [
  { first: 5, totals: 12, problems: 10, columns: 5 },
  { first: 3, totals: 8, problems: 6, columns: 5 },
  { first: 2, totals: 4, problems: 3, columns: 4 },
  { first: 0, totals: 3, problems: 2, columns: 0 },
] as const;
type Size = (typeof SIZES)[number];

/** What would be loaded of a spreadsheet, and what is wrong with it. Nothing in a cell is read as a mark of Slack's. */
export function uploadCard(view: UploadView, options: CardOptions): SlackMessage {
  const text = escapeMrkdwn(SAY.headline(view.upload.file.name, whatItIs(view, options)));
  for (const size of SIZES) {
    const blocks = cardBlocks(view, options, size);
    if (sizeOf(blocks) <= LIMITS.blocksJson && lettersInTables(blocks) <= LIMITS.tableCharacters)
      return { text, blocks };
  }
  return { text, blocks: cardBlocks(view, options, { first: 0, totals: 0, problems: 0, columns: 0 }) };
}

/** The card of an upload that is over: what it was, and what became of it. */
export function closedCard(title: string, sentences: string[]): SlackMessage {
  return {
    text: escapeMrkdwn(`${title}. ${sentences.join(' ')}`),
    blocks: [
      headline('headline', `${title}.`),
      ...sentences.map((each, index) => section(`said-${index}`, each)),
    ],
  };
}

function cardBlocks(
  view: UploadView,
  options: CardOptions,
  size: Size | Record<keyof Size, number>,
): Block[] {
  const { preview, upload } = view;
  const used = preview.sheets.filter((sheet) => sheet.used);
  return [
    headline('headline', `${SAY.headline(upload.file.name, whatItIs(view, options))}.`),
    ...context('about', aboutLines(view, options)),
    ...totalsBlocks(view, options, size.totals),
    ...problemBlocks(view, size.problems),
    ...used.slice(0, 2).flatMap((sheet, index) => firstRows(sheet, titleOf(sheet, used), index, size)),
    ...context('left', leftOutLines(view)),
    ...questionBlocks(view),
    ...earlierBlocks(view, options),
    ...actions('tools', buttons(view)),
    // What is loaded already has no Load to wait for.
    ...context('expires', view.sameFile ? [] : [SAY.expiresAt(options.at(upload.expiresAt))]),
  ];
}

/** '42 expense claims, 1 Mar 2026 to 31 Mar 2026'. */
function whatItIs({ preview, staged, upload }: UploadView, { locale }: CardOptions): string {
  const count = (rows: number) => formatNumber(String(rows), { kind: 'count' }, locale);
  const period = upload.period
    ? `, ${SAY.period(dayInWords(upload.period.from), dayInWords(upload.period.to))}`
    : '';
  if (staged.outcome === 'staged')
    return `${staged.files.map(({ feed, rows }) => SAY.rows(count(rows), rows === 1 ? singular(STAGED_FEEDS[feed].title) : STAGED_FEEDS[feed].title)).join(' and ')}${period}`;
  const used = preview.sheets.filter((sheet) => sheet.used);
  const titles = [...new Set(used.map(({ feed }) => (feed ? (uploadFeed(feed)?.title ?? feed) : null)))];
  const known = titles.filter((title) => title !== null);
  const rows = used.reduce((total, { rowsRead }) => total + rowsRead, 0);
  return `${known.length > 0 ? known.join(' and ') : SAY.unknown}, ${SAY.rows(count(rows), rows === 1 ? 'row' : 'rows')}${period}`;
}

function singular(title: string): string {
  return title.replace(/ies$/, 'y').replace(/s$/, '');
}

function aboutLines({ preview, remembered }: UploadView, { at }: CardOptions): string[] {
  const tables = preview.sheets.filter(({ columns }) => columns.length > 0);
  const used = tables.filter((sheet) => sheet.used);
  const { kind, encoding, delimiter } = preview.file;
  const format = [
    kind,
    encoding,
    delimiter === undefined ? '' : `separated by ${delimiter === '\t' ? 'tabs' : delimiter}`,
  ];
  const told = preview.warnings.filter((warning) => !/rows? (was|were) left out as/.test(warning));
  return [
    [
      format.filter((part) => part).join(', '),
      SAY.sheets(used.length, tables.length),
      ...used
        .slice(0, 4)
        .map(
          ({ name, range, feed, feedConfidence }) =>
            `${name} ${range}${feed ? ` is ${uploadFeed(feed)?.title ?? feed}, ${SAY.sure(`${Math.round(feedConfidence * 100)}%`)}` : ''}`,
        ),
    ].join(' · '),
    ...used.slice(0, 3).map(mappingLine),
    ...(remembered ? [SAY.confirmed(remembered.by, at(remembered.at))] : []),
    ...told.slice(0, 4).map((warning) => cut(warning, 300)),
  ];
}

/** 'Datum → entry date, Betrag → amount'. */
function mappingLine({ columns }: SheetPreview): string {
  const mapped = columns.filter(({ mapsTo }) => mapsTo !== null);
  const shown = mapped
    .slice(0, 12)
    .map(
      ({ header, column, mapsTo }) => `${cut(header ?? column, 30)} → ${(mapsTo ?? '').replaceAll('_', ' ')}`,
    );
  return shown.length === 0 ? '' : `${shown.join(', ')}${mapped.length > 12 ? ' …' : ''}`;
}

function totalsBlocks({ staged, preview }: UploadView, { locale }: CardOptions, most: number): Block[] {
  const money = (text: string) => (text === '' ? '' : formatNumber(text, { kind: 'ratio' }, locale));
  const used = preview.sheets.filter((sheet) => sheet.used);
  const files = staged.outcome === 'staged' ? staged.files : [];
  const sums = files.map(({ feed, totals }) =>
    Object.entries(totals.sums)
      .map(([column, sum]) => `${column.replaceAll('_', ' ')} ${money(sum)}`)
      .join(', ')
      .replace(/^/, files.length > 1 ? `${STAGED_FEEDS[feed].title}: ` : ''),
  );
  const asRead = files.length > 0 ? [] : used.slice(0, 2).map((sheet) => sumsAsRead(sheet, money));
  const line = [...sums, ...asRead, controlLine(used)].filter((each) => each !== '').join('. ');
  const tables = files.slice(0, 2).flatMap(({ totals }, index) => {
    if (!totals.by || most === 0) return [];
    const { column, groups, more } = totals.by;
    const hidden = more + Math.max(0, groups.length - most);
    const by = column.replace(/_id$|_code$/, '').replaceAll('_', ' ');
    return textTable(
      `totals-${index}`,
      SAY.totalsBy(by),
      [by, SAY.rowCount, SAY.amount],
      [
        ...groups.slice(0, most).map(({ name, rows, amount }) => [name, String(rows), money(amount)]),
        ...(hidden > 0 ? [[`… ${hidden} more`, '', '']] : []),
      ],
    );
  });
  return [...(line === '' ? [] : [section('sums', `${line}.`)]), ...tables];
}

/** While something is still asked, the sums of the columns as they were read. */
function sumsAsRead({ columns, totals }: SheetPreview, money: (text: string) => string): string {
  const mapped = columns.filter(
    ({ mapsTo, header }) => mapsTo !== null && header !== null && totals[header] !== undefined,
  );
  return mapped
    .slice(0, 4)
    .map(({ header }) => `${cut(header ?? '', 40)} ${money(totals[header ?? ''] ?? '')}`)
    .join(', ');
}

/** Totals rows of the workbook; those that do not agree are warnings of their own. */
function controlLine(used: readonly SheetPreview[]): string {
  const agreeing = used.flatMap(({ controlTotals }) => controlTotals.filter(({ agrees }) => agrees));
  return agreeing.length === 0 ? '' : SAY.controls(agreeing.length);
}

function problemBlocks({ preview, staged }: UploadView, most: number): Block[] {
  const all = [
    ...preview.sheets
      .filter((sheet) => sheet.used)
      .flatMap(({ name, refused }) => refused.map((problem) => ({ ...problem, sheet: name }))),
    ...(staged.outcome === 'staged' ? staged.refused : []),
  ];
  const refusal = staged.outcome === 'refused' ? [section('refusal', staged.reason)] : [];
  if (all.length === 0) return refusal;
  const several = new Set(all.map(({ sheet }) => sheet)).size > 1;
  const rows = all
    .slice(0, Math.max(1, most))
    .map(({ sheet, cell, value, reason }) => [several ? `${sheet} ${cell}` : cell, value, reason]);
  const count = all.length === 1 ? 'One cell' : `${all.length} cells`;
  return [
    ...refusal,
    section('problems-title', SAY.refused(count)),
    ...textTable('problems', SAY.problems, [SAY.cell, SAY.value, SAY.reason], rows),
    ...context('more-problems', all.length > rows.length ? [SAY.moreRefused(all.length - rows.length)] : []),
  ];
}

function firstRows(
  sheet: SheetPreview,
  title: string,
  index: number,
  size: Record<keyof Size, number>,
): Block[] {
  if (size.first === 0 || sheet.firstRows.length === 0) return [];
  const wanted = sheet.columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ mapsTo }) => mapsTo !== null)
    .toSorted((a, b) => weightOf(b.mapsTo) - weightOf(a.mapsTo))
    .slice(0, size.columns)
    .toSorted((a, b) => a.at - b.at);
  if (wanted.length === 0) return [];
  return textTable(
    index === 0 ? 'table' : `table-${index}`,
    SAY.firstRows(title),
    wanted.map(({ header, column, mapsTo }) => header ?? mapsTo ?? column),
    sheet.firstRows.slice(0, size.first).map((row) => wanted.map(({ at }) => row[at] ?? '')),
  );
}

/** Of several tables on one sheet, also where it stands. */
function titleOf({ name, range }: SheetPreview, used: readonly SheetPreview[]): string {
  return used.filter((other) => other.name === name).length > 1 ? `${name} ${range}` : name;
}

/** What a row is known by comes first: few columns fit into a message. */
const WEIGHTS: readonly [RegExp, number][] = [
  [/date|month|counted_on|valid_from/, 5],
  [/^(amount|debit|credit|quantity|unit_price|revenue|expense)$/, 5],
  [/account|product|branch|supplier/, 4],
  [/text|counterparty|category/, 3],
];

function weightOf(name: string | null): number {
  return WEIGHTS.find(([words]) => words.test(name ?? ''))?.[1] ?? 1;
}

function leftOutLines({ preview, staged }: UploadView): string[] {
  const kinds = new Map<string, number[]>();
  for (const { leftOut } of preview.sheets.filter((sheet) => sheet.used))
    for (const { kind, row } of leftOut) kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
  const lines = [...kinds].map(([kind, rows]) =>
    SAY.leftOut(rows.length, kind, `${rows.slice(0, 6).join(', ')}${rows.length > 6 ? ' …' : ''}`),
  );
  if (staged.outcome !== 'staged') return lines;
  return [...lines, ...(staged.empty > 0 ? [SAY.empty(staged.empty)] : []), ...staged.notes];
}

function questionBlocks({ staged }: UploadView): Block[] {
  if (staged.outcome !== 'needs-detail') return [];
  return [
    section('questions-title', SAY.questions),
    ...staged.questions.slice(0, 8).map(({ question, choices }, index) => {
      const labels = choices.slice(0, 4).map(({ label }) => label);
      return section(
        `question-${index}`,
        `• ${cut(question, 300)}${labels.length > 0 ? ` (${cut(labels.join(' / '), 300)})` : ''}`,
      );
    }),
  ];
}

function earlierBlocks({ sameFile, replaceable }: UploadView, { at }: CardOptions): Block[] {
  if (sameFile)
    return [
      section(
        'same',
        sameFile.state === 'loading'
          ? SAY.sameFileLoading(sameFile.personName)
          : SAY.sameFile(sameFile.personName, at(sameFile.confirmedAt ?? sameFile.createdAt), sameFile.batch),
      ),
    ];
  if (!replaceable) return [];
  const { period } = replaceable;
  const days = period ? ` (${SAY.period(dayInWords(period.from), dayInWords(period.to))})` : '';
  return [
    section(
      'earlier',
      SAY.replaceable(
        replaceable.file.name,
        replaceable.personName,
        at(replaceable.confirmedAt ?? replaceable.createdAt),
        days,
      ),
    ),
  ];
}

function buttons({ upload, staged, sameFile, replaceable }: UploadView): Block[] {
  const isReady = staged.outcome === 'staged' && !sameFile;
  const load =
    isReady && replaceable
      ? [
          button(ACTIONS.uploadReplace, SAY.replace, JSON.stringify([upload.id, replaceable.id]), {
            style: 'primary',
          }),
          button(ACTIONS.uploadLoad, SAY.loadBeside, upload.id),
        ]
      : isReady
        ? [button(ACTIONS.uploadLoad, SAY.load, upload.id, { style: 'primary' })]
        : [];
  const asks = staged.outcome === 'needs-detail';
  const fix = button(
    ACTIONS.uploadFix,
    asks ? SAY.answer : SAY.fix,
    upload.id,
    asks ? { style: 'primary' } : {},
  );
  return [...load, ...(sameFile ? [] : [fix]), button(ACTIONS.uploadCancel, SAY.cancel, upload.id)];
}

function lettersInTables(blocks: Block[]): number {
  return blocks
    .filter(({ type }) => type === 'data_table')
    .reduce(
      (sum, { rows }) =>
        sum + (rows as { text: string }[][]).flat().reduce((all, { text }) => all + text.length, 0),
      0,
    );
}
