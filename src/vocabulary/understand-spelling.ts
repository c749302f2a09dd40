/** Finds known words near a misspelt one, without looking at every word. */
export type Spelling = { near(word: string): string[] };

const MOST_WORDS_FOR_TWO = 20_000;

/**
 * Indexes words by what is left after deleting a letter (two in long words). Memory grows with the number of
 * letters; a lookup touches only words that share a remainder.
 */
export function createSpelling(words: Iterable<string>): Spelling {
  const known = [...new Set(words)].filter((word) => /^\p{L}{4,24}$/u.test(word));
  const deep = known.length <= MOST_WORDS_FOR_TWO;
  const byRemainder = new Map<string, string[]>();
  for (const word of known) {
    for (const remainder of remainders(word, deep)) {
      const list = byRemainder.get(remainder);
      if (list) list.push(word);
      else byRemainder.set(remainder, [word]);
    }
  }
  return {
    near(word) {
      if (!/^\p{L}{4,24}$/u.test(word)) return [];
      let best = 3;
      let found: string[] = [];
      const seen = new Set<string>();
      for (const remainder of remainders(word, deep)) {
        for (const candidate of byRemainder.get(remainder) ?? []) {
          if (seen.has(candidate)) continue;
          seen.add(candidate);
          const distance = typoDistance(word, candidate);
          if (distance === undefined || distance > best) continue;
          if (distance < best) found = [];
          best = distance;
          found.push(candidate);
        }
      }
      return found.sort();
    },
  };
}

/**
 * How many slips of the hand part two words, or undefined when they are too far apart to be the same word:
 * the first letter must agree (or be swapped with the second), short words may not have a letter replaced.
 */
export function typoDistance(said: string, meant: string): number | undefined {
  if (said === meant) return 0;
  const shorter = Math.min(said.length, meant.length);
  if (shorter < 4) return undefined;
  const swapped = said[0] === meant[1] && said[1] === meant[0];
  if (said[0] !== meant[0] && !swapped) return undefined;
  const distance = editDistance(said, meant, 2);
  if (distance === undefined) return undefined;
  if (distance === 2 && shorter < 8) return undefined;
  // 'deadest' is no slip of 'dearest': of two superlatives each is a word of its own.
  const slipped = distance === 1 && (said.length !== meant.length || isTransposed(said, meant));
  if (!slipped && /est$/.test(said) && /est$/.test(meant)) return undefined;
  const replaced = distance === 1 && said.length === meant.length && !isTransposed(said, meant);
  if (replaced && shorter < 6) return undefined;
  if (distance === 1 && shorter === 4 && said.length !== meant.length && said.length < meant.length)
    return undefined;
  return distance;
}

function isTransposed(a: string, b: string): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Edits with neighbouring letters swapped counted as one; undefined above `limit`. */
export function editDistance(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return undefined;
    before = row;
    row = next;
  }
  const distance = row[b.length] ?? limit + 1;
  return distance <= limit ? distance : undefined;
}

function remainders(word: string, deep: boolean): Set<string> {
  const out = new Set<string>([word]);
  for (let at = 0; at < word.length; at += 1) {
    const once = word.slice(0, at) + word.slice(at + 1);
    out.add(once);
    if (!deep || word.length < 8) continue;
    for (let next = at; next < once.length; next += 1) out.add(once.slice(0, next) + once.slice(next + 1));
  }
  return out;
}
