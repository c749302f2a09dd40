import { UPLOAD_FEEDS, type UploadFeed } from './feeds.ts';
import { type Mapped, mapColumns, type SurveyedColumn } from './match-columns.ts';
import { normalizeHeader } from './normalize-header.ts';

export type FeedChoice = {
  feed: UploadFeed;
  mapped: Mapped[];
  /** 0 to 1. */
  score: number;
  /** Groups of required columns of which no alternative is there. */
  missing: (readonly (readonly string[])[])[];
};

/** How well every feed explains a table, the best first. */
export function rankFeeds(columns: SurveyedColumn[], context: string): FeedChoice[] {
  const words = normalizeHeader(`${context} ${columns.map(({ header }) => header ?? '').join(' ')}`);
  return UPLOAD_FEEDS.map((feed) => scoreFeed(feed, columns, words)).sort((a, b) => b.score - a.score);
}

export function scoreFeed(feed: UploadFeed, columns: SurveyedColumn[], words: string): FeedChoice {
  const mapped = mapColumns(columns, feed);
  const confidence = new Map(mapped.map(({ to, confidence }) => [to, confidence]));
  const groups = feed.required.map((alternatives) =>
    Math.max(...alternatives.map((names) => Math.min(...names.map((name) => confidence.get(name) ?? 0)))),
  );
  const missing = feed.required.filter((_, at) => (groups[at] ?? 0) === 0);
  const met = groups.reduce((total, group) => total + group, 0) / groups.length;
  const named = columns.filter(({ header, survey }) => header !== null && survey.filled > 0);
  const explained = mapped.filter(({ column }) => column.header !== null).length / Math.max(1, named.length);
  const telling = feed.telling.filter((name) => (confidence.get(name) ?? 0) >= 0.7).length;
  const unlike = unlikeness(feed, columns) + (feed.name === 'expenses' && NO_EXPENSES.test(words) ? 0.4 : 0);
  const score =
    0.62 * met ** 1.5 +
    0.2 * explained +
    0.05 * Math.min(3, telling) +
    (feed.words.test(words) ? 0.1 : 0) -
    0.22 * missing.length -
    unlike;
  return { feed, mapped, score: Math.max(0, Math.min(1, score)), missing };
}

/** Planned or received is not spent. */
const NO_EXPENSES =
  /\b(budget|forecast|income|revenue|sales|takings|einnahmen|recettes|ingresos|inkomsten|receitas|ricavi|entrate)\b/;

const IBAN = /^[a-z]{2}\d{2}[a-z0-9 ]{8,30}$/;

/** A bank names its own account on every line: one value, or a sort code or IBAN beside it. */
function isOwnAccount(columns: SurveyedColumn[]): boolean {
  const names = columns.map(({ header }) => normalizeHeader(header ?? ''));
  const of = (concept: string) => columns.find(({ candidates }) => candidates[0]?.concept === concept);
  if (of('contra_account') || of('journal_id')) return false;
  if (!of('balance') && !of('counter_iban')) return false;
  if (names.some((name) => /^(sort code|iban|bic|swift|bank code|blz|routing number)$/.test(name)))
    return true;
  const account = of('account_code');
  if (!account) return false;
  const values = [...account.survey.distinct];
  if (values.length > 0 && values.every((value) => IBAN.test(value))) return true;
  return account.survey.filled >= 3 && values.length === 1;
}

/** A trial balance has no days; a bank's statement has no accounts of the ledger. */
function unlikeness(feed: UploadFeed, columns: SurveyedColumn[]): number {
  const has = (...concepts: string[]) =>
    columns.some(({ candidates }) =>
      candidates.some(({ concept, confidence }) => concepts.includes(concept) && confidence >= 0.7),
    );
  if (feed.name === 'trial_balance') {
    const isOne = has('account_code', 'account_name') && has('debit', 'credit', 'balance');
    return (has('date', 'month', 'journal_id') ? 0.35 : 0) + (isOne ? 0 : 0.25);
  }
  const isBank = isOwnAccount(columns);
  if (feed.name === 'ledger_entries') return isBank ? 0.4 : 0;
  if (feed.name === 'bank_statement' && columns.some(({ isGroup }) => isGroup)) return 0.3;
  if (feed.name === 'bank_statement' && isBank) return 0;
  if (feed.name === 'bank_statement')
    return has('account_code', 'journal_id', 'supplier', 'contra_account') ? 0.2 : 0;
  if (feed.name === 'price_list') return has('quantity', 'date', 'account_code') ? 0.15 : 0;
  if (feed.name === 'expenses')
    return (has('supplier') ? 0.06 : 0) + (has('balance', 'debit') ? 0.15 : 0) + (has('month') ? 0.1 : 0);
  if (feed.name === 'branch_takings') return has('budget_amount', 'expense', 'account_code') ? 0.2 : 0;
  if (feed.name === 'budgets') {
    const isByDay =
      !columns.some(({ survey, isPeriod }) => isPeriod || survey.months > 0) &&
      !has('month', 'budget_amount');
    if (isByDay) return 0.25;
    const names = columns.map(({ header }) => normalizeHeader(header ?? '')).join(' ');
    return /\b(actuals?|ist|realise|realizado|werkelijk)\b/.test(names) &&
      !/\b(budget|plan|forecast|soll)\w*\b/.test(names)
      ? 0.35
      : 0;
  }
  return 0;
}
