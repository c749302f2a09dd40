/** What the cells of a column of the file must be, or nothing; `text` has no space at its ends. */
export type CellKind = 'text' | 'number' | 'integer' | 'day' | 'timestamp';

/** A finite automaton over the bytes of a file: `next[state * 256 + byte]`; state 0 is never left, a line begins in `first`. */
export type PlainScan = { next: Uint16Array; first: number; ends: ReadonlySet<number> };

const SPACE = 32;
const DELETE = 127;
const INTEGER_DIGITS = 9;
const DIGITS_BEFORE = 13;
const DIGITS_AFTER = 4;

/**
 * Says of a whole text whether each line has just these cells and each cell is of its kind, in one table look-up a byte.
 * It begins after the header. A quotation mark or a control character anywhere is no.
 */
export function compilePlainScan(
  kinds: readonly CellKind[],
  { delimiter, quote }: { delimiter: string; quote: string | null },
): PlainScan {
  const rows: Uint16Array[] = [new Uint16Array(256)];
  const add = (): number => rows.push(new Uint16Array(256)) - 1;
  const on = (state: number, bytes: string, to: number): void => {
    for (const byte of bytes) (rows[state] as Uint16Array)[byte.charCodeAt(0)] = to;
  };
  const starts = kinds.map(() => add());
  const [row = 0] = starts;
  const ends = new Set<number>([row]);
  kinds.forEach((kind, i) => {
    const isLast = i === kinds.length - 1;
    const follows = isLast ? row : (starts[i + 1] as number);
    const closing = isLast ? '\n' : delimiter;
    const ending = (state: number): void => {
      on(state, closing, follows);
      if (isLast) ends.add(state);
    };
    const start = starts[i] as number;
    ending(start);
    if (kind === 'text') addText({ add, rows, ending }, start, [delimiter, quote ?? '']);
    else if (kind === 'number') addNumber({ add, on, ending }, start, DIGITS_BEFORE, DIGITS_AFTER);
    else if (kind === 'integer') addNumber({ add, on, ending }, start, INTEGER_DIGITS, 0);
    else {
      const day = addDay({ add, on }, start);
      ending(kind === 'day' ? day : addClock({ add, on }, day));
    }
  });

  const next = new Uint16Array(rows.length * 256);
  rows.forEach((each, state) => {
    next.set(each, state * 256);
  });
  return { next, first: row, ends };
}

type Build = {
  add(): number;
  on(state: number, bytes: string, to: number): void;
  ending(state: number): void;
};

const DIGITS = '0123456789';

function addText(
  { add, rows, ending }: Pick<Build, 'add' | 'ending'> & { rows: Uint16Array[] },
  start: number,
  never: string[],
): void {
  const [inside, afterSpace] = [add(), add()];
  const isNever = (byte: number) =>
    byte < SPACE || byte === DELETE || never.some((mark) => mark.charCodeAt(0) === byte);
  for (let byte = 0; byte < 256; byte += 1) {
    if (isNever(byte)) continue;
    const to = byte === SPACE ? afterSpace : inside;
    (rows[inside] as Uint16Array)[byte] = to;
    (rows[afterSpace] as Uint16Array)[byte] = to;
    if (byte !== SPACE) (rows[start] as Uint16Array)[byte] = inside;
  }
  ending(inside);
}

function addNumber({ add, on, ending }: Build, start: number, before: number, after: number): void {
  const minus = add();
  on(start, '-', minus);
  let froms = [start, minus];
  const wholes: number[] = [];
  for (let i = 0; i < before; i += 1) {
    const digit = add();
    for (const from of froms) on(from, DIGITS, digit);
    ending(digit);
    wholes.push(digit);
    froms = [digit];
  }
  if (after === 0) return;
  let last = add();
  for (const whole of wholes) on(whole, '.', last);
  for (let i = 0; i < after; i += 1) {
    const digit = add();
    on(last, DIGITS, digit);
    ending(digit);
    last = digit;
  }
}

/** A day of 1900 to 2199 that there is, as YYYY-MM-DD; gives the state after it. */
function addDay({ add, on }: Pick<Build, 'add' | 'on'>, start: number): number {
  const [one, two, leap, common, end] = [add(), add(), add(), add(), add()];
  on(start, '1', one);
  on(start, '2', two);
  for (const [from, digit, leapsAtZero] of [
    [one, '9', false],
    [two, '0', true],
    [two, '1', false],
  ] as const) {
    const [century, none, even, odd] = [add(), add(), add(), add()];
    on(from, digit, century);
    on(century, '02468', even);
    on(century, '13579', odd);
    if (!leapsAtZero) on(century, '0', none);
    for (const decade of [none, even, odd]) on(decade, DIGITS, common);
    on(even, '048', leap);
    on(none, '48', leap);
    on(odd, '26', leap);
  }
  for (const [year, february] of [
    [leap, 29],
    [common, 28],
  ] as const)
    addMonthAndDay({ add, on }, year, february, end);
  return end;
}

function addMonthAndDay(
  { add, on }: Pick<Build, 'add' | 'on'>,
  year: number,
  february: number,
  end: number,
): void {
  const [month, zero, one] = [add(), add(), add()];
  on(year, '-', month);
  on(month, '0', zero);
  on(month, '1', one);
  const daysOf = (days: number): number => {
    const [after, day, early, middle, twenties, late] = [add(), add(), add(), add(), add(), add()];
    on(after, '-', day);
    on(day, '0', early);
    on(day, '1', middle);
    on(day, '2', twenties);
    on(early, '123456789', end);
    on(middle, DIGITS, end);
    on(twenties, days === 28 ? '012345678' : DIGITS, end);
    if (days > 29) {
      on(day, '3', late);
      on(late, days === 31 ? '01' : '0', end);
    }
    return after;
  };
  const [long, short] = [daysOf(31), daysOf(30)];
  on(zero, '13578', long);
  on(zero, '469', short);
  on(zero, '2', daysOf(february));
  on(one, '02', long);
  on(one, '1', short);
}

/** A space and HH:MM:SS. */
function addClock({ add, on }: Pick<Build, 'add' | 'on'>, day: number): number {
  const [hour, low, high, afterHour] = [add(), add(), add(), add()];
  on(day, ' ', hour);
  on(hour, '01', low);
  on(hour, '2', high);
  on(low, DIGITS, afterHour);
  on(high, '0123', afterHour);
  let last = afterHour;
  for (let i = 0; i < 2; i += 1) {
    const [colon, tens, ones] = [add(), add(), add()];
    on(last, ':', colon);
    on(colon, '012345', tens);
    on(tens, DIGITS, ones);
    last = ones;
  }
  return last;
}
