import { fileURLToPath } from 'node:url';
import { compiledReadings } from './adapters/compiled-readings.ts';
import { composeProbe } from './composer/compose-probe.ts';
import { compileQuery } from './composer/compose-query.ts';
import type { Config } from './config.ts';
import type { Rights } from './domain/rights.ts';
import { guardCatalogue } from './guard/vet-catalogue.ts';
import { createGuard } from './guard/vet-sql.ts';
import type { Logger } from './log.ts';
import { type DataFacts, factTablesOf } from './model/data-facts.ts';
import { keepDataFacts } from './model/keep-data-facts.ts';
import { loadSemanticModel } from './model/load-semantic-model.ts';
import type { SemanticModel } from './model/semantic-model.ts';
import { fillTemplate, loadTemplates } from './model/template.ts';
import { createOfflinePlanner } from './planner/offline-planner.ts';
import type { AuditLog } from './ports/audit-log.ts';
import type { Clock } from './ports/clock.ts';
import type { Conversations } from './ports/conversations.ts';
import type { Ids } from './ports/ids.ts';
import type { Invoices } from './ports/invoices.ts';
import type { KpiStore } from './ports/kpi-store.ts';
import type { ModelSpending } from './ports/model-spending.ts';
import type { Receipts } from './ports/receipts.ts';
import type { Tracer } from './ports/tracer.ts';
import type { Warehouse } from './ports/warehouse.ts';
import { type NamedLimit, nameLimits } from './questions/name-limits.ts';
import type { Compose, QuestionNeeds } from './questions/needs.ts';
import { readKinships } from './questions/read-kinships.ts';
import { type Recorded, readRecorded } from './questions/read-recorded.ts';
import { readValues } from './questions/read-values.ts';
import { createValueIndex, type ValueIndex } from './vocabulary/value-index.ts';
import { readCatalogue } from './warehouse/catalogue.ts';
import { ensurePolicyViews, type PolicyOptions } from './warehouse/policy-views.ts';
import { wireModelExplainer } from './wire-model-explainer.ts';
import { wireModelPlanner } from './wire-model-planner.ts';

export const MODEL_FOLDER = fileURLToPath(new URL('../sql-templates/model/', import.meta.url));
export const QUESTIONS_FOLDER = fileURLToPath(new URL('../sql-templates/questions/', import.meta.url));

export type QuestionParts = {
  config: Config;
  /** As wherever policy views are made. */
  policyOptions?: PolicyOptions;
  log: Logger;
  clock: Clock;
  ids: Ids;
  /** Left out: nothing is followed. */
  tracer?: Tracer;
  warehouse: Warehouse;
  kpis: KpiStore;
  invoices: Invoices;
  conversations: Conversations;
  receipts: Receipts;
  audit: AuditLog;
  spending: ModelSpending;
  /** False: nothing will be asked, so nothing is read of the data. */
  asks?: boolean;
};

const FACTS_KEPT_MS = 5_000;
const NO_FACTS: DataFacts = { days: {}, rows: {}, currencies: [], batches: [], findings: [] };
const LIMITS = { maxRows: 5_000, timeoutMs: 30_000 };

/** The question side: model, templates, guard, planners, and what they must know of the data. */
export async function wireQuestions(
  parts: QuestionParts,
): Promise<{ questions: QuestionNeeds; dataChanged: () => Promise<void> }> {
  const { config, warehouse, asks = true } = parts;
  const kept = compiledReadings();
  const model = loadSemanticModel(MODEL_FOLDER, { currency: config.currency }, kept);
  const templates = loadTemplates(QUESTIONS_FOLDER, kept);
  const catalogue = await readCatalogue();
  const guard = createGuard({ catalogue: guardCatalogue(catalogue) });
  const facts = keepDataFacts(warehouse, FACTS_KEPT_MS, () => performance.now(), factTablesOf(model));
  const readKnown = async (): Promise<{ facts: DataFacts; values: ValueIndex }> =>
    asks
      ? { facts: await facts.get(), values: await readIndex(model, warehouse) }
      : { facts: NO_FACTS, values: createValueIndex([], []) };
  let known = await readKnown();
  let recorded: Promise<Recorded> | undefined;
  const offline = createOfflinePlanner({
    model,
    templates,
    values: () => known.values,
    facts: () => known.facts,
  });

  const compose = composeIn(model, () => known.facts.currencies[0] ?? config.currency);
  const questions: QuestionNeeds = {
    ...parts,
    planners: {
      offline,
      model: wireModelPlanner({ ...parts, model, templates, values: () => known.values, compose }),
    },
    explainer: wireModelExplainer(parts),
    ensureRights: async (rights) => {
      await ensurePolicyViews({ warehouse, catalogue, ...parts.policyOptions }, [rights]);
    },
    nameLimits: remembered((rights) => nameLimits(rights, model, warehouse)),
    model,
    facts: () => facts.get(),
    compose,
    composeProbe: (query, scope) => composeProbe(query, scope, model),
    vet: (sql, options) => guard.vet(sql, options),
    fillTemplate: (name, parameters) => fillTemplate(templates, name, parameters),
    templates,
    recorded: () => {
      const reading = recorded ?? facts.get().then((found) => readRecorded(model, warehouse, found));
      recorded = reading;
      reading.catch(() => {
        if (recorded === reading) recorded = undefined;
      });
      return reading;
    },
    locale: { language: 'en-GB', currency: config.currency },
    limits: {
      ...LIMITS,
      askAboveRows: config.limits.askAboveRows,
      questionsPerDay: config.limits.questionsPerPersonPerDay,
    },
  };
  return {
    questions,
    async dataChanged() {
      facts.forget();
      recorded = undefined;
      known = await readKnown();
    },
  };
}

/** Every name that a question may hold, and which of them go together. */
async function readIndex(model: SemanticModel, warehouse: Warehouse): Promise<ValueIndex> {
  return createValueIndex(await readValues(model, warehouse), await readKinships(model, warehouse));
}

/** Names of branches hardly change; a restart reads them anew. */
function remembered(read: (rights: Rights) => Promise<NamedLimit[]>): QuestionNeeds['nameLimits'] {
  const known = new Map<string, Promise<NamedLimit[]>>();
  return (rights) => {
    const found = known.get(rights.id) ?? read(rights);
    known.set(rights.id, found);
    found.catch(() => known.delete(rights.id));
    return found;
  };
}

/** Amounts are in the currency that the data has. */
function composeIn(model: SemanticModel, currency: () => string): Compose {
  return (query) => {
    const composed = compileQuery(query, { ...model, settings: { ...model.settings, currency: currency() } });
    if (!composed.ok) return { ok: false, problems: composed.problems.map((problem) => problem.message) };
    return { ok: true, ...composed.compiled };
  };
}
