import type { Ranking } from '../domain/metric-query.ts';
import { type Draft, selectText } from './compose-draft.ts';
import { writeMeasured } from './compose-measured.ts';
import { havingSql, rankingOrder } from './compose-order.ts';
import type { ComposePlan } from './compose-plan.ts';
import { writeSource } from './compose-source.ts';
import type { Source, SourceOptions } from './compose-span.ts';

/** The source cut down to the ranked groups, and one row (per time) of all that is not among them. */
export function writeRanked(plan: ComposePlan, options: SourceOptions, source: Source, draft: Draft): Source {
  const { ranking } = plan.query;
  if (!ranking) return source;
  const names = options.groupBy.map(({ name }) => name);
  const overall =
    options.grain && ranking.within !== 'period_start'
      ? writeSource(plan, { ...options, grain: null, purpose: 'overall' }, draft)
      : source;
  const values = writeMeasured(plan, overall, 'to_rank', draft);
  const order = [rankingOrder(plan), ...names];
  const keys = ranking.within === 'period_start' ? ['period_start', ...names] : names;
  const parted = ranking.within === undefined ? '' : `partition by ${ranking.within} `;
  const places = {
    columns: [...keys, `row_number() over (${parted}order by ${order.join(', ')}) as place`],
    from: values.step,
    where: [...names.map((name) => `${name} is not null`), ...havingSql(plan)],
  };
  const top =
    ranking.within === undefined
      ? draft.addStep(
          `${ranking.direction}_groups`,
          selectText({ ...places, orderBy: ['place'], limit: ranking.limit, ...passedOver(ranking) }),
        )
      : draft.addStep(
          `${ranking.direction}_groups`,
          selectText({
            columns: [...keys, 'place'],
            from: draft.addStep('places', selectText(places)),
            where: [placesKept(ranking)],
          }),
        );
  const kept = selectText({
    columns: [
      ...source.groups.map((name) => `${source.step}.${name}`),
      `'item' as row_kind`,
      `${top}.place`,
      ...source.columns.map((column) => `${source.step}.${column}`),
    ],
    from: source.step,
    joins: [
      `inner join ${top} on ${keys.map((name) => `${top}.${name} = ${source.step}.${name}`).join(' and ')}`,
    ],
  });
  const parts = [kept];
  if (ranking.withRest) {
    const rest = writeSource(
      plan,
      { ...options, purpose: 'rest', groupBy: [], exclude: { step: top, groupBy: options.groupBy } },
      draft,
    );
    parts.push(
      selectText({
        columns: [
          ...source.groups.map((name) =>
            rest.groups.includes(name) ? name : `cast(null as ${groupType(plan, name)}) as ${name}`,
          ),
          `'rest' as row_kind`,
          'cast(null as bigint) as place',
          ...rest.columns,
        ],
        from: rest.step,
      }),
    );
  }
  const step = draft.addStep(ranking.withRest ? 'ranked_and_rest' : 'ranked', parts.join('\nunion all\n'));
  return { ...source, step };
}

/** The places before the first one that is kept. */
export function passedOver({ from }: Ranking): { offset?: number } {
  return from === undefined ? {} : { offset: from - 1 };
}

function placesKept({ from = 1, limit }: Ranking): string {
  return from === 1 ? `place <= ${limit}` : `place between ${from} and ${from + limit - 1}`;
}

function groupType(plan: ComposePlan, name: string): string {
  const type = plan.dimensions.find((dimension) => dimension.name === name)?.type;
  if (type === 'number') return 'integer';
  if (type === 'decimal') return 'decimal(19,4)';
  return type === 'text' || type === 'boolean' ? 'varchar' : 'date';
}
