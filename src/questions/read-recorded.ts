import { simpleMetricsOf } from '../composer/compose-metrics.ts';
import { composeProbe } from '../composer/compose-probe.ts';
import { metricQuery } from '../domain/metric-query.ts';
import { type DataFacts, unloadedMetrics } from '../model/data-facts.ts';
import type { ModelDimension, SemanticModel } from '../model/semantic-model.ts';
import type { Warehouse } from '../ports/warehouse.ts';

/** The figures and breakdowns, by name, that the loaded data has anything for. */
export type Recorded = {
  metrics: ReadonlySet<string>;
  dimensions: ReadonlySet<string>;
  /** Tables without a row. */
  empty: ReadonlySet<string>;
};

const OPTIONS = { schema: 'retail', maxRows: 1, timeoutMs: 30_000 };
/** As many figures as one probe looks behind. */
const AT_ONCE = 4;

/**
 * Looks behind each figure at all times: a warehouse without unit costs has no margin, one without refunds no refund rate.
 * Some 40 reads of one row; kept by the caller until the data changes. Errors: those of the warehouse.
 */
export async function readRecorded(
  model: SemanticModel,
  warehouse: Warehouse,
  facts: DataFacts,
): Promise<Recorded> {
  const unloaded = unloadedMetrics(model, facts);
  const missing = new Set(unloaded);
  for (const names of alike(model, unloaded)) {
    const counted = await countBehind(names, model, warehouse);
    for (const [name, count] of counted) if (count === 0) missing.add(name);
  }
  const metrics = [...model.metrics.keys()].filter(
    (name) => !simpleMetricsOf(model, [name]).some((part) => missing.has(part)),
  );
  const dimensions: string[] = [];
  for (const dimension of model.dimensions.values())
    if (await hasValues(dimension, facts, warehouse)) dimensions.push(dimension.name);
  const empty = Object.keys(facts.rows).filter((table) => facts.rows[table] === 0);
  return { metrics: new Set(metrics), dimensions: new Set(dimensions), empty: new Set(empty) };
}

/** Simple figures of the same rows, a few at a time: one query looks behind them all. */
function alike(model: SemanticModel, without: ReadonlySet<string>): string[][] {
  const byEntity = new Map<string, string[]>();
  for (const metric of model.metrics.values()) {
    if (metric.kind !== 'simple' || without.has(metric.name)) continue;
    const entity = metric.measures[0]?.entity ?? '';
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), metric.name]);
  }
  return [...byEntity.values()].flatMap((names) =>
    Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, n) =>
      names.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
    ),
  );
}

async function countBehind(
  names: string[],
  model: SemanticModel,
  warehouse: Warehouse,
): Promise<[string, number][]> {
  const probe = composeProbe(metricQuery({ metrics: names }), 'everything', model);
  if (!probe) return [];
  const { rows, columns } = await warehouse.read({ sql: probe.sql, params: probe.params, ...OPTIONS });
  return probe.parts.map((part) => {
    const at = columns.findIndex(({ name }) => name === `${part}_counting`);
    return [part, Number(rows[0]?.[at] ?? 0)];
  });
}

/** A column of names is looked at; what is computed counts as there when one of its tables has rows. */
async function hasValues(
  { values, sources, group }: ModelDimension,
  facts: DataFacts,
  warehouse: Warehouse,
): Promise<boolean> {
  if (group === 'calendar') return true;
  if (values.kind === 'column') {
    const { table, column } = values;
    const sql = `select ${column} from retail.${table} where ${column} is not null limit 1`;
    return (await warehouse.read({ sql, ...OPTIONS })).rows.length > 0;
  }
  const tables = sources.flatMap((source) =>
    [...source.matchAll(/\b([a-z_]+)\.[a-z_]+/g)].map(([, table = '']) => table),
  );
  return tables.some((table) => facts.rows[table] !== 0);
}
