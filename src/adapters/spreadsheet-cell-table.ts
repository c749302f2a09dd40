/** Which values were seen before in a column, and what was made of them. */
export type CellTable = {
  /** The code of the cell of this shape whose value is the bytes from `from` to `to`; 0 when it is new. */
  find(hash: number, shape: number, from: number, to: number): number;
  keep(hash: number, shape: number, from: number, to: number, code: number): void;
};

/** After so many others in its place, what is looked for is taken as new: nobody can make a search long. */
const MOST_LOOKS = 32;
/** Of each entry, counted from 1: its hash, its shape, where its bytes stand, how many they are, its code. */
const WIDTH = 5;

/** Values are compared as the bytes that they are in the file, so one that was seen before costs no text. */
export function cellTable(bytes: DataView): CellTable {
  let slots = new Int32Array(256);
  let mask = slots.length - 1;
  let kept = 0;
  let entries = new Int32Array(WIDTH * 128);
  const place = (hash: number, entry: number) => {
    let slot = hash & mask;
    for (let look = 0; look < MOST_LOOKS && slots[slot] !== 0; look++) slot = (slot + 1) & mask;
    if (slots[slot] === 0) slots[slot] = entry;
  };
  const grow = () => {
    const longer = new Int32Array(entries.length * 4);
    longer.set(entries);
    entries = longer;
    slots = new Int32Array(slots.length * 4);
    mask = slots.length - 1;
    for (let entry = 1; entry <= kept; entry++) place(entries[entry * WIDTH] as number, entry);
  };
  return {
    find(hash, shape, from, to) {
      let slot = hash & mask;
      for (let look = 0; look < MOST_LOOKS; look++) {
        const at = (slots[slot] as number) * WIDTH;
        if (at === 0) return 0;
        if (
          entries[at] === hash &&
          entries[at + 1] === shape &&
          entries[at + 3] === to - from &&
          areSame(bytes, entries[at + 2] as number, from, to)
        )
          return entries[at + 4] as number;
        slot = (slot + 1) & mask;
      }
      return 0;
    },
    keep(hash, shape, from, to, code) {
      if ((kept + 2) * 2 > slots.length) grow();
      kept++;
      const at = kept * WIDTH;
      entries[at] = hash;
      entries[at + 1] = shape;
      entries[at + 2] = from;
      entries[at + 3] = to - from;
      entries[at + 4] = code;
      place(hash, kept);
    },
  };
}

export function areSame(view: DataView, before: number, from: number, to: number): boolean {
  let at = from;
  let other = before;
  for (; at + 4 <= to; at += 4, other += 4) if (view.getInt32(at) !== view.getInt32(other)) return false;
  for (; at < to; at++, other++) if (view.getUint8(at) !== view.getUint8(other)) return false;
  return true;
}
