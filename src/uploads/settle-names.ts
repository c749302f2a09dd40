import { branchOf, type KnownNames } from './known-names.ts';
import type { StagedFeed } from './staged-feeds.ts';
import type { Fields } from './staged-fields.ts';
import type { ReadOptions, UploadQuestion } from './upload-preview.ts';

/** Kinds of rows that are nothing without their branch. */
const OF_BRANCHES: readonly StagedFeed[] = ['branch_takings', 'stock_counts'];
const MOST_ASKED = 12;
const MOST_CHOICES = 90;
const AS_WRITTEN = 'as-written';

/** Branches become their numbers in the warehouse, and accounts get the kind that the books give them. */
export function settleNames(
  feed: StagedFeed,
  rows: readonly Fields[],
  { answers, known }: ReadOptions,
  notes: Set<string>,
): UploadQuestion[] {
  if (!known) return [];
  giveKinds(rows, known);
  if (known.branches.length === 0) return [];
  const unknown = new Map<string, Fields[]>();
  const named = new Set<string>();
  for (const row of rows) {
    const text = row['branch_id'] ?? '';
    if (text === '') continue;
    const said = answers?.[questionId(text)];
    const id = said === undefined ? branchOf(text, known) : said === AS_WRITTEN ? text : said;
    if (id === undefined) unknown.set(text, [...(unknown.get(text) ?? []), row]);
    else if (id !== text) named.add(`'${text}' is ${id}`);
    row['branch_id'] = id ?? text;
  }
  if (named.size > 0) notes.add(`Branches by their names: ${listed([...named])}.`);
  if (unknown.size === 0) return [];
  if (OF_BRANCHES.includes(feed) && unknown.size <= MOST_ASKED)
    return [...unknown.keys()].map((text) => askBranch(text, known));
  notes.add(
    `No branch is known by the name of ${listed([...unknown.keys()].map((text) => `'${text}'`))}; it is kept as it is written.`,
  );
  return [];
}

function questionId(text: string): string {
  return `branch-name:${text.trim().toLowerCase()}`;
}

function askBranch(text: string, { branches }: KnownNames): UploadQuestion {
  return {
    id: questionId(text),
    question: `Which branch is '${text}'?`,
    choices: [
      ...branches.slice(0, MOST_CHOICES).map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
      { value: AS_WRITTEN, label: `None of ours: keep '${text.slice(0, 40)}'` },
    ],
  };
}

function giveKinds(rows: readonly Fields[], { accounts }: KnownNames): void {
  const kinds = new Map(accounts.map(({ code, kind }) => [code, kind]));
  for (const row of rows)
    if (row['account_kind'] === '') row['account_kind'] = kinds.get(row['account_code'] ?? '') ?? '';
}

function listed(texts: string[]): string {
  return `${texts.slice(0, 8).join(', ')}${texts.length > 8 ? ` and ${texts.length - 8} more` : ''}`;
}
