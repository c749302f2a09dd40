import type { CrosstabColumn } from './crosstab.ts';
import { crosstabFeed } from './crosstab.ts';
import { uploadFeed } from './feeds.ts';
import { branchOf, type KnownNames } from './known-names.ts';
import { fit, type SurveyedColumn } from './match-columns.ts';
import { totalWord } from './total-words.ts';

/** A column of takings that stands for a branch. */
export type BranchColumn = { column: number; branch: string };

/** What stands across instead of down, what kind of file has it so, and what each row made of it is given. */
export type Across = {
  what: 'periods' | 'branches';
  feed: 'branch_takings' | 'budgets';
  columns: number[];
  fills: readonly string[];
};

type Columns = { crosstab: readonly CrosstabColumn[]; branches: readonly BranchColumn[] };

export function acrossOf({ crosstab, branches }: Columns): Across | undefined {
  const column = (each: { column: number }) => each.column;
  if (branches.length > 0)
    return {
      what: 'branches',
      feed: 'branch_takings',
      columns: branches.map(column),
      fills: ['branch_id', 'amount'],
    };
  const feed = crosstabFeed(crosstab);
  return (
    feed && { what: 'periods', feed, columns: crosstab.map(column), fills: ['month', 'entry_date', 'amount'] }
  );
}

/**
 * Days down and a column of amounts for each branch: two of them at least are branches of the books, or the sheet calls
 * itself takings and nothing else is known of their headings.
 */
export function findBranches(
  columns: readonly SurveyedColumn[],
  context: string,
  known: KnownNames | undefined,
): BranchColumn[] {
  const isFilled = ({ survey }: SurveyedColumn) => survey.filled > 0;
  const dates = columns.filter((column) => isFilled(column) && fit('date', column.survey) === 1);
  if (dates.length !== 1 || columns.some((column) => saysBranch(column))) return [];
  const amounts = columns.filter(
    (column) =>
      column.header !== null &&
      totalWord(column.header) === undefined &&
      isFilled(column) &&
      !dates.includes(column) &&
      fit('amount', column.survey) === 1,
  );
  const isKnown = ({ header }: SurveyedColumn) =>
    known !== undefined && branchOf(header ?? '', known) !== undefined;
  const isOpen = ({ candidates }: SurveyedColumn) => !candidates.some(({ confidence }) => confidence >= 0.6);
  const isTakings = uploadFeed('branch_takings')?.words.test(context) ?? false;
  const sure = amounts.filter(isKnown);
  const found =
    sure.length >= 2 || isTakings ? amounts.filter((column) => isKnown(column) || isOpen(column)) : [];
  return found.length < 2 ? [] : found.map(({ column, header }) => ({ column, branch: header ?? '' }));
}

function saysBranch({ candidates, survey }: SurveyedColumn): boolean {
  const says = candidates.some(({ concept, confidence }) => concept === 'branch_id' && confidence >= 0.8);
  return says && survey.filled > 0;
}
