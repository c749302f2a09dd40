import { branchOf } from './known-names.ts';
import type { StagedFeed } from './staged-feeds.ts';
import type { Fields } from './staged-fields.ts';
import type { ReadOptions, UploadQuestion } from './upload-preview.ts';

/** The answer's id: what the names of sheets of one layout stand for. */
const SHEETS = 'sheets';

/** A sheet for each branch: rows that name none belong to that of their sheet, where it is one or somebody said so. */
export function giveSheetsMeaning(
  feed: StagedFeed,
  rows: readonly Fields[],
  { answers, known }: ReadOptions,
  notes: Set<string>,
): void {
  const sheets = sheetsOf(rows);
  if (feed === 'price_lists' || rows.some((row) => (row['branch_id'] ?? '') !== '')) return;
  const said = answers?.[SHEETS];
  const areBranches =
    said === 'branch' ||
    (said === undefined &&
      known !== undefined &&
      sheets.length > 0 &&
      sheets.every((sheet) => branchOf(sheet, known) !== undefined));
  if (areBranches) for (const row of rows) row['branch_id'] = sheetOf(row);
  else if (said === 'category') for (const row of rows) row['category'] ||= sheetOf(row);
  else return;
  notes.add(
    areBranches
      ? `The ${sheets.length === 1 ? 'name of the sheet was' : 'names of the sheets were'} taken for the branch.`
      : 'The names of the sheets were taken for the category.',
  );
}

/** Figures of one month and account on several sheets: parts of one figure, or of several branches. */
export function askAboutSheets(
  feed: StagedFeed,
  rows: readonly Fields[],
  keyOf: ((row: Fields) => string) | undefined,
  { answers }: ReadOptions,
): UploadQuestion[] {
  if (!keyOf || answers?.[SHEETS] !== undefined) return [];
  const sheetOfKey = new Map<string, string>();
  const collides = rows.some((row) => {
    const before = sheetOfKey.get(keyOf(row));
    sheetOfKey.set(keyOf(row), before ?? sheetOf(row));
    return before !== undefined && before !== sheetOf(row);
  });
  if (!collides) return [];
  const names = sheetsOf(rows).map((sheet) => `'${sheet}'`);
  const shown = `${names.slice(0, 4).join(', ')}${names.length > 4 ? ' ...' : ''}`;
  return [
    {
      id: SHEETS,
      question: `${shown} hold figures of the same ${feed === 'budgets' ? 'months and accounts' : 'products and days'}. What are these sheets?`,
      choices: [
        { value: 'branch', label: 'Branches, one a sheet' },
        ...(feed === 'budgets' ? [{ value: 'category', label: 'Categories, one a sheet' }] : []),
        { value: 'add', label: 'Parts of the same figures: add them up' },
      ],
    },
  ];
}

function sheetsOf(rows: readonly Fields[]): string[] {
  return [...new Set(rows.map(sheetOf))];
}

/** Every row says where it stood: 'Sheet!7'. */
function sheetOf(row: Fields): string {
  const where = row['upload_row'] ?? '';
  return where.slice(0, where.lastIndexOf('!'));
}
