import type { Probe, ProbeScope } from '../composer/compose-probe.ts';
import type { MetricQuery } from '../domain/metric-query.ts';
import type { ParameterValue } from '../domain/plan.ts';
import type { Rights } from '../domain/rights.ts';
import type { ComposedQuery, FillTemplate } from '../model/composed-query.ts';
import type { DataFacts } from '../model/data-facts.ts';
import type { SemanticModel } from '../model/semantic-model.ts';
import type { QuestionTemplates } from '../model/template.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Conversations } from '../ports/conversations.ts';
import type { Explainer } from '../ports/explainer.ts';
import type { Ids } from '../ports/ids.ts';
import type { Invoices } from '../ports/invoices.ts';
import type { KpiStore } from '../ports/kpi-store.ts';
import type { Planner } from '../ports/planner.ts';
import type { Receipts } from '../ports/receipts.ts';
import type { Tracer } from '../ports/tracer.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import type { Locale } from './format-value.ts';
import type { NamedLimit } from './name-limits.ts';
import type { Recorded } from './read-recorded.ts';

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

export type QuestionNeeds = {
  planners: { offline: Planner; model: Planner | null };
  /** Words a result after us, where that is switched on. */
  explainer: Explainer | null;
  warehouse: Warehouse;
  /** Makes the views of these rights, once; called before the first read with them. */
  ensureRights(rights: Rights): Promise<void>;
  /** The rows that these rights are limited to, by name. */
  nameLimits(rights: Rights): Promise<NamedLimit[]>;
  kpis: KpiStore;
  /** What events told; without it, the warehouse alone is asked. */
  invoices?: Invoices;
  conversations: Conversations;
  receipts: Receipts;
  audit: AuditLog;
  clock: Clock;
  ids: Ids;
  /** Left out: nothing is followed. */
  tracer?: Tracer;
  model: SemanticModel;
  facts(): Promise<DataFacts>;
  compose: Compose;
  /** What stands behind a query's figures, for telling 'none' from 'not recorded'. */
  composeProbe(query: MetricQuery, scope: ProbeScope): Probe | null;
  vet: Vet;
  fillTemplate: FillTemplate;
  /** The reviewed SQL that answers one question each. */
  templates: QuestionTemplates;
  /** Which figures and breakdowns have anything behind them; looked up once until the data changes. */
  recorded(): Promise<Recorded>;
  /** What is late, missing or of an odd size of what fills these tables, in sentences; told with each answer. */
  lateFor?(tables: string[]): Promise<string[]>;
  locale: Locale;
  limits: {
    maxRows: number;
    timeoutMs: number;
    /** Above this estimate the person is asked first. */
    askAboveRows: number;
    /** Of one person. */
    questionsPerDay: number;
  };
};
