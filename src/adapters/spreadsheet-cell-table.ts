/** Where the same bytes were seen before in a column, and what was made of them. */
export type CellTable = {
  /** The code of the cell whose bytes are those from `from` to `to`; 0 when they are new. */
  find(hash: number, from: number, to: number): number;
  keep(hash: number, from: number, to: number, code: number): void;
};

/** After so many others in its place, what is looked for is taken as new: nobody can make a search long. */
const MOST_LOOKS = 32;

/** Texts are compared as the bytes that they are in the file, so a cell that was seen before costs no text. */
export function cellTable(bytes: Uint8Array): CellTable {
  let slots = new Int32Array(64);
  let mask = 63;
  let kept = 0;
  /** Of each entry, counted from 1: its hash, where its bytes stand, how many they are, its code. */
  let entries = new Int32Array(4 * 64);
  const place = (hash: number, entry: number) => {
    let slot = hash & mask;
    for (let look = 0; look < MOST_LOOKS && slots[slot] !== 0; look++) slot = (slot + 1) & mask;
    if (slots[slot] === 0) slots[slot] = entry;
  };
  const grow = () => {
    const longer = new Int32Array(entries.length * 2);
    longer.set(entries);
    entries = longer;
    slots = new Int32Array(slots.length * 2);
    mask = slots.length - 1;
    for (let entry = 1; entry <= kept; entry++) place(entries[entry * 4] as number, entry);
  };
  return {
    find(hash, from, to) {
      let slot = hash & mask;
      for (let look = 0; look < MOST_LOOKS; look++) {
        const entry = slots[slot] as number;
        if (entry === 0) return 0;
        const at = entry * 4;
        if (
          entries[at] === hash &&
          entries[at + 2] === to - from &&
          areSame(bytes, entries[at + 1] as number, from, to)
        )
          return entries[at + 3] as number;
        slot = (slot + 1) & mask;
      }
      return 0;
    },
    keep(hash, from, to, code) {
      if ((kept + 1) * 2 > slots.length) grow();
      kept++;
      const at = kept * 4;
      entries[at] = hash;
      entries[at + 1] = from;
      entries[at + 2] = to - from;
      entries[at + 3] = code;
      place(hash, kept);
    },
  };
}

function areSame(bytes: Uint8Array, before: number, from: number, to: number): boolean {
  for (let at = from, other = before; at < to; at++, other++) if (bytes[at] !== bytes[other]) return false;
  return true;
}
