import { distance } from 'fastest-levenshtein';
import { COMPACT_NAMES, CONCEPT_NAMES, CONCEPT_TYPES, type Concept, type ConceptType } from './concepts.ts';
import type { UploadFeed } from './feeds.ts';
import type { TableColumn } from './find-tables.ts';
import { normalizeHeader } from './normalize-header.ts';
import type { Survey } from './survey-column.ts';

export type Candidate = { concept: Concept; confidence: number };

export type SurveyedColumn = TableColumn & {
  survey: Survey;
  candidates: Candidate[];
  /** One of the periods of a crosstab. */
  isPeriod?: boolean;
  /** Filled only in headings above groups of entries. */
  isGroup?: boolean;
};

export type Mapped = { column: SurveyedColumn; to: string; concept: Concept; confidence: number };

/** What the heading of a column may mean, by its name, and how well its values fit. */
export function conceptsOf(header: string | null, survey: Survey): Candidate[] {
  if (header === null) return [];
  return candidatesByName(header)
    .map(({ concept, confidence }) => ({
      concept,
      confidence: confidence * fit(CONCEPT_TYPES[concept], survey),
    }))
    .filter(({ confidence }) => confidence > 0.2)
    .sort((a, b) => b.confidence - a.confidence);
}

const NAMES = [...CONCEPT_NAMES.keys()];
const LONG_NAMES = NAMES.filter((name) => name.length >= 5);

function candidatesByName(header: string): Candidate[] {
  const whole = normalizeHeader(header);
  const bare = normalizeHeader(header.replace(/\([^)]*\)|\[[^\]]*\]|\{[^}]*\}/g, ' '));
  const unit = bare
    .replace(
      /\b(in )?(eur|usd|gbp|chf|cad|aud|nzd|inr|sek|nok|dkk|pln|brl|mxn|jpy|cny|euro|euros|dollars?|pounds?|k|000s?|lcy|lc|local currency|hauswahrung|hauswaehrung)\b/g,
      '',
    )
    .replace(
      /\b(excl|incl|exc|inc|ex|excluding|including|zzgl|inkl|exkl|plus|net of|hors)\b.*\b(vat|tax|gst|btw|mwst|ust|tva|iva|taxes)\b/g,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim();
  const found = new Map<Concept, number>();
  const add = (name: string, confidence: number) => {
    for (const concept of CONCEPT_NAMES.get(name) ?? [])
      found.set(concept, Math.max(found.get(concept) ?? 0, confidence));
  };
  add(whole, 1);
  add(bare, 0.97);
  add(unit, 0.95);
  add(
    unit
      .replace(/\b(the|of|de|der|des|du|la|le|del|di|van|het|da|do|your|our|total|nr|no|number)\b/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
    0.85,
  );
  add(COMPACT_NAMES.get(whole.replaceAll(' ', '')) ?? '', 0.96);
  if (found.size === 0) addParts(unit || whole, add);
  if (found.size === 0) addNear(unit || whole, add);
  return [...found].map(([concept, confidence]) => ({ concept, confidence }));
}

/** A known name within a longer one: 'Actual posting date', 'Rechnungsbuchungsdatum'. */
function addParts(header: string, add: (name: string, confidence: number) => void): void {
  const words = header.split(' ');
  for (let size = Math.min(3, words.length - 1); size >= 1; size--) {
    for (let at = words.length - size; at >= 0; at--) {
      const part = words.slice(at, at + size).join(' ');
      if (part.length < 3 || !CONCEPT_NAMES.has(part)) continue;
      const isHead = at === words.length - size || at === 0;
      add(part, (isHead ? 0.72 : 0.6) * (0.8 + (0.2 * size) / words.length));
    }
  }
  if (words.length === 1 && header.length >= 9)
    for (const name of LONG_NAMES) if (header.endsWith(name)) add(name, 0.72);
}

function addNear(header: string, add: (name: string, confidence: number) => void): void {
  if (header.length < 5) return;
  const allowed = header.length >= 9 ? 2 : 1;
  for (const name of LONG_NAMES)
    if (Math.abs(name.length - header.length) <= allowed && distance(name, header) <= allowed) add(name, 0.7);
}

/** Whether values are of the kind that a meaning needs; 1 fits, 0 cannot be. */
export function fit(type: ConceptType, survey: Survey): number {
  const whole = survey.filled - survey.broken;
  if (whole <= 0) return 0.75;
  const days = (survey.dates + survey.textDates + survey.months) / whole;
  const numeric = (survey.numbers + survey.textNumbers) / whole;
  const packed = survey.packedDays / whole;
  switch (type) {
    case 'date':
      if (days >= 0.5 || packed >= 0.8) return survey.months > whole / 2 ? 0.85 : 1;
      return survey.wholeNumbers >= whole * 0.8 && days === 0 ? 0.5 : 0.15;
    case 'month':
      return survey.months >= whole * 0.5
        ? 1
        : days >= 0.5
          ? 0.8
          : numeric > 0.8 && survey.distinct.size <= 13
            ? 0.6
            : survey.distinct.size <= 13
              ? 0.5
              : 0.2;
    case 'amount':
    case 'quantity':
      return numeric >= 0.5 ? 1 : 0.15;
    case 'code':
      return days >= 0.8 ? 0.3 : hasBlanks(survey) ? 0.72 : 1;
    case 'text':
      return days >= 0.8 ? 0.3 : numeric >= 0.8 ? 0.72 : 1;
  }
}

/** Names rather than codes: most of the distinct values are words. */
function hasBlanks(survey: Survey): boolean {
  const values = [...survey.distinct];
  return (
    values.filter((value) => /\p{L}{3,}/u.test(value) && !/^[\p{L}-]*\d[\p{L}\d./-]*$/u.test(value)).length >
    values.length * 0.5
  );
}

/** The columns of a feed from the columns of a table: the best fit first, each used once. */
export function mapColumns(columns: SurveyedColumn[], feed: UploadFeed): Mapped[] {
  const offers: Mapped[] = [];
  for (const column of columns) {
    for (const { concept, confidence } of column.candidates) {
      for (const target of feed.columns) {
        const rank = target.from.indexOf(concept);
        if (rank === -1) continue;
        offers.push({ column, to: target.name, concept, confidence: confidence * (1 - rank * 0.06) });
      }
    }
  }
  offers.sort((a, b) => b.confidence - a.confidence || a.column.column - b.column.column);
  const mapped: Mapped[] = [];
  for (const offer of offers)
    if (!mapped.some((other) => other.to === offer.to || other.column === offer.column)) mapped.push(offer);
  return fromValues(columns, feed, mapped);
}

/** What no heading names, when exactly one column can be it. */
function fromValues(columns: SurveyedColumn[], feed: UploadFeed, mapped: Mapped[]): Mapped[] {
  const result = [...mapped];
  if (columns.some(({ isPeriod }) => isPeriod)) return result;
  const free = () =>
    columns.filter(
      (column) => !result.some((other) => other.column === column) && column.candidates.length === 0,
    );
  const taken = (to: string) => result.some((other) => other.to === to);
  const dateColumn = feed.columns.find(({ name }) => name === 'entry_date' || name === 'month');
  const dates = free().filter(({ survey }) => fit('date', survey) === 1 && survey.filled > 0);
  const [onlyDate] = dates;
  const [dateConcept] = dateColumn?.from ?? [];
  if (dateColumn && dateConcept && onlyDate && dates.length === 1 && !taken(dateColumn.name))
    result.push({ column: onlyDate, to: dateColumn.name, concept: dateConcept, confidence: 0.6 });
  const hasAmount =
    taken('amount') || taken('debit') || taken('credit') || taken('revenue') || taken('expense');
  const amounts = free().filter(({ survey }) => isAmounts(survey));
  const [onlyAmount] = amounts;
  if (onlyAmount && amounts.length === 1 && !hasAmount && feed.columns.some(({ name }) => name === 'amount'))
    result.push({ column: onlyAmount, to: 'amount', concept: 'amount', confidence: 0.6 });
  return result;
}

function isAmounts(survey: Survey): boolean {
  const numeric = survey.numbers + survey.textNumbers;
  return (
    survey.filled > 0 &&
    numeric >= survey.filled * 0.8 &&
    survey.wholeNumbers < numeric &&
    survey.percents === 0 &&
    survey.leadingZeros === 0
  );
}
