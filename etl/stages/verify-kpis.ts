import type { Day } from '../../src/domain/day.ts';
import type { Finding } from '../../src/domain/load-batch.ts';
import type { DailyKpi } from '../../src/ports/kpi-store.ts';
import { findingStep } from './reconcile.ts';
import { computeKpis, type RefreshNeeds, rangesOf, refreshKpis } from './refresh-kpis.ts';

export type VerifyInput = { run: string; batch: string; days: Day[]; foundAt: string };

/**
 * Refreshes the KPIs of these days and reads them back: they must be what the facts say. What differs is computed and
 * written once more, since another run may have changed the facts in between; what differs even then is a finding.
 */
export async function refreshAndVerify(input: VerifyInput, needs: RefreshNeeds) {
  const facts: DailyKpi[] = [];
  const counts = await refreshKpis({ days: input.days }, needs, (daily) => facts.push(...daily));
  let wrong = await differing(input.days, facts, needs);
  if (wrong.length > 0) {
    await refreshKpis({ days: wrong.map(({ day }) => day) }, needs);
    wrong = await differing(
      wrong.map(({ day }) => day),
      await factsOf(wrong, needs),
      needs,
    );
  }
  if (wrong.length > 0)
    await needs.warehouse.write({ token: `${input.batch}-kpis`, steps: [finding(input, wrong)] });
  return { ...counts, findings: wrong.length > 0 ? 1 : 0 };
}

type Wrong = { day: Day; is: string; shouldBe: string };

async function differing(days: Day[], facts: readonly DailyKpi[], { kpis }: RefreshNeeds): Promise<Wrong[]> {
  const shouldBe = new Map(facts.map((kpi) => [kpi.orderDate, wordsOf(kpi)]));
  const wrong: Wrong[] = [];
  for (const range of rangesOf(days)) {
    const stored = new Map(
      (await kpis.daily(range.from, range.to)).map((kpi) => [kpi.orderDate, wordsOf(kpi)]),
    );
    for (const day of range.days) {
      const [is, should] = [stored.get(day) ?? 'nothing', shouldBe.get(day) ?? 'nothing'];
      if (is !== should) wrong.push({ day, is, shouldBe: should });
    }
  }
  return wrong;
}

async function factsOf(wrong: readonly Wrong[], needs: RefreshNeeds): Promise<DailyKpi[]> {
  const facts: DailyKpi[] = [];
  for (const range of rangesOf(wrong.map(({ day }) => day)))
    facts.push(...(await computeKpis(range, needs.warehouse)).daily);
  return facts;
}

function wordsOf(kpi: DailyKpi): string {
  return `${kpi.totalOrders} orders, revenue ${kpi.totalRevenue}, ${kpi.totalItemsSold} items, ${kpi.uniqueCustomers} customers`;
}

function finding({ run, batch, foundAt }: VerifyInput, wrong: readonly Wrong[]) {
  const found: Finding = {
    id: `${batch}-kpis-differ`,
    check: 'kpis-differ',
    severity: 'error',
    batch,
    run,
    sentence: `The KPI table says something else than the facts on ${wrong.length} days. 'plumbline kpis --check' compares them all and repairs.`,
    count: wrong.length,
    amount: null,
    examples: wrong.slice(0, 5).map(({ day, is, shouldBe }) => `${day}: ${is}; should be ${shouldBe}`),
    sql: `select order_date, count(*) as orders from retail.orders where document_kind = 'sale' and order_date in (${wrong
      .slice(0, 5)
      .map(({ day }) => `'${day}'`)
      .join(', ')}) group by order_date`,
    foundAt,
  };
  return findingStep(found);
}
