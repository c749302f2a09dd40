import { type CellJudge, judgedText, setText } from './judged-row.ts';

const CLOCK =
  /^(\d{1,2})(?:[:.h](\d{2})(?:[:.m](\d{2})(?:[.,]\d{1,9})?s?)?|(?=\s*[ap]))\s*([ap]\.?\s?m\.?)?(?:\s*uhr)?$/i;
const COMPACT = /^(\d{2})(\d{2})(\d{2})?$/;

/** A time of day: 9:05, 09:05:30, 9.05 pm, 0905. */
export function clockJudge(index: number): CellJudge {
  return (row) => {
    const clock = readClock(judgedText(row, index) ?? '');
    if (clock === null) return 'is not a time of day (expected like 17:09)';
    setText(row, index, clock);
    return null;
  };
}

/** As HH:mm:ss, or null. */
export function readClock(text: string): string | null {
  const match = CLOCK.exec(text) ?? COMPACT.exec(text);
  if (!match) return null;
  const [, hours = '', minutes = '00', seconds = '00', half] = match;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
}
