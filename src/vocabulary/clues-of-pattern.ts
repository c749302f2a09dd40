import { DIGIT, foldLetter, SPACE } from './fold-letter.ts';

/** Texts (folded, see `foldLetter`) of which a text must hold at least one to match. */
export type Clue = readonly string[];

/** `exact`: all that this part of a pattern can stand for, where that is little. `clues`: what must be there for it to match, anywhere. */
type Part = { exact: readonly string[] | null; clues: readonly Clue[] };

const NOTHING: Part = { exact: [''], clues: [] };
const ANYTHING: Part = { exact: null, clues: [] };
const MOST_TEXTS = 24;
const MOST_CLUES = 6;

/**
 * What a text must hold for a pattern to match it: every clue, each in one of its texts. A text that lacks one needs not be
 * tried. Derived from the pattern's own source and careful: of what is not understood here nothing is claimed (no clues).
 */
export function cluesOf(pattern: RegExp): readonly Clue[] {
  const reader: Reader = { source: pattern.source, at: 0, byCodePoint: /[uv]/.test(pattern.flags) };
  const whole = alternatives(reader);
  const isRead = reader.at === reader.source.length && !pattern.flags.includes('v');
  return isRead ? best([...whole.clues, ...clueOf(whole.exact)]) : [];
}

type Reader = { source: string; at: number; byCodePoint: boolean };

/** Beyond the end: no more of the pattern is read, and nothing is claimed of any of it. */
function giveUp(reader: Reader): Part {
  reader.at = Number.POSITIVE_INFINITY;
  return ANYTHING;
}

function alternatives(reader: Reader): Part {
  const found = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at += 1;
    found.push(sequence(reader));
  }
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  const exact = found.every((one) => one.exact) ? unique(found.flatMap((one) => one.exact ?? [])) : null;
  if (exact && exact.length <= MOST_TEXTS) return { exact, clues: [] };
  const each = found.map((one) => best([...one.clues, ...clueOf(one.exact)])[0]);
  return { exact: null, clues: each.every((one) => one) ? [shortest(each.flatMap((one) => one ?? []))] : [] };
}

/** Parts that follow one another: what is exact grows together, until a part comes that can stand for anything. */
function sequence(reader: Reader): Part {
  const clues: Clue[] = [];
  let run: readonly string[] = [''];
  let isWhole = true;
  const cut = (next: readonly string[]): void => {
    clues.push(...clueOf(run));
    run = next;
    isWhole = false;
  };
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] ?? '')) {
    const one = piece(reader);
    clues.push(...one.clues);
    if (!one.exact) cut(['']);
    else if (run.length * one.exact.length > MOST_TEXTS) cut(one.exact);
    else run = crossed(run, one.exact);
    if (one.repeats) cut(one.exact ?? ['']);
  }
  if (isWhole) return { exact: run, clues };
  return { exact: null, clues: [...clues, ...clueOf(run)] };
}

/** An atom with how often it stands; `repeats`: once or more often, so that what follows it follows its last time. */
function piece(reader: Reader): Part & { repeats?: boolean } {
  const one = atom(reader);
  const times = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at, reader.at + 12))?.[0];
  if (times === undefined) return one;
  reader.at += times.length;
  const [least = 0, most = Number.POSITIVE_INFINITY] = bounds(times);
  if (least === 0) {
    const exact = most === 1 && one.exact ? unique([...one.exact, '']) : null;
    return { exact: most === 0 ? [''] : exact, clues: [] };
  }
  return most === 1 ? one : { ...one, repeats: true };
}

function bounds(times: string): (number | undefined)[] {
  if (times.startsWith('?')) return [0, 1];
  if (times.startsWith('*')) return [0];
  if (times.startsWith('+')) return [1];
  const [, least, comma, most] = /\{(\d+)(,?)(\d*)/.exec(times) ?? [];
  return [Number(least), most ? Number(most) : comma ? undefined : Number(least)];
}

function atom(reader: Reader): Part {
  const { source } = reader;
  const letters = plainLetters(reader);
  if (letters !== '') return { exact: [letters], clues: [] };
  const sign = source[reader.at] ?? '';
  if (sign === '(') return group(reader);
  if (sign === '[') return oneOf(reader);
  if (sign === '\\') return escaped(reader);
  if (sign === '' || '?*+{}]'.includes(sign)) return giveUp(reader);
  const code = source.codePointAt(reader.at) ?? 0;
  const length = reader.byCodePoint && code > 0xffff ? 2 : 1;
  const text = source.slice(reader.at, reader.at + length);
  reader.at += length;
  if (sign === '.') return ANYTHING;
  if (sign === '^' || sign === '$') return NOTHING;
  return { exact: [folded(text)], clues: [] };
}

/** As many letters as stand for themselves; the last before a sign of how often is left to be read alone. */
function plainLetters(reader: Reader): string {
  PLAIN.lastIndex = reader.at;
  const letters = PLAIN.exec(reader.source)?.[0] ?? '';
  reader.at += letters.length;
  return letters;
}

const PLAIN = /[a-z ,%-]+(?![?*+{])/y;

/** What is looked for behind or ahead must be there, and takes no room; what must not be there says nothing. */
function group(reader: Reader): Part {
  const start = /^\((?:\?(?::|=|!|<=|<!|<[A-Za-z_$][\w$]*>))?/.exec(
    reader.source.slice(reader.at, reader.at + 60),
  )?.[0];
  if (start === undefined || (start === '(' && reader.source[reader.at + 1] === '?')) return giveUp(reader);
  reader.at += start.length;
  const inside = alternatives(reader);
  if (reader.source[reader.at] !== ')') return giveUp(reader);
  reader.at += 1;
  if (start.endsWith('!')) return NOTHING;
  if (/[<?]=$/.test(start)) return { exact: [''], clues: [...inside.clues, ...clueOf(inside.exact)] };
  return inside;
}

function escaped(reader: Reader): Part {
  const sign = reader.source[reader.at + 1] ?? '';
  reader.at += 2;
  if (/[bB]/.test(sign)) return NOTHING;
  if (sign === 'd') return { exact: [DIGIT], clues: [] };
  if (/[stnrfv]/.test(sign)) return { exact: [SPACE], clues: [] };
  if (/[1-9]/.test(sign)) {
    reader.at += /^\d*/.exec(reader.source.slice(reader.at))?.[0].length ?? 0;
    return ANYTHING;
  }
  if (/[pP]/.test(sign) && reader.byCodePoint) {
    const property = /^\{[^}]*\}/.exec(reader.source.slice(reader.at))?.[0];
    if (property === undefined) return giveUp(reader);
    reader.at += property.length;
    return ANYTHING;
  }
  if (/[DSwW]/.test(sign)) return ANYTHING;
  if (/[\p{L}\p{N}]/u.test(sign) || sign === '') return giveUp(reader);
  return { exact: [folded(sign)], clues: [] };
}

/** `[ab]` is a or b; a class that is wide, or says what may not stand there, is anything. */
function oneOf(reader: Reader): Part {
  const inside = /^\[((?:[^\]\\]|\\.)*)\]/su.exec(reader.source.slice(reader.at))?.[1];
  if (inside === undefined) return giveUp(reader);
  reader.at += inside.length + 2;
  const signs: string[] = [];
  for (const [item, escape, from, to] of inside.matchAll(IN_CLASS)) {
    if (escape !== undefined) signs.push(escapedSign(escape));
    else if (from !== undefined && to !== undefined) signs.push(...between(from, to));
    else signs.push(item);
  }
  const isWide = inside.startsWith('^') || signs.some((one) => !/^[\0-\u{d7ff}]$/u.test(one));
  return isWide ? ANYTHING : { exact: unique(signs.map(folded)), clues: [] };
}

/** Of a class that no sign stands for, '': it is wide. */
const escapedSign = (letter: string): string =>
  ({ d: DIGIT, s: SPACE, t: SPACE, n: SPACE, r: SPACE })[letter] ??
  (/[\p{L}\p{N}]/u.test(letter) ? '' : letter);

const IN_CLASS = /\\(.)|(.)-([^\\])|./gsu;

/** The letters of a short range; else something that is no letter. */
function between(from: string, to: string): string[] {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  if (DIGITS.test(from + to)) return [DIGIT];
  return last - first < 8
    ? Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at))
    : [''];
}

const DIGITS = /^\d+$/;

const folded = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => foldLetter(text.charCodeAt(at))).join('');

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

function crossed(run: readonly string[], next: readonly string[]): readonly string[] {
  const [only = '', ...others] = next;
  if (others.length > 0) return unique(run.flatMap((one) => next.map((other) => one + other)));
  return only === '' ? run : run.map((one) => one + only);
}

/** A clue of texts of which one is empty says nothing. */
function clueOf(exact: readonly string[] | null): Clue[] {
  return exact && !exact.includes('') ? [shortest(exact)] : [];
}

/** Without those that hold another one of them. */
function shortest(texts: readonly string[]): Clue {
  if (texts.length === 1) return texts;
  const all = unique(texts);
  return all.filter((one) => !all.some((other) => other !== one && one.includes(other)));
}

/** The clues that rule out most come first. */
function best(clues: readonly Clue[]): Clue[] {
  if (clues.length < 2) return [...clues];
  const judged = clues.map((clue) => ({ clue, chance: chance(clue) }));
  const inOrder = judged.sort((a, b) => a.chance - b.chance).map(({ clue }) => clue);
  return inOrder.slice(0, MOST_CLUES);
}

/** Roughly how likely a question holds it: short texts are in every question. */
function chance(clue: Clue): number {
  return clue.reduce((sum, one) => sum + (COMMON.test(one) ? 0.3 : 0.5 ** Math.min(one.length, 8)), 0);
}

/** Words that most questions have. */
const COMMON =
  /^[^a-z]*(?:how|what|which|the|our|of|in|we|much|many|how (?:much|many)|last|this|year|month|by|for|per|did|do|is|was)?[^a-z]*$/;
