import { acrossOf, type BranchColumn, findBranches } from './branches-across.ts';
import { type FeedChoice, rankFeeds, scoreFeed } from './choose-feed.ts';
import { CONCEPT_TYPES, type Concept, type ConceptType } from './concepts.ts';
import { type CrosstabColumn, findCrosstab } from './crosstab.ts';
import { DATEV_CONCEPTS, type DatevHeader } from './datev.ts';
import { type UploadFeed, uploadFeed } from './feeds.ts';
import type { FoundTable } from './find-tables.ts';
import type { KnownNames } from './known-names.ts';
import { type Candidate, conceptsOf, fit, type Mapped, type SurveyedColumn } from './match-columns.ts';
import { normalizeHeader } from './normalize-header.ts';
import { type ColumnType, type Conventions, columnType } from './read-column.ts';
import { withoutAsides, withSections } from './section-headings.ts';
import { filledIn, isFilledAt, type Rows } from './sheet-rows.ts';
import { withJoinedDates } from './split-dates.ts';
import { surveyColumn } from './survey-column.ts';
import { totalWord } from './total-words.ts';

export type SurveyedTable = FoundTable & {
  surveyed: SurveyedColumn[];
  crosstab: CrosstabColumn[];
  /** Columns that stand for branches, where days stand down. */
  branches: BranchColumn[];
};

export type UnderstoodColumn = SurveyedColumn & {
  mapped: Mapped | undefined;
  hint: ConceptType | undefined;
  type: ColumnType;
  conventions: Conventions;
};

export type Understanding = {
  /** The best explanation, sure or not. */
  best: FeedChoice | undefined;
  sure: boolean;
  /** Feeds that explain it about as well. */
  rivals: UploadFeed[];
};

export const SURE = 0.6;
const MARGIN = 0.05;

/** What a heading above entries may be, the likeliest first. */
const SECTION_MEANINGS: Candidate[] = [
  { concept: 'account_name', confidence: 0.75 },
  { concept: 'branch_id', confidence: 0.72 },
];

/** What the values and names of each column are like. */
export function surveyTable(
  found: FoundTable,
  datev: DatevHeader | undefined,
  context = '',
  known?: KnownNames,
): SurveyedTable {
  const table = datev ? found : withSections(withJoinedDates(found));
  const entries = withoutAsides(table.body);
  const judged = entries.length > 0 ? entries : table.body;
  const crosstab = datev ? [] : findCrosstab(table.columns);
  const across = new Set(crosstab.map(({ column }) => column));
  const surveyed = table.columns.map((column): SurveyedColumn => {
    const survey = surveyColumn(judged, column.column);
    if (column.column > table.right)
      return { ...column, survey, candidates: SECTION_MEANINGS, isGroup: true };
    if (across.has(column.column)) return { ...column, survey, candidates: [], isPeriod: true };
    const fixed =
      datev && column.header !== null ? DATEV_CONCEPTS[normalizeHeader(column.header)] : undefined;
    const candidates = fixed
      ? [{ concept: fixed, confidence: 1 }]
      : datev
        ? []
        : conceptsOf(column.header, survey);
    return { ...column, survey, candidates };
  });
  const settled = datev ? surveyed : withoutSecondAccounts(withGroups(table.body, surveyed));
  const branches =
    datev || crosstab.length > 0
      ? []
      : findBranches(settled, `${context} ${normalizeHeader(table.titles.join(' '))}`, known);
  const isBranch = new Set(branches.map(({ column }) => column));
  return {
    ...table,
    surveyed: settled.map((column) =>
      isBranch.has(column.column) ? { ...column, candidates: [], isPeriod: true } : column,
    ),
    crosstab,
    branches,
  };
}

const GENERIC = /^(no|nr|num|number|numero|nummer)$/;

/** 'No' may be the account's or the document's; beside an account that is sure and days, it is the document's. */
function withoutSecondAccounts(columns: SurveyedColumn[]): SurveyedColumn[] {
  const isGeneric = ({ header }: SurveyedColumn) => GENERIC.test(normalizeHeader(header ?? ''));
  const has = (concepts: string[], least: number) =>
    columns.some(
      (column) =>
        !isGeneric(column) &&
        column.candidates.some(
          ({ concept, confidence }) => concepts.includes(concept) && confidence >= least,
        ),
    );
  if (!has(['date'], 0.7) || !has(['account_code', 'account_name'], 0.75)) return columns;
  return columns.map((column) =>
    isGeneric(column)
      ? { ...column, candidates: column.candidates.filter(({ concept }) => concept !== 'account_code') }
      : column,
  );
}

/** Account and name that stand once above the entries of the account, often without a heading of their own. */
function withGroups(body: Rows, columns: SurveyedColumn[]): SurveyedColumn[] {
  const dates = columns.find(({ survey }) => fit('date', survey) === 1 && survey.filled >= 2);
  if (!dates) return columns;
  const isDated = isFilledAt(body, dates.column);
  const entries = body.keep((at) => isDated(at));
  const others = body.keep((at) => !isDated(at));
  return columns.map((column) => {
    const { header } = column;
    const inOthers = filledIn(others, column.column);
    if (inOthers < 2 || inOthers < others.length * 0.3) return column;
    const inEntries = filledIn(entries, column.column);
    if (inEntries > entries.length * 0.05 || inEntries >= inOthers) return column;
    // What stands alone in its row was left out of the survey so far.
    const survey =
      column.survey.filled > 0 ? column.survey : surveyColumn(named(others, column.column), column.column);
    const isCode = survey.textNumbers + survey.numbers + survey.codes >= survey.filled * 0.6;
    const concept = isCode ? 'account_code' : 'account_name';
    const isAmount = survey.numbers > 0 && survey.wholeNumbers < survey.numbers;
    if (isAmount || (header !== null && column.candidates.length > 0)) return column;
    return { ...column, survey, isGroup: true, candidates: [{ concept, confidence: 0.75 }] };
  });
}

function named(rows: Rows, column: number): Rows {
  return rows.keep((at) => totalWord(rows.cell(at, column)?.text ?? '') === undefined);
}

/** Which feed a table belongs to. */
export function understandTable(table: SurveyedTable, context: string, forced?: string): Understanding {
  const columns = table.surveyed;
  const named = forced === undefined ? undefined : uploadFeed(forced);
  if (named) {
    const best = withAcross(scoreFeed(named, columns, context), table);
    return { best, sure: true, rivals: [] };
  }
  const ranked = rankFeeds(columns, `${context} ${table.titles.join(' ')}`)
    .map((choice) => withAcross(choice, table))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (!best) return { best, sure: false, rivals: [] };
  const sure = best.score >= SURE && best.missing.length === 0 && best.score - (second?.score ?? 0) >= MARGIN;
  const rivals = ranked.filter(
    ({ score, missing }) =>
      score >= best.score - 0.15 && score > 0.3 && missing.length <= best.missing.length,
  );
  return { best, sure, rivals: rivals.slice(0, 4).map(({ feed }) => feed) };
}

/** Periods across are the month and the amount of a budget, days and branches across those of takings. */
function withAcross(choice: FeedChoice, table: SurveyedTable): FeedChoice {
  const across = acrossOf(table);
  if (!across) return choice;
  if (choice.feed.name !== across.feed) return { ...choice, score: choice.score * 0.7 };
  const missing = choice.missing.filter(
    (group) => !group.some((names) => names.some((name) => across.fills.includes(name))),
  );
  const regained = choice.missing.length - missing.length;
  const score = Math.min(1, choice.score + regained * 0.36 - (missing.length > 0 ? 0.1 : 0));
  const mapped = choice.mapped.filter(
    ({ to }) => !across.fills.includes(to) && to !== 'revenue' && to !== 'expense',
  );
  return { ...choice, mapped, missing, score };
}

/** Each column with what it is mapped to, its type, and how its dates and decimals are written. */
export function understandColumns(
  table: SurveyedTable,
  mapped: Mapped[],
  conventionsOf: (column: SurveyedColumn) => Conventions,
): UnderstoodColumn[] {
  const across = new Set(acrossOf(table)?.columns);
  return table.surveyed.map((column) => {
    const own = mapped.find((other) => other.column.column === column.column);
    const hint = across.has(column.column) ? 'amount' : hintOf(own?.concept, column);
    return {
      ...column,
      mapped: own,
      hint,
      type: columnType(column.survey, hint),
      conventions: conventionsOf(column),
    };
  });
}

function hintOf(concept: Concept | undefined, column: SurveyedColumn): ConceptType | undefined {
  if (concept) return CONCEPT_TYPES[concept];
  const [best] = column.candidates;
  return best && best.confidence >= 0.6 ? CONCEPT_TYPES[best.concept] : undefined;
}
