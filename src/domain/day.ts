/** A calendar day as 'YYYY-MM-DD', in the company's time zone. Sorts as text. */
export type Day = string;

const MS_A_DAY = 86_400_000;

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toMs(text)) && fromMs(toMs(text)) === text;
}

export function addDays(day: Day, days: number): Day {
  return fromMs(toMs(day) + days * MS_A_DAY);
}

/** Adds calendar months; the 31st becomes the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, dayOfMonth] = parts(day);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return fromMs(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(dayOfMonth, last)));
}

export function addYears(day: Day, years: number): Day {
  return addMonths(day, years * 12);
}

/** Days from a to b; negative when b is earlier. */
export function daysBetween(a: Day, b: Day): number {
  return Math.round((toMs(b) - toMs(a)) / MS_A_DAY);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function isoWeekday(day: Day): number {
  return ((new Date(toMs(day)).getUTCDay() + 6) % 7) + 1;
}

export function startOfWeek(day: Day, firstIsoWeekday = 1): Day {
  return addDays(day, -((isoWeekday(day) - firstIsoWeekday + 7) % 7));
}

export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function startOfQuarter(day: Day): Day {
  const [year, month] = parts(day);
  return `${pad(year, 4)}-${pad(Math.floor((month - 1) / 3) * 3 + 1, 2)}-01`;
}

export function startOfYear(day: Day): Day {
  return `${day.slice(0, 4)}-01-01`;
}

export function parts(day: Day): [year: number, month: number, dayOfMonth: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

/** The day that it is at this instant in an IANA time zone. */
export function dayIn(timeZone: string, instant: Date): Day {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant);
}

function toMs(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
}

function fromMs(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
