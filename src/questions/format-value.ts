import { round, toText, tryDecimal } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { dayInWords } from '../domain/period.ts';
import type { Cell, ResultColumn, Unit } from '../domain/result-table.ts';
import { bucketName } from './bucket-name.ts';

export type Locale = { language: string; currency: string };

/** A cell as people read it: '£1,234.50', '12.3%', '3 Nov 2025'. Exact text in, rounded half away from zero. */
export function formatCell(cell: Cell, column: ResultColumn, locale: Locale): string {
  if (cell === null) return column.type === 'text' ? '(none)' : 'n/a';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (column.type === 'date') return formatDate(String(cell), column);
  if (column.type === 'timestamp') return String(cell).slice(0, 16);
  if (column.type === 'text') return readable(String(cell));
  return formatNumber(String(cell), column.unit, locale);
}

/** 'credit_card' and 'health_beauty' in words; codes such as 'cust_001' stay. */
export function readable(text: string): string {
  return /^\p{Ll}{2,}(?:_\p{Ll}+)+(?:_\d+)?$/u.test(text) ? text.replaceAll('_', ' ') : text;
}

export function formatNumber(text: string, unit: Unit | undefined, locale: Locale): string {
  const value = tryDecimal(text);
  if (!value) return text;
  const kind = unit?.kind ?? 'none';
  if (kind === 'money') {
    const currency = unit?.of && /^[A-Z]{3}$/.test(unit.of) ? unit.of : locale.currency;
    return formatMoney({ amount: value, currency }, locale.language);
  }
  if (kind === 'share') {
    const percent = round({ units: value.units * 100n, scale: value.scale }, 1);
    return `${plain(toText(percent), locale, 1)}%`;
  }
  if (kind === 'days') return `${plain(toText(round(value, 1)), locale, 1)} days`;
  const figure = plain(toText(round(value, 2)), locale, kind === 'ratio' ? 2 : 0);
  return kind === 'ratio' && unit?.of === 'hours' ? `${figure} hours` : figure;
}

/** In the currency's own digits: '£1,234.50', '¥1,235'. */
function formatMoney({ amount, currency }: Money, language: string): string {
  const format = numberFormat(language, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(exact(toText(round(amount, digits))));
}

function plain(text: string, locale: Locale, minimumFractionDigits: number): string {
  return numberFormat(locale.language, { minimumFractionDigits, maximumFractionDigits: 2 }).format(
    exact(text),
  );
}

const formats = new Map<string, Intl.NumberFormat>();
const MOST_FORMATS = 200;

/** Made once for each way of writing: making one takes as long as hundreds of figures. */
function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${options.currency} ${options.minimumFractionDigits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, options);
    if (formats.size < MOST_FORMATS) formats.set(key, format);
  }
  return format;
}

/** Intl takes decimal text exactly; its type wants a literal. */
function exact(text: string): Intl.StringNumericLiteral {
  return text as Intl.StringNumericLiteral;
}

/** A month is called by its name, not by its first day. */
function formatDate(text: string, { name, label }: ResultColumn): string {
  const day = text.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return text;
  const grain = name.startsWith('period_start')
    ? /^(month|quarter|year)\b/i.exec(label ?? '')?.[1]
    : undefined;
  const words = dayInWords(day);
  if (!grain) return words;
  return grain === 'Month' ? words.replace(/^\S+ /, '') : bucketName(day, grain.toLowerCase());
}
