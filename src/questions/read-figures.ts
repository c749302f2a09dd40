import { type Decimal, decimal } from '../domain/decimal.ts';
import { NUMBERS_IN_WORDS } from '../vocabulary/number-words.ts';

/** A figure as it stands in prose. `value` times `multiplier` is what it says; percent is in hundredths. */
export type Figure = {
  text: string;
  kind: 'money' | 'percent' | 'plain' | 'factor' | 'date';
  value: Decimal;
  multiplier: number;
};

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*';
const DATE = new RegExp(
  `\\b(?:\\d{4}-\\d{2}(?:-\\d{2})?|(?:\\d{1,2}(?:st|nd|rd|th)? )?${MONTH} \\d{4})\\b`,
  'gi',
);
const NUMBER =
  /(?<sign>[-−+]?)(?<currency>(?:[A-Z]{1,3})?[$£€¥₹]|R\$|\b[A-Z]{3}\s)?\s?(?<digits>\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:\s?(?<scale>[kK]|[mM]n?|[bB]n?|thousand|million|billion)\b)?(?<tail>\s?%|\s?percentage points?\b|\s?percent\b|\s?per cent\b|\s?(?:USD|EUR|GBP|BRL|CHF)\b|[xX]\b|\s?times\b)?/gu;

const WORD_NUMBERS: Record<string, number> = { ...NUMBERS_IN_WORDS, thousand: 1000, million: 1_000_000 };
/** 'three times as much', 'threefold'. */
const TIMES = new RegExp(`\\b(${Object.keys(WORD_NUMBERS).join('|')})(?: times\\b|-?fold\\b)`, 'gi');
const WORD_FACTORS: Record<string, string> = {
  doubled: '2',
  twice: '2',
  double: '2',
  tripled: '3',
  triple: '3',
  trebled: '3',
  quadrupled: '4',
};
const WORD_SHARES: Record<string, string> = {
  'a half': '50',
  half: '50',
  halved: '50',
  'a third': '33.3',
  'one third': '33.3',
  'two thirds': '66.7',
  'a quarter': '25',
  'one quarter': '25',
  'three quarters': '75',
  'a fifth': '20',
  'one fifth': '20',
  'a tenth': '10',
};
const SCALES: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
};

/** Every figure of a text, in words too. */
export function figuresIn(text: string): Figure[] {
  const figures: Figure[] = [];
  let rest = text.replace(DATE, (found) => {
    figures.push({ text: found, kind: 'date', value: decimal(0), multiplier: 1 });
    return ' '.repeat(found.length);
  });
  rest = takeWords(rest, WORD_SHARES, (found, value) =>
    figures.push({ text: found, kind: 'percent', value: decimal(value), multiplier: 1 }),
  );
  rest = rest.replace(TIMES, (found, word: string) => {
    const value = String(WORD_NUMBERS[word.toLowerCase()] ?? 0);
    figures.push({ text: found, kind: 'factor', value: decimal(value), multiplier: 1 });
    return ' '.repeat(found.length);
  });
  rest = takeWords(rest, WORD_FACTORS, (found, value) =>
    figures.push({ text: found, kind: 'factor', value: decimal(value), multiplier: 1 }),
  );
  for (const match of rest.matchAll(NUMBER)) {
    const groups = match.groups ?? {};
    const before = rest[(match.index ?? 0) + match[0].indexOf(groups['digits'] ?? '') - 1] ?? ' ';
    if (/\p{L}/u.test(before) && !groups['currency']) continue; // part of a code such as Q3 or B12
    figures.push(numeric(match[0].trim(), groups));
  }
  takeWords(rest, mapValues(WORD_NUMBERS, String), (found, value) =>
    figures.push({ text: found, kind: 'plain', value: decimal(value), multiplier: 1 }),
  );
  return figures;
}

function numeric(text: string, groups: Record<string, string | undefined>): Figure {
  const value = decimal((groups['digits'] ?? '0').replace(/[,  ]/g, ''));
  const multiplier = SCALES[(groups['scale'] ?? '').toLowerCase()] ?? 1;
  const tail = (groups['tail'] ?? '').trim().toLowerCase();
  const kind =
    tail === '%' || tail.startsWith('percent') || tail === 'per cent'
      ? 'percent'
      : tail === 'x' || tail === 'times'
        ? 'factor'
        : groups['currency'] || /^[a-z]{3}$/.test(tail)
          ? 'money'
          : 'plain';
  return { text, kind, value, multiplier };
}

function takeWords(
  text: string,
  words: Record<string, string>,
  take: (found: string, value: string) => void,
): string {
  const pattern = new RegExp(
    `\\b(?:${Object.keys(words)
      .sort((a, b) => b.length - a.length)
      .join('|')})\\b`,
    'gi',
  );
  return text.replace(pattern, (found) => {
    take(found, words[found.toLowerCase()] ?? '0');
    return ' '.repeat(found.length);
  });
}

function mapValues(record: Record<string, number>, map: (value: number) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
