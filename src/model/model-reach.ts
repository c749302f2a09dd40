import type { SemanticModel } from './semantic-model.ts';

/** Which dimensions and segments a metric can be broken down by without repeating rows. */
export type Reach = {
  dimension(metric: string, dimension: string): boolean;
  segment(metric: string, segment: string): boolean;
};

export function createReach(model: SemanticModel): Reach {
  const joined = new Map<string, Set<string>>();
  for (const name of model.entities.keys()) joined.set(name, reachableFrom(name, model));
  const parts = new Map<string, { entity: string; timed: boolean }[][]>();

  /** For each simple metric inside: its alternative measures. */
  const measuresOf = (metric: string, depth = 0): { entity: string; timed: boolean }[][] => {
    const known = parts.get(metric);
    if (known) return known;
    const found = model.metrics.get(metric);
    if (!found || depth > 6) return [];
    const inner =
      found.kind === 'simple'
        ? [found.measures.map((one) => ({ entity: one.entity, timed: one.time !== null }))]
        : found.kind === 'ratio'
          ? [found.numerator, found.denominator].flatMap((name) => measuresOf(name, depth + 1))
          : [...found.plus, ...found.minus].flatMap((name) => measuresOf(name, depth + 1));
    parts.set(metric, inner);
    return inner;
  };
  const covers = (metric: string, sources: readonly string[]): boolean => {
    const needed = sources.map((source) => entitiesIn(source, model));
    return measuresOf(metric).every((alternatives) =>
      alternatives.some((measure) =>
        needed.some((entities) =>
          [...entities].every((entity) =>
            entity === 'dates' ? measure.timed : joined.get(measure.entity)?.has(entity) === true,
          ),
        ),
      ),
    );
  };
  const cache = new Map<string, boolean>();
  const remembered = (key: string, compute: () => boolean): boolean => {
    const known = cache.get(key);
    if (known !== undefined) return known;
    const value = compute();
    cache.set(key, value);
    return value;
  };
  return {
    dimension: (metric, dimension) =>
      remembered(`d ${metric} ${dimension}`, () =>
        covers(metric, model.dimensions.get(dimension)?.sources ?? []),
      ),
    segment: (metric, segment) =>
      remembered(`s ${metric} ${segment}`, () => covers(metric, model.segments.get(segment)?.sources ?? [])),
  };
}

function reachableFrom(start: string, model: SemanticModel): Set<string> {
  const seen = new Set([start]);
  const queue = [start];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const join of model.entities.get(name)?.joins ?? []) {
      if (join.cardinality === 'one-to-many' || seen.has(join.to)) continue;
      seen.add(join.to);
      queue.push(join.to);
    }
  }
  return seen;
}

function entitiesIn(source: string, model: SemanticModel): Set<string> {
  const found = new Set<string>();
  for (const match of source.matchAll(/([a-z_]+)\.[a-z_]+/g)) {
    const name = match[1] ?? '';
    if (model.entities.has(name)) found.add(name);
  }
  return found;
}
