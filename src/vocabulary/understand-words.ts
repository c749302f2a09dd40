import { byWord } from './by-word.ts';
/** One piece of a question. `word` is folded (lower case, no accents, no 's); `stem` also loses a plural ending. */
export type Token = {
  kind: 'word' | 'number' | 'date' | 'quoted' | 'symbol';
  raw: string;
  word: string;
  stem: string;
  /** Plain decimal text of a number, thousands separators and 'k' or 'million' worked in. */
  number?: string;
  /** '%' or a currency sign stood with the number. */
  unit?: 'percent' | 'money';
  ordinal?: boolean;
  at: number;
  end: number;
};

const PIECE = new RegExp(
  [
    /(?<quoted>"[^"\n]{1,120}"|(?<![\p{L}\p{N}])'[^'\n]{2,120}'(?![\p{L}\p{N}]))/u,
    /(?<date>\d{4}-\d{1,2}-\d{1,2}(?![\d-])|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|\d{1,2}[./]\d{1,2}[./]\d{2}(?![\d.])|\d{1,2}-\d{1,2}-\d{4}(?!\d)|\d{4}[/.]\d{1,2}[/.]\d{1,2}|\d{4}-\d{2}(?![\d-])|\d{4}-?w\d{1,2}(?!\d))/iu,
    /(?<money>(?:r\$|us\$|[$€£¥])\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|mn|bn|mio)(?![\p{L}\p{N}]))?)/iu,
    /(?<number>(?<![\p{L}\p{N}_])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\p{L}\p{N}_])\d+(?:\.\d+)?)(?<suffix>k|m|mn|mio|bn|st|nd|rd|th)?(?<percent>\s?%)?(?![\p{L}\p{N}_])/iu,
    /(?<code>(?<![\p{L}\p{N}])[a-z]{1,6}\d{0,6}-\d{5,12}(?![\p{L}\p{N}-]))/iu,
    /(?<word>[\p{L}\p{N}\p{M}]+(?:['’´`][\p{L}]+)*['’]?)/u,
    /(?<symbol>>=|<=|=>|=<|!=|<>|≥|≤|[^\s\p{L}\p{N}])/u,
  ]
    .map((part) => part.source)
    .join('|'),
  'giu',
);

const SCALES = byWord<number>({ k: 3, m: 6, mn: 6, mio: 6, bn: 9 });

/** Cuts a question into tokens; white space and underscores part words, nothing else is lost. */
export function tokens(text: string): Token[] {
  const plain = text.normalize('NFKC').replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/_/g, ' ');
  const found: Token[] = [];
  for (const match of plain.matchAll(PIECE)) {
    const raw = match[0];
    const groups = match.groups ?? {};
    const at = match.index;
    const base = { raw, at, end: at + raw.length };
    if (groups.quoted !== undefined) {
      const inside = raw.slice(1, -1).trim();
      found.push({ ...base, kind: 'quoted', word: foldPhrase(inside), stem: stemPhrase(inside) });
    } else if (groups.date !== undefined) {
      const word = raw.toLowerCase();
      found.push({ ...base, kind: 'date', word, stem: word });
    } else if (groups.money !== undefined) {
      const [, digits = '0', suffix = ''] = /([\d,.]+)\s?([a-z]*)$/i.exec(raw) ?? [];
      const number = scaled(digits.replace(/,/g, ''), SCALES[suffix.toLowerCase()] ?? 0);
      found.push({ ...base, kind: 'number', word: number, stem: number, number, unit: 'money' });
    } else if (groups.number !== undefined) {
      const suffix = (groups.suffix ?? '').toLowerCase();
      const number = scaled(groups.number.replace(/,/g, ''), SCALES[suffix] ?? 0);
      found.push({
        ...base,
        kind: 'number',
        word: number,
        stem: number,
        number,
        ...(groups.percent ? { unit: 'percent' as const } : {}),
        ...(/^(st|nd|rd|th)$/.test(suffix) ? { ordinal: true } : {}),
      });
    } else if (groups.symbol !== undefined) {
      found.push({ ...base, kind: 'symbol', word: raw, stem: raw });
    } else {
      const word = fold(groups.code === undefined ? raw : raw.replace('-', ''));
      found.push({ ...base, kind: 'word', word, stem: stem(word) });
    }
  }
  return joinScales(found);
}

/** Lower case, no accents, no possessive, one spelling for words that Britain and America spell apart. */
export function fold(text: string): string {
  const bare = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’´`]s$|['’]$/u, '')
    .replace(/['’´`]/gu, '');
  return SPELLINGS[bare] ?? bare;
}

const SPELLINGS = byWord<string>({
  avg: 'average',
  ave: 'average',
  qty: 'quantity',
  pct: 'percent',
  custs: 'customers',
  prods: 'products',
  acct: 'account',
  organisation: 'organization',
  fulfilment: 'fulfillment',
  utilisation: 'utilization',
  cancelled: 'canceled',
  cancelling: 'canceling',
  colour: 'color',
  colours: 'colors',
  jewellery: 'jewelry',
  grey: 'gray',
  centre: 'center',
  centres: 'centers',
  catalogue: 'catalog',
  favourite: 'favorite',
  analyse: 'analyze',
  cheque: 'check',
  pyjamas: 'pajamas',
  instalments: 'installments',
  instalment: 'installment',
});

const SAME_IN_PLURAL = new Set([
  'is',
  'us',
  'this',
  'was',
  'has',
  'does',
  'plus',
  'minus',
  'versus',
  'vs',
  'less',
  'always',
  'perhaps',
  'its',
  'gross',
  'business',
  'status',
  'analysis',
  'basis',
  'bus',
  'gas',
  'christmas',
  'series',
  'news',
  'yes',
  'as',
  'across',
  'address',
  'loss',
  'class',
  'dress',
  'glass',
  'boss',
  'access',
  'success',
  'process',
  'thus',
  'his',
  'bras',
  'paris',
  'texas',
  'kansas',
  'illinois',
  'arkansas',
  'wales',
  'netherlands',
  'cyprus',
  'minas',
  'goias',
  'amazonas',
  'alagoas',
  'tocantins',
  'santos',
  'campos',
  'laos',
  'honduras',
  'barbados',
  'mars',
]); // prettier-ignore

/** Takes a plural ending off; nothing cleverer, so that two different words never meet. */
export function stem(word: string): string {
  if (word.length < 4 || SAME_IN_PLURAL.has(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

/** The words of a phrase, folded: 'Health_Beauty & Co' is 'health beauty co'. 'and' and '&' are left out. */
export function foldPhrase(text: string): string {
  return phraseWords(text).map(fold).join(' ');
}

export function stemPhrase(text: string): string {
  return phraseWords(text)
    .map((word) => stem(fold(word)))
    .join(' ');
}

function phraseWords(text: string): string[] {
  const words = text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}]+(?:['’´`][\p{L}]+)*/gu) ?? [];
  return words.length > 1 ? words.filter((word) => word.toLowerCase() !== 'and') : words;
}

function joinScales(found: Token[]): Token[] {
  const out: Token[] = [];
  for (const token of found) {
    const before = out.at(-1);
    const scale = { thousand: 3, million: 6, billion: 9, mn: 6, bn: 9 }[token.word];
    if (token.kind === 'word' && scale && before?.kind === 'number' && before.number && !before.ordinal) {
      const number = scaled(before.number, scale);
      out[out.length - 1] = {
        ...before,
        raw: `${before.raw} ${token.raw}`,
        number,
        word: number,
        stem: number,
        end: token.end,
      }; // prettier-ignore
    } else out.push(token);
  }
  return out;
}

function scaled(digits: string, zeros: number): string {
  if (zeros === 0) return digits;
  const [whole = '0', fraction = ''] = digits.split('.');
  const shifted = `${whole}${fraction.slice(0, zeros).padEnd(zeros, '0')}`.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(zeros).replace(/0+$/, '');
  return rest === '' ? shifted : `${shifted}.${rest}`;
}
