import type { MetricQuery } from '../domain/metric-query.ts';
import type { ParameterValue } from '../domain/plan.ts';
import type { ResultColumn } from '../domain/result-table.ts';
import type { Rights } from '../domain/rights.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Ids } from '../ports/ids.ts';
import type { Invoices } from '../ports/invoices.ts';
import type { KpiStore } from '../ports/kpi-store.ts';
import type { Planner } from '../ports/planner.ts';
import type { Receipts } from '../ports/receipts.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { DataFacts } from './data-facts.ts';
import type { Locale } from './format-value.ts';
import type { SemanticModel } from './semantic-model.ts';

/** One SELECT, ready for the guard. */
export type ComposedQuery = {
  sql: string;
  params: Record<string, ParameterValue>;
  columns: ResultColumn[];
  tables: string[];
  /** What a reader of the answer must know: what an alternative reading means, what is left out of a ranking. */
  notes?: string[];
};

export type Compose = (
  query: MetricQuery,
) => ({ ok: true } & ComposedQuery) | { ok: false; problems: string[] };

export type GuardVerdict =
  | { verdict: 'accepted'; tables: string[]; columns: string[]; fingerprint: string }
  | { verdict: 'refused'; reason: string };

export type Vet = (
  sql: string,
  options: { rights: Rights; params: Record<string, ParameterValue> },
) => GuardVerdict;

/** A reviewed query with its parameters filled in. */
export type FillTemplate = (
  name: string,
  parameters: Record<string, ParameterValue>,
) => (ComposedQuery & { title: string; sentence: string | null }) | undefined;

export type QuestionNeeds = {
  planners: { offline: Planner; model: Planner | null };
  warehouse: Warehouse;
  /** Makes the views of these rights, once; called before the first read with them. */
  ensureRights(rights: Rights): Promise<void>;
  kpis: KpiStore;
  /** What events told; without it, the warehouse alone is asked. */
  invoices?: Invoices;
  conversations: Conversations;
  receipts: Receipts;
  audit: AuditLog;
  clock: Clock;
  ids: Ids;
  model: SemanticModel;
  facts(): Promise<DataFacts>;
  compose: Compose;
  vet: Vet;
  fillTemplate: FillTemplate;
  locale: Locale;
  limits: { maxRows: number; timeoutMs: number };
};
