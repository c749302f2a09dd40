import type { SemanticModel } from '../model/semantic-model.ts';

/** Of two amounts, or two numbers of the same things, one is a share of the other; else so much falls to each. */
export function isShareOf({ of, to }: { of: string; to: string }, model: SemanticModel): boolean {
  const [one, other] = [model.metrics.get(of)?.unit, model.metrics.get(to)?.unit];
  if (!one || !other || one.kind !== other.kind) return false;
  return one.kind !== 'count' || (other.kind === 'count' && one.of === other.of);
}

/** 'new customers' as one of them. */
export function singular(many: string): string {
  return many
    .replace(/ (?:sold|who bought)$/, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '');
}
