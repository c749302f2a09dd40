const WORDS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']; // prettier-ignore

/** 2 is 'second', 12 is '12th'. */
export function ordinal(place: number): string {
  const word = WORDS[place - 1];
  if (word !== undefined) return word;
  const tail = place % 100 > 10 && place % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${tail}`;
}

/** 'second' is 2; undefined for what is no place. */
export function placeOf(word: string): number | undefined {
  const at = WORDS.indexOf(word.toLowerCase());
  return at < 0 ? undefined : at + 1;
}
