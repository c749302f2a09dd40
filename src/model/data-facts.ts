import type { DataState } from '../domain/answer.ts';
import type { Day } from '../domain/day.ts';
import { add, type Decimal, toShortText, tryDecimal, ZERO } from '../domain/decimal.ts';
import type { Cell } from '../domain/result-table.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { SemanticModel } from './semantic-model.ts';

/** What the warehouse holds, as far as answers depend on it. */
export type DataFacts = {
  /** Per table with a time: the first and last day of its rows; absent when it is empty. */
  days: Record<string, { first: Day; last: Day }>;
  /** Rows per table, time or not. */
  rows: Record<string, number>;
  /** The currencies of the orders, commonest first, then those that only the ledger and budgets have. */
  currencies: string[];
  /** Loaded and not undone, newest first. */
  batches: { id: string; feed: string; loadedAt: string }[];
  findings: { check: string; severity: string; sentence: string; amount: string | null }[];
};

const TIMES: Record<string, string> = {
  orders: 'order_date',
  order_items: 'order_date',
  refunds: 'refund_date',
  payments: 'payment_date',
  ledger_entries: 'entry_date',
  ledger_steps: 'step_date',
  budgets: 'month_start',
  stock_counts: 'counted_on',
};
const UNTIMED = ['customers', 'products', 'branches', 'sellers'];
const OPTIONS = { schema: 'retail', maxRows: 2000, timeoutMs: 20_000 };

/** A table, and the column of its day where it has one. */
export type FactTables = Record<string, string | null>;

export const USUAL_TABLES: FactTables = {
  ...TIMES,
  ...Object.fromEntries(UNTIMED.map((table) => [table, null])),
};

/** The tables that the model speaks of, each with the day by which its figures are counted. */
export function factTablesOf(model: SemanticModel): FactTables {
  const measures = [...model.metrics.values()].flatMap((metric) =>
    metric.kind === 'simple' ? metric.measures : [],
  );
  const tables = [...model.entities.values()].filter(({ sql, name }) => !sql && name !== 'dates');
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      UNTIMED.includes(name)
        ? null
        : (TIMES[name] ??
          measures.find(({ entity, time }) => entity === name && time !== null)?.time ??
          null),
    ]),
  );
}

function spansSql(tables: FactTables): string {
  return Object.entries(tables)
    .map(([table, column]) => {
      const [first, last] = column
        ? [`cast(min(${column}) as varchar)`, `cast(max(${column}) as varchar)`]
        : ['cast(null as varchar)', 'cast(null as varchar)'];
      return `select '${table}' as subject, ${first} as first_day, ${last} as last_day, count(*) as row_count from retail.${table}`;
    })
    .join('\nunion all\n');
}

/** Of the orders; of the ledger and the budgets where no order is loaded. */
const CURRENCIES = `
select 1 as place, currency, count(*) as row_count from retail.orders group by currency
union all
select 2 as place, currency, count(*) as row_count from retail.ledger_entries group by currency
union all
select 3 as place, currency, count(*) as row_count from retail.budgets group by currency
order by 1, 3 desc, 2`;
const BATCHES =
  'select batch_id, feed, loaded_at from ops.load_batches where undone_at is null order by batch_no desc limit 200';
const FINDINGS = `
select f.check_name, f.severity, f.sentence, f.amount
from ops.findings f
left join ops.load_batches b on b.batch_id = f.batch_id
where b.undone_at is null and f.severity <> 'info'
order by f.found_at desc limit 200`;

/** Reads the facts fresh. Errors: those of the warehouse. */
export async function readDataFacts(
  warehouse: Warehouse,
  tables: FactTables = USUAL_TABLES,
): Promise<DataFacts> {
  const [spans, currencies, batches, findings] = await Promise.all(
    [spansSql(tables), CURRENCIES, BATCHES, FINDINGS].map((sql) => warehouse.read({ sql, ...OPTIONS })),
  );
  const facts: DataFacts = { days: {}, rows: {}, currencies: [], batches: [], findings: [] };
  for (const [subject, first, last, count] of spans?.rows ?? []) {
    facts.rows[text(subject)] = Number(count);
    if (first && last)
      facts.days[text(subject)] = { first: text(first).slice(0, 10), last: text(last).slice(0, 10) };
  }
  const found = (currencies?.rows ?? []).map(([, currency]) => text(currency).trim()).filter(Boolean);
  facts.currencies = [...new Set(found)];
  facts.batches = (batches?.rows ?? []).map(([id, feed, loadedAt]) => ({
    id: text(id),
    feed: text(feed),
    loadedAt: text(loadedAt),
  }));
  facts.findings = (findings?.rows ?? []).map(([check, severity, sentence, amount]) => ({
    check: text(check),
    severity: text(severity),
    sentence: text(sentence),
    amount: amount === null || amount === undefined ? null : text(amount),
  }));
  return facts;
}

/** Their newest row says nothing of how far the data goes: refunds are few, budgets reach into the future. */
const TELLS_NO_END: ReadonlySet<string> = new Set(['refunds', 'budgets']);

/** The day through which every table of an answer has rows; null when they have no days. */
export function completeThrough(tables: readonly string[], facts: DataFacts): Day | null {
  const telling = tables.filter((table) => !TELLS_NO_END.has(table));
  const lasts = (telling.length > 0 ? telling : tables).flatMap((table) => facts.days[table]?.last ?? []);
  return lasts.sort()[0] ?? null;
}

/** The data's state for an answer that read these tables. */
export function dataStateFor(facts: DataFacts, tables: string[]): DataState {
  const errors = facts.findings.filter((finding) => finding.severity === 'error');
  const off = errors.reduce<Decimal>(
    (total, finding) => add(total, tryDecimal(finding.amount ?? '0') ?? ZERO),
    ZERO,
  );
  return {
    completeThrough: completeThrough(tables, facts) ?? facts.days['orders']?.last ?? null,
    batches: facts.batches.map((batch) => batch.id),
    reconciled: facts.batches.length === 0 ? 'unknown' : errors.length > 0 ? 'off' : 'reconciled',
    offBy: errors.length > 0 ? toShortText(off) : null,
    warnings: [],
  };
}

function text(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell);
}

/** Figures whose tables have no row yet. */
export function unloadedMetrics(model: SemanticModel, facts: DataFacts): Set<string> {
  const empty = [...model.metrics.values()].filter(
    (metric) => metric.kind === 'simple' && metric.measures.every(({ entity }) => facts.rows[entity] === 0),
  );
  return new Set(empty.map(({ name }) => name));
}
