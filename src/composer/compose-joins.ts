import { columnsOf } from '../model/check-semantic-model.ts';
import type { ModelEntity, ModelJoin, ModelMeasure, SemanticModel } from '../model/semantic-model.ts';
import type { Draft } from './compose-draft.ts';

const CALENDAR = 'dates';

type Step = { from: string; join: ModelJoin };

/** The alternative that the measure's entity reaches without repeating its rows; undefined when none is. */
export function reachableSource(
  model: SemanticModel,
  measure: ModelMeasure,
  sources: readonly string[],
): string | undefined {
  return sources.find((sql) =>
    columnsOf(sql).every(({ entity }) => pathTo(model, measure, entity) !== undefined),
  );
}

/** JOIN clauses for all entities that the expressions name, each once, and in the order they depend on. */
export function joinsFor(
  model: SemanticModel,
  measure: ModelMeasure,
  expressions: readonly string[],
  draft: Draft,
): string[] {
  readEntity(model, measure.entity, draft);
  const clauses = new Map<string, string>();
  for (const sql of expressions) {
    for (const { entity } of columnsOf(sql)) {
      for (const step of pathTo(model, measure, entity) ?? []) {
        if (clauses.has(step.join.to)) continue;
        readEntity(model, step.join.to, draft);
        const on = step.join.on.map(([ours, theirs]) => `${step.join.to}.${theirs} = ${step.from}.${ours}`);
        clauses.set(step.join.to, `left join ${step.join.to} on ${on.join(' and ')}`);
      }
    }
  }
  return [...clauses.values()];
}

/** Ways that were found before, per set of entities. */
const waysOf = new WeakMap<SemanticModel['entities'], Map<string, Step[] | undefined>>();

/** Shortest way over joins that keep one row one row. The calendar is joined on the measure's own date. */
function pathTo(model: SemanticModel, measure: ModelMeasure, target: string): Step[] | undefined {
  const ways = waysOf.get(model.entities) ?? new Map<string, Step[] | undefined>();
  waysOf.set(model.entities, ways);
  const key = `${measure.entity} ${measure.as_of ? '' : (measure.time ?? '')} ${target}`;
  if (!ways.has(key)) ways.set(key, findPath(model, measure, target));
  return ways.get(key);
}

function findPath(model: SemanticModel, measure: ModelMeasure, target: string): Step[] | undefined {
  if (target === measure.entity) return [];
  if (target === CALENDAR) {
    if (!measure.time || measure.as_of) return undefined;
    const join: ModelJoin = { to: CALENDAR, on: [[measure.time, 'date_day']], cardinality: 'many-to-one' };
    return [{ from: measure.entity, join }];
  }
  const queue: { entity: string; steps: Step[] }[] = [{ entity: measure.entity, steps: [] }];
  const seen = new Set([measure.entity]);
  for (let here = queue.shift(); here; here = queue.shift()) {
    for (const join of model.entities.get(here.entity)?.joins ?? []) {
      if (join.cardinality === 'one-to-many' || seen.has(join.to)) continue;
      const steps = [...here.steps, { from: here.entity, join }];
      if (join.to === target) return steps;
      seen.add(join.to);
      queue.push({ entity: join.to, steps });
    }
  }
  return undefined;
}

/** A table is noted as read; an entity with its own SELECT becomes a step. */
function readEntity(model: SemanticModel, name: string, draft: Draft): void {
  const entity = model.entities.get(name);
  if (!entity?.sql) {
    draft.readTable(name);
    return;
  }
  for (const table of tablesOf(model, entity)) draft.readTable(table);
  if (!draft.hasStep(name)) draft.addStep(name, entity.sql.trimEnd());
}

function tablesOf(model: SemanticModel, entity: ModelEntity): string[] {
  return [...new Set(columnsOf(entity.sql ?? '').map((column) => column.entity))].filter((name) =>
    model.entities.has(name),
  );
}
