import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { cluesOf } from '../../../src/vocabulary/clues-of-pattern.ts';
import { foldLetter } from '../../../src/vocabulary/fold-letter.ts';
import { mayMatch } from '../../../src/vocabulary/may-match.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

describe('what a pattern needs', () => {
  it.each<[RegExp, string[][]]>([
    [/\b(?:more|less) profitable than\b/gi, [['more profitable than', 'less profitable than']]],
    [/\bhow many (?:the |our )?orders?\b/i, [['how many the order', 'how many our order', 'how many order']]],
    [/\b(?:19|20)\d\d(?= so far)/, [[' so far'], ['0000']]],
    [/(?<=\d )pairs?(?! of)/, [['pair'], ['0 ']]],
    [/x+y{2,}z/, [['xy'], ['yz'], ['x']]],
    [/\b(\p{L}+) \1 back/iu, [[' back'], [' ']]],
    [/tea.*pot|coffee[- ]?pots?/i, [['tea', 'coffeepot', 'coffee-pot', 'coffee pot']]],
    [/[£$€]5[a-c]?\s/i, [['$0 ', '$0a ', '$0b ', '$0c ', '\u{7f}0 ', '\u{7f}0a ', '\u{7f}0b ', '\u{7f}0c ']]],
  ])('is derived from %s', (pattern, clues) => {
    const told = (all: readonly (readonly string[])[]): Set<string> =>
      new Set(all.map((one) => [...one].sort().join(' or ')));
    expect(told(cluesOf(pattern))).toEqual(told(clues));
  });

  it.each([
    /\w*/,
    /(?:late)?/i,
    /late|/,
    /[^a-z]$/,
    /[\p{L}&]/u,
    /\u{1f642}/u,
    /\x6c/,
    /(?!late)/,
    /(?<n>a)\k<n>/,
  ])('is not claimed of %s, which could match without', (pattern) => {
    expect(cluesOf(pattern)).toEqual([]);
  });

  it('is found in a text whatever signs the pattern takes for the same', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz0123456789 %-';
    for (let code = 0; code < 0x10000; code += 1) {
      const sign = String.fromCharCode(code);
      if (code < 0x80 || !new RegExp('[a-z\\s]', 'iu').test(sign)) continue;
      for (const letter of letters)
        if (new RegExp(letter === ' ' ? '\\s' : letter, 'iu').test(sign))
          expect([sign, foldLetter(code)]).toEqual([sign, letter]);
    }
    expect(mayMatch(/kiosk sales/iu, 'KIO\u{17f}\u{212a} SALE\u{17f}')).toBe(true);
    expect(mayMatch(/in\s2026/, 'in\u{a0}1999')).toBe(true);
    expect(mayMatch(/in\s2026/, 'on 2026')).toBe(false);
  });
});

describe('rewriting a question', () => {
  it('leaves no pattern out that would have matched', async () => {
    const { plain, usualWording } = await withEachPatternTried();
    const questions = devQuestions().filter((_, at) => at % 16 === 0);
    expect(questions.length).toBeGreaterThan(40);
    for (const question of [...questions, ...shuffled(questions)]) usualWording(plain(question));
  });
});

type Rewriting = { plain: (text: string) => string; usualWording: (text: string) => string };

const CHECKING = `
  import { mayMatch as guess } from 'the real one';
  export function mayMatch(pattern, text) {
    if (guess(pattern, text)) return true;
    if (text.search(pattern) >= 0) throw new Error(pattern + ' was ruled out of: ' + text);
    return false;
  }`;

/** The whole rewriting, where a pattern that was ruled out and matches none the less is an error. */
async function withEachPatternTried(): Promise<Rewriting> {
  const resolveDir = path('src/vocabulary');
  const outfile = join(mkdtempSync(join(tmpdir(), 'plumbline-patterns-')), 'rewriting.mjs');
  const checked: Plugin = {
    name: 'checked',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^the real one$/ }, () => ({ path: join(resolveDir, 'may-match.ts') }));
      onResolve({ filter: /may-match\.ts$/ }, () => ({ path: 'checking', namespace: 'checking' }));
      onLoad({ filter: /./, namespace: 'checking' }, () => ({ contents: CHECKING, resolveDir }));
    },
  };
  const contents = `export * from './plain-question.ts'; export * from './usual-wording.ts';`;
  await build({ stdin: { contents, resolveDir }, bundle: true, format: 'esm', outfile, plugins: [checked] });
  return (await import(/* @vite-ignore */ outfile)) as Rewriting;
}

function devQuestions(): string[] {
  const folder = path('test/evals/dev');
  return readdirSync(folder)
    .flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n'))
    .map((line) => (JSON.parse(line) as { question: string }).question);
}

/** Halves of questions put together anew, in capitals and in Unicode's other spaces. */
function shuffled(questions: readonly string[]): string[] {
  return questions.map((question, at) => {
    const other = questions[(at * 7 + 3) % questions.length] ?? '';
    const mixed = `${question.slice(0, question.length / 2)} ${other.slice(other.length / 2)}`;
    return at % 3 === 0 ? mixed.toUpperCase() : at % 3 === 1 ? mixed.replaceAll('s', '\u{17f}') : mixed;
  });
}
