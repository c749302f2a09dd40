/** What stands for every digit, every white space, and every letter or mark beyond ASCII. */
export const DIGIT = '0';
export const SPACE = ' ';
const OTHER = '\u{7f}';

/**
 * One sign for all that a pattern takes as the same: no case, one digit, one space. Two signs that any pattern, whatever its
 * flags, takes for one another fold alike; the long s and the sign of Kelvin are an s and a k to a pattern with `iu`.
 */
export function foldLetter(code: number): string {
  if (code >= 48 && code <= 57) return DIGIT;
  if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
  if (code > 32 && code < 127) return String.fromCharCode(code);
  if (code === 0x17f) return 's';
  if (code === 0x212a) return 'k';
  return WHITE.test(String.fromCharCode(code)) ? SPACE : OTHER;
}

const WHITE = /\s/;
