import { dayInWords } from '../domain/period.ts';

const MONTH_IN_WORDS = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** How a bucket of time is called: 'March 2025', 'the week of 3 Mar 2025'. */
export function bucketName(day: string, grain: string): string {
  const iso = day.slice(0, 10);
  const [year = '', month = '1'] = iso.split('-');
  if (grain === 'year') return year;
  if (grain === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`;
  if (grain === 'month') {
    return MONTH_IN_WORDS.format(new Date(`${iso}T00:00:00Z`));
  }
  return grain === 'week' ? `the week of ${dayInWords(iso)}` : dayInWords(iso);
}
