/** The number that a row has in a column; NaN when blank or none. */
export type NumberAt = (at: number) => number;

export type Control = { column: number; says: number; rows: number; agrees: boolean };

type Match = { agreeing: number; rows: number; control: Control[] };

export type RunningSums = ReturnType<typeof runningSums>;

/** Sums since the last sub-total, since the beginning, and of the sub-totals. */
export function runningSums(amounts: number[]) {
  const zero = () => new Map(amounts.map((column) => [column, 0]));
  let section = zero();
  const all = zero();
  const subtotals = zero();
  let last = new Map<number, number>();
  const sections: Map<number, number>[] = [];
  let rows = 0;
  let allRows = 0;
  return {
    /** Adds what a row has in each of the columns, of which `numbers` tell. */
    add(at: number, numbers: readonly NumberAt[]) {
      for (let amount = 0; amount < amounts.length; amount++) {
        const column = amounts[amount] as number;
        const value = numbers[amount]?.(at) || 0;
        section.set(column, (section.get(column) ?? 0) + value);
        all.set(column, (all.get(column) ?? 0) + value);
      }
      rows++;
      allRows++;
    },
    match(values: { column: number; value: number }[]): Match {
      let agreeing = 0;
      let most = 0;
      const control = values.map(({ column, value }) => {
        const candidates = [
          { sum: section.get(column) ?? 0, rows },
          { sum: all.get(column) ?? 0, rows: allRows },
          { sum: subtotals.get(column) ?? 0, rows: allRows },
          { sum: last.get(column) ?? Number.NaN, rows: 2 },
          { sum: firstLessRest(sections, column), rows: 2 },
        ];
        const found = candidates.find((candidate) => candidate.rows > 0 && isSame(candidate.sum, value));
        if (found && value !== 0) {
          agreeing++;
          most = Math.max(most, found.rows);
        }
        const sum = found?.sum ?? (rows > 0 ? section.get(column) : all.get(column)) ?? 0;
        return { column, says: value, rows: sum, agrees: found !== undefined };
      });
      return { agreeing, rows: most, control };
    },
    closeSection(values: { column: number; value: number }[]) {
      if (rows > 0) sections.push(section);
      if (rows > 0)
        for (const column of amounts)
          subtotals.set(column, (subtotals.get(column) ?? 0) + (section.get(column) ?? 0));
      last = new Map(values.map(({ column, value }) => [column, value]));
      section = zero();
      rows = 0;
    },
    /** Nothing since the last total: what says that it is one, too, sums up nothing. */
    isSectionEmpty: () => rows === 0 && allRows > 0,
    startSection() {
      section = zero();
      rows = 0;
    },
  };
}

/** Income less expenses. */
function firstLessRest(sections: Map<number, number>[], column: number): number {
  if (sections.length < 2) return Number.NaN;
  return sections.reduce(
    (result, section, at) => result + (at === 0 ? 1 : -1) * (section.get(column) ?? 0),
    0,
  );
}

/** To the cent; sums of many doubles drift a little. */
export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.005 + Math.abs(b) * 1e-9;
}
