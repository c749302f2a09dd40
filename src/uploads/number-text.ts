/** Which sign stands before the decimals. */
export type DecimalSign = '.' | ',';

export type NumberText = {
  /** What the text itself proves; undefined when nothing in it tells ('12', or '1.234'). */
  proves?: DecimalSign;
  /** '1.234': a thousand and something, or one and something. */
  ambiguous: boolean;
  /** Exact decimal text under a decimal sign; undefined when it cannot be read so. */
  value(sign: DecimalSign): string | undefined;
  percent: boolean;
  /** 'CR', 'H' and the like after the number: a credit. */
  side?: 'debit' | 'credit';
  /** ISO code or sign found beside the number. */
  currency?: string;
};

const SPACES = /[\s\u00a0\u2007\u2009\u202f]/g;
const CURRENCY =
  /^(?:[$€£¥₹₽₺₩₪฿₫₴₦]|(?:US|C|A|NZ|R|HK|S)\$|R\$|kr\.?|zł|Kč|Ft|CHF|Fr\.|Rs\.?|[A-Z]{3}(?![A-Za-z]))/;
const SIDES: Record<string, 'debit' | 'credit'> = {
  cr: 'credit',
  c: 'credit',
  dr: 'debit',
  d: 'debit',
  s: 'debit',
  h: 'credit',
  debit: 'debit',
  credit: 'credit',
};

/** Reads an amount as people write it: currencies, parentheses, trailing minus, percent, CR and DR. */
export function readNumberText(raw: string): NumberText | undefined {
  if (PLAIN.test(raw)) return plainNumber(raw);
  if (raw.length > 60 || !/\d/.test(raw)) return undefined;
  const coded = CODED.exec(raw);
  if (coded) return codedNumber(coded);
  // Nothing is taken from the front of a text but signs and currencies, so what begins with other letters is no number.
  if (/^[A-Za-z][^(]*$/.test(raw) && !CURRENCY.test(raw)) return undefined;
  let text = raw.replace(/[−‒–—](?=[\s\d.,$€£]|$)/g, '-').trim();
  let negative = false;
  const parenthesised = /^([^(\d]{0,4})\((.+)\)(.{0,4})$/.exec(text);
  if (parenthesised) {
    text = `${parenthesised[1]}${parenthesised[2]}${parenthesised[3]}`.trim();
    negative = !negative;
  }
  let percent = false;
  let side: 'debit' | 'credit' | undefined;
  let currency: string | undefined;
  for (let changed = true; changed; ) {
    const before = text;
    text = text.replace(/^'(?=[\d+-])/, '').replace(/[,.]--?$/, '');
    text = text.replace(/^\+(?=.)/, '').trim();
    if (/^-/.test(text) || /-$/.test(text)) {
      text = text.replace(/^-|-$/, '').trim();
      negative = !negative;
    }
    if (text.endsWith('%')) {
      text = text.slice(0, -1).trim();
      percent = true;
    }
    const sideFound = /[\d.,)]\s*(CR|DR|C|D|S|H|Credit|Debit)\.?$/i.exec(text);
    if (sideFound?.[1] && side === undefined) {
      side = SIDES[sideFound[1].toLowerCase()];
      text = text.slice(0, text.length - sideFound[0].length + 1).trim();
    }
    const leading = CURRENCY.exec(text)?.[0];
    if (leading && leading.length < text.length) {
      currency ??= leading;
      text = text.slice(leading.length).trim();
    }
    const trailing = /(?<=[\d.,\s-])([$€£¥₹₽₺₩₪฿₫₴₦]|kr\.?|zł|Kč|Ft|CHF|[A-Z]{3})$/.exec(text)?.[0];
    if (trailing && trailing.length < text.length) {
      currency ??= trailing;
      text = text.slice(0, -trailing.length).trim();
    }
    changed = text !== before;
  }
  const core = readCore(text);
  if (!core) return undefined;
  return {
    ...core,
    value(sign) {
      const plain = core.value(sign);
      if (plain === undefined) return undefined;
      const scaled = percent ? shiftLeft(plain, 2) : plain;
      return negative && /[1-9]/.test(scaled) ? `-${scaled}` : scaled;
    },
    percent,
    ...(side ? { side } : {}),
    ...(currency ? { currency } : {}),
  };
}

/** Most numbers in text are just that; the long way reads them the same. */
const PLAIN = /^-?[1-9]\d{0,14}(?:\.\d{1,2})?$/;

function plainNumber(raw: string): NumberText {
  const value = () => raw;
  return raw.includes('.')
    ? { proves: '.', ambiguous: false, percent: false, value }
    : { ambiguous: false, percent: false, value };
}

/** A currency and a number, or a document's number that looks like one; the long way reads them the same. */
const CODED = /^([A-Z]{3})(-?)([1-9]\d{0,14})$/;

function codedNumber([, currency = '', minus, digits = '']: RegExpExecArray): NumberText {
  const value = minus === '-' ? `-${digits}` : digits;
  return { ambiguous: false, percent: false, currency, value: () => value };
}

type Core = Pick<NumberText, 'proves' | 'ambiguous' | 'value'>;

function readCore(text: string): Core | undefined {
  if (!/^[\d.,'’\s\u00a0\u2007\u2009\u202f]+$/.test(text)) return readScientific(text);
  const commas = count(text, ',');
  const dots = count(text, '.');
  if (commas > 1 && dots > 1) return undefined;
  if (commas > 0 && dots > 0) {
    const sign = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
    return count(text, sign) === 1 ? proved(text, sign) : undefined;
  }
  const only: DecimalSign | undefined = commas > 0 ? ',' : dots > 0 ? '.' : undefined;
  if (only === undefined) return plainWhole(text);
  if (count(text, only) > 1) return proved(text, only === ',' ? '.' : ',');
  const [whole = '', fraction = ''] = text.split(only);
  const grouped = /[\s'’\u00a0\u2007\u2009\u202f]/.test(whole);
  const couldGroup = !grouped && fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (!couldGroup) return proved(text, only);
  return { ambiguous: true, value: (sign) => read(text, sign) };
}

function proved(text: string, sign: DecimalSign): Core | undefined {
  const value = read(text, sign);
  if (value === undefined) return undefined;
  return { proves: sign, ambiguous: false, value: () => value };
}

function plainWhole(text: string): Core | undefined {
  const value = read(text, '.');
  return value === undefined ? undefined : { ambiguous: false, value: () => value };
}

function readScientific(text: string): Core | undefined {
  const match = /^(\d)(?:[.,](\d+))?E([+-]?\d{1,3})$/i.exec(text);
  if (!match) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const value = shiftLeft(whole + fraction, fraction.length - Number(exponent));
  return { ambiguous: false, value: () => value };
}

/** Groups must be groups: of three, or of two before the last three as in India. */
function read(text: string, sign: DecimalSign): string | undefined {
  const at = text.lastIndexOf(sign);
  const whole = at === -1 ? text : text.slice(0, at);
  const fraction = at === -1 ? '' : text.slice(at + 1);
  if (!/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return undefined;
  const groupSign = sign === '.' ? ',' : '.';
  const even = whole.replace(SPACES, ' ').replaceAll('’', "'");
  for (const group of [groupSign, ' ', "'"]) {
    if (!even.includes(group)) continue;
    const parts = even.split(group);
    const western = parts.every(
      (part, index) => /^\d+$/.test(part) && (index === 0 ? part.length <= 3 : part.length === 3),
    );
    const indian = parts.every(
      (part, index) =>
        /^\d+$/.test(part) &&
        (index === 0 ? part.length <= 2 : part.length === (index === parts.length - 1 ? 3 : 2)),
    );
    return western || indian ? join(parts.join(''), fraction) : undefined;
  }
  return /^\d*$/.test(even) ? join(even, fraction) : undefined;
}

function join(whole: string, fraction: string): string {
  const head = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? head : `${head}.${fraction}`;
}

/** Plain decimal text divided by 10^places; places may be negative. */
export function shiftLeft(text: string, places: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole + fraction;
  const point = whole.length - places;
  if (point <= 0) return trim(`0.${'0'.repeat(-point)}${digits}`);
  if (point >= digits.length) return trim(digits.padEnd(point, '0'));
  return trim(`${digits.slice(0, point)}.${digits.slice(point)}`);
}

function trim(text: string): string {
  const short = text.replace(/^0+(?=\d)/, '');
  return short.includes('.') ? short.replace(/\.?0+$/, '') : short;
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
