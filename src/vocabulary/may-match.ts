import { type Clue, cluesOf } from './clues-of-pattern.ts';
import { foldLetter } from './fold-letter.ts';

/**
 * False when the pattern cannot match the text, for letters that it needs are not there: hundreds of wordings are known, and
 * a question holds few of them. A look at this costs a hundredth of a try.
 */
export function mayMatch(pattern: RegExp, text: string): boolean {
  let needed = neededBy.get(pattern);
  if (needed === undefined) {
    needed = places(cluesOf(pattern));
    neededBy.set(pattern, needed);
  }
  if (text !== lookedThrough) lookThrough(text);
  return holdsAll(needed);
}

const neededBy = new WeakMap<RegExp, Uint16Array>();

/** Where a run of one to three signs is marked: two may share a place, so that a mark that is not there is sure, and no other. */
const PLACES = 1 << 14;
const marked = new Uint8Array(PLACES);

/** The text whose runs are marked now, and where. */
let lookedThrough = '';
let marks: number[] = [];

function lookThrough(text: string): void {
  for (const place of marks) marked[place] = 0;
  marks = [];
  lookedThrough = text;
  let last = 0;
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = folded(text.charCodeAt(at));
    mark(placeOf(0, 0, sign));
    mark(placeOf(0, last, sign));
    mark(placeOf(before, last, sign));
    before = last;
    last = sign;
  }
}

function mark(place: number): void {
  marked[place] = 1;
  marks.push(place);
}

/** Signs are ASCII, so 7 bits each. */
function placeOf(first: number, second: number, third: number): number {
  return ((first * 0x9e5 + second) * 0x9e5 + third) & (PLACES - 1);
}

const ASCII = Uint8Array.from({ length: 128 }, (_, code) => foldLetter(code).charCodeAt(0));

const folded = (code: number): number => ASCII[code] ?? foldLetter(code).charCodeAt(0);

/** Clues as numbers: each with its length before it, and so each of its texts, which is the places of its runs. */
function places(clues: readonly Clue[]): Uint16Array {
  const all: number[] = [];
  for (const clue of clues) {
    const start = all.push(0);
    for (const text of clue) addRuns(text, all);
    all[start - 1] = all.length - start;
  }
  return Uint16Array.from(all);
}

function addRuns(text: string, all: number[]): void {
  const sign = (at: number): number => text.charCodeAt(at);
  const runs = Math.max(1, text.length - 2);
  all.push(runs);
  if (text.length === 1) all.push(placeOf(0, 0, sign(0)));
  else if (text.length === 2) all.push(placeOf(0, sign(0), sign(1)));
  else for (let at = 2; at < text.length; at += 1) all.push(placeOf(sign(at - 2), sign(at - 1), sign(at)));
}

function holdsAll(needed: Uint16Array): boolean {
  let at = 0;
  while (at < needed.length) {
    const end = at + 1 + (needed[at] ?? 0);
    if (!holdsOne(needed, at + 1, end)) return false;
    at = end;
  }
  return true;
}

function holdsOne(needed: Uint16Array, from: number, end: number): boolean {
  let at = from;
  while (at < end) {
    const next = at + 1 + (needed[at] ?? 0);
    at += 1;
    while (at < next && marked[needed[at] ?? 0] === 1) at += 1;
    if (at === next) return true;
    at = next;
  }
  return false;
}
