import { acrossOf } from './branches-across.ts';
import { readDateText } from './date-text.ts';
import { UPLOAD_FEEDS, type UploadFeed } from './feeds.ts';
import { branchOf, type KnownNames } from './known-names.ts';
import type { SpreadsheetFile } from './needs.ts';
import { normalizeHeader } from './normalize-header.ts';
import { columnLabel } from './read-table.ts';
import { askScale } from './scale.ts';
import { yearNamed } from './table-keys.ts';
import type { UnderstoodColumn } from './understand-table.ts';
import type { Choice, ReadOptions, UploadQuestion } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';
import { cellName, columnName } from './workbook.ts';

const UNSURE = 0.7;

/** The answer that leaves a table out. */
export const SKIP = 'skip';

/** What nothing in the file settles. Each question is asked once, and not again when it has its answer. */
export function askAbout(
  tables: UploadTable[],
  options: ReadOptions,
  file: SpreadsheetFile,
): UploadQuestion[] {
  const used = tables.filter((table) => table.used);
  const asked = [
    ...used.flatMap((table) => askFeed(table)),
    ...(used.some(({ feed }) => feed) ? tables.flatMap((table) => askUnused(table)) : []),
    ...used.flatMap((table) => askColumns(table, options)),
    ...askConventions(used),
    ...used.flatMap((table) => askUnpivot(table, file)),
    ...used.flatMap((table) => askDay(table)),
    ...used.flatMap((table) => (table.feed && table.feed.name !== 'stock_counts' ? askScale(table) : [])),
  ];
  const seen = new Set(Object.keys(options.answers ?? {}));
  return asked.filter(({ id }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function askFeed({ keys, sheet, understanding, feed }: UploadTable): UploadQuestion[] {
  if (feed) return [];
  const rivals = understanding.rivals.length > 0 ? understanding.rivals : UPLOAD_FEEDS;
  return [
    {
      id: `feed:${keys.key}`,
      sheet: sheet.name,
      question: `What is in '${keys.key}'?`,
      choices: rivals.map(({ name, title }) => ({ value: name, label: title })),
    },
  ];
}

/** A table beside those that are used that holds days and amounts too: leaving it out is for a person to say. */
function askUnused(unused: UploadTable): UploadQuestion[] {
  const { keys, sheet, table, columns, read, understanding } = unused;
  const isLikeEntries =
    !unused.used &&
    !sheet.hidden &&
    table.headerRows.length > 0 &&
    read.rowsRead >= 2 &&
    columns.some(({ type, header }) => type === 'date' && header !== null) &&
    columns.some(({ hint }) => hint === 'amount');
  if (!isLikeEntries) return [];
  const where = cellName(table.left, table.headerRows[0] ?? 0);
  const rivals = understanding.rivals.length > 0 ? understanding.rivals : UPLOAD_FEEDS;
  return [
    {
      id: `feed:${keys.key}`,
      sheet: sheet.name,
      question: `What is the table at ${where} of '${sheet.name}'? I would leave it out.`,
      choices: [
        { value: SKIP, label: 'Leave it out' },
        ...rivals.map(({ name, title }) => ({ value: name, label: title })),
      ],
    },
  ];
}

function askColumns(asked: UploadTable, { known }: ReadOptions): UploadQuestion[] {
  const { table, columns, feed, understanding, read } = asked;
  if (!feed) return [];
  const questions: UploadQuestion[] = [];
  const across = acrossOf(table);
  const choices = columns
    .filter(({ survey }) => survey.filled > 0)
    .slice(0, 50)
    .map((column) => ({ value: columnName(column.column), label: labelled(column) }));
  const isMapped = (name: string) =>
    columns.some(({ mapped }) => mapped?.to === name) ||
    (feed.name === across?.feed && across.fills.includes(name));
  for (const alternatives of feed.required) {
    if (alternatives.some((names) => names.every(isMapped))) continue;
    const [first] = alternatives;
    const missing = first?.find((name) => !isMapped(name));
    if (missing === undefined || (read.groupColumns.length > 0 && missing.startsWith('account'))) continue;
    if (missing === 'branch_id' && feed.name === 'branch_takings') {
      if (!known || branchOf(asked.sheet.name, known) === undefined)
        questions.push({
          ...branchQuestion('Which branch took this money?', known),
          sheet: asked.sheet.name,
        });
      continue;
    }
    questions.push(columnQuestion(asked, missing, `Which column is the ${words(missing)}?`, choices));
  }
  questions.push(...askTwins(asked));
  for (const mapped of understanding.best?.mapped ?? []) {
    const column = columns.find(({ mapped: own }) => own === mapped);
    if (!column || mapped.confidence >= UNSURE || !isOnlyWay(mapped.to, feed, columns)) continue;
    questions.push(
      columnQuestion(asked, mapped.to, `Is '${columnLabel(column)}' the ${words(mapped.to)}?`, choices),
    );
  }
  return questions;
}

/** Of two columns of one name that both hold amounts, which is meant is for a person to say. */
function askTwins(asked: UploadTable): UploadQuestion[] {
  const { columns } = asked;
  return columns.flatMap((column) => {
    const { mapped, hint } = column;
    if (!mapped || hint !== 'amount') return [];
    const name = normalizeHeader(column.header ?? '');
    const twins = columns.filter(
      (other) =>
        other.hint === 'amount' &&
        other.survey.filled > 0 &&
        (other === column || !other.mapped) &&
        normalizeHeader(other.header ?? '') === name,
    );
    if (name === '' || twins.length < 2) return [];
    const choices = twins.map((twin) => ({
      value: columnName(twin.column),
      label: `Column ${columnName(twin.column)}: ${labelled(twin)}`,
    }));
    const question = `Which '${columnLabel(column)}' is the ${words(mapped.to)}?`;
    return [columnQuestion(asked, mapped.to, question, choices)];
  });
}

/** Of a file that is about one branch and does not name it in its rows. */
export function branchQuestion(question: string, known: KnownNames | undefined): UploadQuestion {
  const choices = (known?.branches ?? [])
    .slice(0, 99)
    .map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
  return { id: 'branch', question, choices };
}

/** Whether the feed needs this column, and nothing that is sure can stand for it. */
function isOnlyWay(to: string, feed: UploadFeed, columns: UnderstoodColumn[]): boolean {
  const isSure = (name: string) =>
    columns.some(({ mapped }) => mapped?.to === name && mapped.confidence >= UNSURE);
  return feed.required.some(
    (group) => group.some((names) => names.includes(to)) && !group.some((names) => names.every(isSure)),
  );
}

function columnQuestion(
  { keys, sheet }: UploadTable,
  to: string,
  question: string,
  choices: Choice[],
): UploadQuestion {
  return { id: `column:${keys.key}:${to}`, sheet: sheet.name, question, choices };
}

/** 04/05 and 1.234 where no cell of the file proves what they mean. */
function askConventions(tables: UploadTable[]): UploadQuestion[] {
  const questions: UploadQuestion[] = [];
  const columns = tables.flatMap((table) =>
    table.columns.map((column) => ({ ...column, sheet: table.sheet.name })),
  );
  const dates = columns.filter(({ type, mapped, header }) => type === 'date' && (mapped || header));
  const proved = columns.some(({ survey }) => survey.orders.dmy > 0 || survey.orders.mdy > 0);
  const isMixed = ({ survey: { orders } }: UnderstoodColumn) => orders.dmy > 0 && orders.mdy > 0;
  const date = dates.find(
    (column) => column.survey.ambiguousDate !== undefined && (!proved || isMixed(column)),
  );
  if (date?.survey.ambiguousDate) {
    const text = date.survey.ambiguousDate;
    const read = readDateText(text);
    questions.push({
      id: 'date-order',
      sheet: date.sheet,
      question: `What day is ${text} in '${columnLabel(date)}'?`,
      choices: [
        { value: 'dmy', label: `${read?.value('dmy')?.slice(0, 10)} (day first)` },
        { value: 'mdy', label: `${read?.value('mdy')?.slice(0, 10)} (month first)` },
      ],
    });
  }
  const numbers = columns.filter(({ type }) => type === 'decimal' || type === 'percent');
  const settled = columns.some(({ survey }) => survey.signs['.'] > 0 || survey.signs[','] > 0);
  const number = numbers.find(({ survey }) => survey.ambiguousNumber !== undefined);
  if (number?.survey.ambiguousNumber && !settled) {
    const text = number.survey.ambiguousNumber;
    questions.push({
      id: 'decimal-sign',
      sheet: number.sheet,
      question: `What number is ${text} in '${columnLabel(number)}'?`,
      choices: text.includes(',')
        ? [
            { value: '.', label: text.replace(',', '') },
            { value: ',', label: text.replace(',', '.') },
          ]
        : [
            { value: ',', label: text.replace('.', '') },
            { value: '.', label: text },
          ],
    });
  }
  return questions;
}

function askUnpivot(asked: UploadTable, file: SpreadsheetFile): UploadQuestion[] {
  const { keys, sheet, table, feed, used } = asked;
  const across = acrossOf(table);
  if (!used || !across || (feed && feed.name !== across.feed)) return [];
  const labels = [across.columns[0], across.columns.at(-1)].map(
    (column) => table.columns.find((other) => other.column === column)?.header ?? '',
  );
  const questions: UploadQuestion[] = [
    {
      id: `unpivot:${keys.key}`,
      sheet: sheet.name,
      question: `'${sheet.name}' has ${across.what} across ('${labels[0]}' to '${labels[1]}'). Make one row of each of them?`,
      choices: [
        { value: 'yes', label: `Yes, a row for each of the ${across.columns.length}` },
        { value: 'no', label: 'No, as they stand' },
      ],
    },
  ];
  if (table.crosstab[0]?.period.start.startsWith('--')) questions.push(yearQuestion(asked, file));
  return questions;
}

function yearQuestion({ keys, sheet, table }: UploadTable, file: SpreadsheetFile): UploadQuestion {
  const named = yearNamed(`${table.titles.join(' ')} ${sheet.name} ${file.name}`);
  const choices = named ? [named, String(Number(named) - 1), String(Number(named) + 1)] : [];
  return {
    id: `year:${keys.year}`,
    sheet: sheet.name,
    question: 'Of which year are these months?',
    choices: choices.map((year) => ({ value: year, label: year })),
  };
}

/** A trial balance is of a day, which may stand in its title. */
function askDay({ keys, sheet, table, feed, columns }: UploadTable): UploadQuestion[] {
  const isStock = feed?.name === 'stock_counts' && !columns.some(({ mapped }) => mapped?.to === 'counted_on');
  if (feed?.name !== 'trial_balance' && !isStock) return [];
  const day = titleDay(table.titles);
  if (day?.sure) return [];
  return [
    {
      id: `day:${keys.own}`,
      sheet: sheet.name,
      question: isStock ? 'On which day was it counted?' : 'Of which day are these balances?',
      choices: day ? day.days.map((value) => ({ value, label: value })) : [],
    },
  ];
}

/** The last day that a title names, and whether it can be read in one way alone. */
export function titleDay(titles: string[]): { days: string[]; sure: boolean } | undefined {
  for (const title of titles.toReversed()) {
    const found = [
      ...title.matchAll(
        /\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \p{L}{3,10}\.? \d{4}|\p{L}{3,10} \d{1,2},? \d{4}/gu,
      ),
    ];
    const date = readDateText(found.at(-1)?.[0] ?? '');
    if (!date) continue;
    const days = [...new Set([date.value('dmy'), date.value('mdy')])].filter((day) => day !== undefined);
    if (days.length > 0) return { days: date.proves ? days.slice(0, 1) : days, sure: !date.ambiguous };
  }
  return undefined;
}

function labelled(column: {
  header: string | null;
  column: number;
  survey: { distinct: Set<string> };
}): string {
  const [example] = column.survey.distinct;
  return `${columnLabel(column)}${example ? ` (${example.slice(0, 30)})` : ''}`;
}

function words(name: string): string {
  return name
    .replace(/_id$|_no$|_code$/, (end) => ({ _id: '', _no: ' number', _code: '' })[end] ?? '')
    .replaceAll('_', ' ');
}
