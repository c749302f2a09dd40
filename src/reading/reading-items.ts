import type { Role } from '../vocabulary/understand-function-words.ts';
import type { Meaning, Tile } from './tile.ts';

export type Item = { tile: Tile; meaning: Meaning; used: boolean; start: number; end: number };

export function is(item: Item | undefined, ...roles: Role[]): boolean {
  return item?.meaning.kind === 'role' && roles.includes(item.meaning.role);
}

export function isStop(item: Item): boolean {
  return is(item, 'stop');
}

/** The nearest item before (or after) that is more than a small word. */
export function beside(items: Item[], at: number, step: 1 | -1): number {
  let next = at + step;
  while (items[next] !== undefined && isStop(items[next] as Item)) next += step;
  return next;
}

export function metricOf(one: Tile): string | undefined {
  const found = one.meanings.find((meaning) => meaning.kind === 'metric');
  return found?.kind === 'metric' ? found.name : undefined;
}

export function dimensionOf(one: Tile): string | undefined {
  const found = one.meanings.find((meaning) => meaning.kind === 'dimension');
  return found?.kind === 'dimension' ? found.name : undefined;
}

export function valueOf(one: Tile): Extract<Meaning, { kind: 'value' }> | undefined {
  const found = one.meanings.find((meaning) => meaning.kind === 'value');
  return found?.kind === 'value' ? found : undefined;
}

export function isBetweenUsed(items: Item[], at: number): boolean {
  return items[beside(items, at, -1)] !== undefined && items[beside(items, at, 1)]?.used === true;
}
