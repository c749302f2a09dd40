import { daysBetween } from '../domain/day.ts';
import { type Slice, type WatchedData, WHOLE } from './sales-cells.ts';
import type { Unusual } from './unusual.ts';
import { amountIn } from './window-amounts.ts';

/** From this share on, a part is what explains the whole. */
const MOST_OF_IT = 0.6;
const SOME_OF_IT = 0.3;
const LITTLE = 0.2;

/**
 * One finding a cause: a branch that fails is told once, and not once more for each category, nor as a fall of the
 * company. What a finding explains is named in it (`absorbed`), and each says where most of it is (`part`).
 */
export function oneForEachCause(found: Unusual[], data: WatchedData): Unusual[] {
  const groups = new Map<string, Unusual[]>();
  for (const each of found) {
    const group = `${each.watched}-${each.direction}`;
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => ofOneKind(group, data));
}

function ofOneKind(group: Unusual[], data: WatchedData): Unusual[] {
  const kept = new Map(group.map((each) => [each.key, { ...each, absorbed: [] as string[] }]));
  const at = (level: Unusual['level']): Unusual[] =>
    [...kept.values()].filter((each) => each.level === level).sort((a, b) => b.money - a.money);
  const absorb = (gone: Unusual, by: Unusual): void => {
    if (!kept.delete(gone.key)) return;
    by.absorbed.push(gone.name, ...gone.absorbed);
  };

  for (const category of at('category')) {
    const branch = mainCause(category, at('branch'), data);
    if (branch) absorb(category, branch);
  }
  for (const branch of at('branch')) {
    const category = mainCause(branch, at('category'), data);
    if (category) absorb(branch, category);
  }
  const [company] = at('company');
  if (company) {
    const parts = [...at('branch'), ...at('category')];
    const cause = mainCause(company, parts, data);
    if (cause) absorb(company, cause);
    // What falls about as much as the company does is part of its fall.
    else for (const part of parts) if (changeOf(part) <= 1.6 * changeOf(company)) absorb(part, company);
  }
  const higher = [...at('company'), ...at('category')];
  for (const product of at('product')) {
    const cause = higher.find(
      (each) => each.level === 'company' || each.slice.category === categoryOf(product, data),
    );
    if (cause) absorb(product, cause);
  }
  foldProducts(at('product'), data, absorb);
  return [...kept.values()].map((each) => ({ ...each, part: partOf(each, data) }));
}

/** The one of `causes` in which most of the change of `whole` is, in the window of `whole`. */
function mainCause(whole: Unusual, causes: Unusual[], data: WatchedData): Unusual | undefined {
  const change = changeIn(whole.slice, whole, data);
  if (change <= 0) return undefined;
  const { expected } = amountIn(whole.slice, whole, data);
  return causes
    .filter((cause) => {
      const inside = overlap(whole.slice, cause.slice);
      const explained = changeIn(inside, whole, data);
      const restExpected = expected - amountIn(inside, whole, data).expected;
      // Most of it is there, or what is left without it is not much of a change.
      return (
        explained / change >= MOST_OF_IT ||
        (explained / change >= SOME_OF_IT && change - explained < restExpected * LITTLE)
      );
    })
    .sort((a, b) => b.money - a.money)[0];
}

/** Products of one category for one reason: the largest is told and names the others. */
function foldProducts(
  products: Unusual[],
  data: WatchedData,
  absorb: (gone: Unusual, by: Unusual) => void,
): void {
  const first = new Map<string, Unusual>();
  for (const product of products) {
    const category = categoryOf(product, data);
    const told = first.get(category);
    if (told) absorb(product, told);
    else first.set(category, product);
  }
}

export function categoryOf(product: Unusual, data: WatchedData): string {
  return data.products.find((cell) => cell.product === product.slice.product)?.category ?? '';
}

function overlap(a: Slice, b: Slice): Slice {
  return {
    branch: a.branch ?? b.branch,
    category: a.category ?? b.category,
    product: a.product ?? b.product,
  };
}

/** How far a slice is off in the window, in the direction of the finding; in revenue, or in returned units. */
function changeIn(slice: Slice, window: Unusual, data: WatchedData): number {
  const { actual, expected } = amountIn(slice, window, data);
  return window.direction === 'fall' ? expected - actual : actual - expected;
}

function changeOf(unusual: Unusual): number {
  const [figure] = unusual.figures;
  return figure && figure.expected > 0 ? Math.abs(figure.actual / figure.expected - 1) : 0;
}

/** By category within a branch; by branch within a category or the company. Only when it is much of the change. */
function partOf(whole: Unusual, data: WatchedData): Unusual['part'] {
  if (whole.level === 'product' || daysBetween(whole.from, whole.last) < 0) return null;
  const total = changeIn(whole.slice, whole, data);
  if (total <= 0) return null;
  const cells = whole.watched === 'returns' ? data.returns : data.now.sales;
  const parts = (
    what: 'branch' | 'category' | 'product',
  ): { what: string; name: string; share: number }[] => {
    if (what === 'product' && whole.watched !== 'returns') return [];
    const values = new Set(
      cells.map((cell) => (what === 'product' ? ('product' in cell ? cell.product : '') : cell[what])),
    );
    if (values.size < 2) return [];
    return [...values].filter(Boolean).map((value) => ({
      what,
      name: what === 'branch' ? (data.branchNames.get(value) ?? value) : value,

      share: changeIn(overlap(whole.slice, { ...WHOLE, [what]: value }), whole, data) / total,
    }));
  };
  const candidates = [
    ...(whole.slice.branch === null ? parts('branch') : []),
    ...(whole.slice.category === null ? parts('category') : []),
    ...parts('product'),
  ];
  const [largest] = candidates.sort((a, b) => b.share - a.share);
  return largest && largest.share >= 0.3 ? { ...largest, share: Math.min(1, largest.share) } : null;
}
