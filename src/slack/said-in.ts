import { formatNumber, type Locale } from '../questions/format-value.ts';

/** How times and counts are written for one person. */
export type Said = { at(instant: string): string; count(number: number): string };

export function saidIn(timeZone: string, locale: Locale): Said {
  return {
    at: (instant) => timeInWords(instant, timeZone, locale),
    count: (number) => formatNumber(String(number), { kind: 'count' }, locale),
  };
}

function timeInWords(instant: string, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(instant));
}
