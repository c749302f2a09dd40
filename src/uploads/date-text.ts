import { isDay } from '../domain/day.ts';

/** What comes first in 04/05/2025. */
export type DateOrder = 'dmy' | 'mdy';

export type DateText = {
  /** What the text itself proves ('13/04/2025' a day first); undefined when nothing tells. */
  proves?: DateOrder;
  ambiguous: boolean;
  /** 'month' for '2025-01' and 'Jan 2025': read as its first day. */
  grain: 'day' | 'month' | 'time';
  /** 'YYYY-MM-DD', with 'THH:MM:SS' where there is a time; undefined when there is no such day. */
  value(order: DateOrder): string | undefined;
};

const MONTHS: readonly string[] = [
  'jan january januar janvier enero ene janeiro gennaio gen januari janv janner jaenner',
  'feb february februar fevrier fevr fev febrero fevereiro febbraio februari',
  'mar march marz maerz mrz mars marzo marco maart mrt',
  'apr april avril avr abril abr aprile',
  'may mai mayo maio maggio mag mei',
  'jun june juni juin junio junho giugno giu',
  'jul july juli juil juillet julio julho luglio lug',
  'aug august aout agosto ago augustus',
  'sep sept september septembre septiembre setembro set settembre',
  'oct october okt oktober octobre octubre outubro out ottobre ott',
  'nov november novembre noviembre novembro',
  'dec december dez dezember decembre diciembre dic dezembro dicembre',
];

const MONTH_OF = new Map(
  MONTHS.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/** The month that a word names in English, German, French, Spanish, Portuguese, Italian or Dutch. */
export function monthOf(word: string): number | undefined {
  const plain = word
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase();
  return MONTH_OF.get(plain);
}

const TIME =
  /[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.|uhr|h)?\s*(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)?$/i;
const WEEKDAY = /^([a-zà-ÿ]{2,10})\.?,?\s+(?=\d{1,2}[\s./-])/i;

export function readDateText(raw: string): DateText | undefined {
  const text = raw.trim();
  if (text.length < 3 || text.length > 40 || !/\d/.test(text) || isCode(text)) return undefined;
  const time = TIME.exec(text);
  const clock = time ? readClock(time) : '';
  if (clock === undefined) return undefined;
  const day = (time ? text.slice(0, time.index) : text).trim();
  const weekday = WEEKDAY.exec(day);
  const isWeekday = weekday && monthOf(weekday[1] ?? '') === undefined;
  return readDay(isWeekday ? day.slice(weekday[0].length) : day, clock);
}

/** 'D123' and 'RE-17': no day or month begins with one or two letters and then a digit or a dash. */
function isCode(text: string): boolean {
  return /^[A-Za-z]{1,2}[\d-]/.test(text);
}

function readDay(text: string, clock: string): DateText | undefined {
  let match = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (match) return fixed(match[1], match[3], match[4], clock);
  match = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})$/.exec(text);
  if (match) return numeric(match, clock);
  match = /^(\d{4})[-/](\d{1,2})$/.exec(text);
  if (match) return month(match[1], Number(match[2]));
  match = /^(\d{1,2})[-/](\d{4})$/.exec(text) ?? /^([01]\d)\.((?:19|20)\d{2})$/.exec(text);
  if (match) return month(match[2], Number(match[1]));
  match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (match && Number(match[1]) > 1900 && Number(match[1]) < 2100)
    return fixed(match[1], match[2], match[3], clock);
  return readNamed(text, clock);
}

function readNamed(text: string, clock: string): DateText | undefined {
  let match =
    /^(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:de\s+|di\s+)?([\p{L}]{3,12})\.?[\s,.-]*(?:de\s+|del\s+)?(\d{4}|\d{2})$/iu.exec(
      text,
    );
  if (match) {
    const named = monthOf(match[2] ?? '');
    return named === undefined ? undefined : fixed(fullYear(match[3]), String(named), match[1], clock);
  }
  match = /^([\p{L}]{3,12})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s,-]+(\d{4})$/iu.exec(text);
  if (match) {
    const named = monthOf(match[1] ?? '');
    return named === undefined ? undefined : fixed(match[3], String(named), match[2], clock);
  }
  match = /^([\p{L}]{3,12})\.?[\s'’/-]*(?:de\s+)?(\d{4}|\d{2})$/iu.exec(text);
  const named = match && monthOf(match[1] ?? '');
  if (match && named) return month(fullYear(match[2]), named);
  match = /^(\d{4})[\s-]+([\p{L}]{3,12})\.?$/iu.exec(text);
  const later = match && monthOf(match[2] ?? '');
  return match && later ? month(match[1], later) : undefined;
}

function numeric(match: RegExpExecArray, clock: string): DateText | undefined {
  const first = Number(match[1]);
  const second = Number(match[3]);
  const year = fullYear(match[4]);
  const value = (order: DateOrder) =>
    order === 'dmy' ? dayText(year, second, first, clock) : dayText(year, first, second, clock);
  if (first === 0 || second === 0 || (first > 12 && second > 12)) return impossible();
  const proves = first > 12 ? 'dmy' : second > 12 ? 'mdy' : match[2] === '.' ? 'dmy' : undefined;
  const result: DateText = { ambiguous: proves === undefined && first !== second, grain: 'day', value };
  return proves === undefined ? result : { ...result, proves };
}

/** It has the shape of a date, but there is no such day. */
function impossible(): DateText {
  return { ambiguous: false, grain: 'day', value: () => undefined };
}

function fixed(
  year: string | undefined,
  monthText: string | undefined,
  day: string | undefined,
  clock: string,
): DateText {
  const value = dayText(year ?? '', Number(monthText), Number(day), clock);
  return { ambiguous: false, grain: 'day', value: () => value };
}

function month(year: string | undefined, number: number): DateText | undefined {
  if (!(number >= 1 && number <= 12)) return undefined;
  const value = dayText(year ?? '', number, 1, '');
  return value === undefined ? undefined : { ambiguous: false, grain: 'month', value: () => value };
}

function dayText(year: string, monthNumber: number, day: number, clock: string): string | undefined {
  const text = `${year}-${String(monthNumber).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(text) ? text + clock : undefined;
}

/** Two digits mean 1970 to 2069. */
function fullYear(text: string | undefined): string {
  if (text?.length !== 2) return text ?? '';
  return Number(text) < 70 ? `20${text}` : `19${text}`;
}

function readClock(match: RegExpExecArray): string | undefined {
  const [, hourText = '', minute = '', second = '00', half = ''] = match;
  let hour = Number(hourText);
  if (/^p/i.test(half) && hour < 12) hour += 12;
  if (/^a/i.test(half) && hour === 12) hour = 0;
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const text = `T${String(hour).padStart(2, '0')}:${minute}:${second}`;
  return text === 'T00:00:00' ? '' : text;
}
