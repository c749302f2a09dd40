/** Who is to be forgotten, as texts by which traces are known. */
export type Subject = {
  /** Each name of the person in the company's systems, and what stands in its place from now on. */
  pseudonyms: ReadonlyMap<string, string>;
  /** Name, e-mail address, telephone number, postcode: what stands beside such a name becomes empty. */
  values: readonly string[];
};

/** Whether a cell holds a name of the person, and what takes its place. */
export function pseudonymOf(cell: string, { pseudonyms }: Subject): string | undefined {
  const text = cell.trim();
  // Spreadsheets write whole numbers as '17850.0'.
  return pseudonyms.get(text) ?? (/^\d+\.0$/.test(text) ? pseudonyms.get(text.slice(0, -2)) : undefined);
}

export function isValueOf(cell: string, { values }: Subject): boolean {
  const text = cell.trim().toLowerCase();
  return text !== '' && values.some((value) => value.trim().toLowerCase() === text);
}

/** Whether a sentence or a record tells of the person: by a name as a word of its own, or by a telling value. */
export function mentions(text: string, { pseudonyms, values }: Subject): boolean {
  const telling = values.filter((value) => value.length >= 6 && /[\s@\d]/.test(value.trim()));
  return (
    [...pseudonyms.keys()].some((name) => hasWord(text, name)) ||
    telling.some((value) => hasWord(text.toLowerCase(), value.trim().toLowerCase()))
  );
}

function hasWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isWordLetter(text[at - 1]) && !isWordLetter(text[at + word.length])) return true;
  return false;
}

function isWordLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);
}
