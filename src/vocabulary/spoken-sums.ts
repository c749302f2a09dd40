import { countInWords, NUMBERS_IN_WORDS } from './number-words.ts';

const SMALL = Object.keys(NUMBERS_IN_WORDS).join('|');
const GRAND = new RegExp(`\\b(an?|${SMALL}|\\d+(?:\\.\\d+)?)(?:[ -]and a half)? grand\\b(?! total)`, 'gi');
const PART_OF =
  /\b(half|(?:a |one )?quarter|three quarters)(?: of)? an? (million|thousand|billion)\b|\b(one|two|three|four|five|six|seven|eight|nine|\d+) and a half (million|thousand|billion)\b/gi;

const PARTS: Record<string, number> = { half: 50, 'three quarters': 75 };
const SCALES: Record<string, number> = { thousand: 1000, million: 1_000_000, billion: 1_000_000_000 };

/** 'ten grand', 'half a million', 'two and a half thousand': sums as they are said, in digits. */
export function spokenSums(question: string): string {
  return question
    .replace(GRAND, (words, count: string) => {
      const many = countInWords(count);
      const half = /and a half/i.test(words) ? 500 : 0;
      return String(Math.round(many * 1000) + half);
    })
    .replace(PART_OF, (_words, part?: string, of?: string, whole?: string, scale?: string) => {
      if (part !== undefined)
        return String(((PARTS[part.toLowerCase()] ?? 25) * (SCALES[(of ?? '').toLowerCase()] ?? 0)) / 100);
      const many = countInWords(whole ?? '');
      return String((many + 0.5) * (SCALES[(scale ?? '').toLowerCase()] ?? 0));
    });
}
