import { branchQuestion, titleDay } from './ask-about.ts';
import { measureOfAccount, measureOfTable } from './staged-budgets.ts';
import type { ReadOptions, UploadQuestion } from './upload-preview.ts';
import type { UploadTable } from './upload-table.ts';

/** What only loading needs, beyond what reading asks. */
export function openQuestions(table: UploadTable, { answers, known }: ReadOptions): UploadQuestion[] {
  const sheet = table.sheet.name;
  const questions: UploadQuestion[] = [];
  const ask = (id: string, question: string, choices: [string, string][] = []) => {
    if (answers?.[id] === undefined)
      questions.push({ id, sheet, question, choices: choices.map(([value, label]) => ({ value, label })) });
  };
  const has = (name: string) => table.columns.some(({ mapped }) => mapped?.to === name);
  const name = table.feed?.name ?? '';
  if (
    name === 'budgets' &&
    measureOfTable(table) === undefined &&
    !has('revenue') &&
    !has('expense') &&
    !has('measure')
  ) {
    const unknown = accountsOfNoMeasure(table, known);
    if (unknown.length > 0)
      ask(
        'measure',
        `Are ${unknown.every((code) => code === '') || !known ? 'these amounts' : `the amounts of ${listed(unknown)}`} revenue or expenses?`,
        [
          ['revenue', 'Revenue'],
          ['expense', 'Expenses'],
        ],
      );
  }
  if (name === 'stock_counts' && !has('branch_id') && answers?.['branch'] === undefined)
    questions.push({ ...branchQuestion('Which branch was counted?', known), sheet });
  if (name === 'expenses' && !has('entry_date')) askDay('On which day were these paid?');
  if (name === 'price_list' && !has('valid_from')) askDay('From which day do these prices hold?');
  return questions;

  function askDay(question: string): void {
    const day = titleDay(table.table.titles);
    if (day?.sure) return;
    ask(
      `day:${table.keys.own}`,
      question,
      (day?.days ?? []).map((value) => [value, value]),
    );
  }
}

/** Codes of accounts in a budget that the books do not know as income or expense; '' of rows that name none. */
function accountsOfNoMeasure({ columns, read }: UploadTable, known: ReadOptions['known']): string[] {
  const column = columns.find(({ mapped }) => mapped?.to === 'account_code')?.column ?? -1;
  const codes = new Set(Array.from(read.rows(), ({ values }) => values[column] ?? ''));
  return [...codes].filter((code) => measureOfAccount(code, known) === undefined);
}

function listed(codes: string[]): string {
  const named = codes.filter((code) => code !== '').slice(0, 5);
  return `${named.length === 1 ? 'account' : 'accounts'} ${named.join(', ')}${codes.length > named.length ? ' and others' : ''}`;
}
