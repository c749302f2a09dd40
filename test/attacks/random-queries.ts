import type { Random } from '../support/random.ts';

/**
 * Whole queries by a grammar that loves trouble: mostly sound names, so that many are let through, with private
 * columns, shadowed names, aliases that are called like columns and tables, correlation, sideways references,
 * whole rows and CTEs named like base tables mixed in.
 */
export function randomQuery(
  random: Random,
  over: { bases: Relation[]; schema: string } = { bases: BASES, schema: 'shop' },
): string {
  return query({ r: random, depth: 0, ctes: [], outer: [], over }).text;
}

export type Relation = { name: string; columns: string[] };
type Place = {
  r: Random;
  depth: number;
  ctes: Relation[];
  outer: Relation[];
  over: { bases: Relation[]; schema: string };
};
type Made = { text: string; columns: string[] };

const BASES: Relation[] = [
  { name: 'orders', columns: ['order_id', 'customer_id', 'total', 'order_date', 'note'] },
  { name: 'customers', columns: ['customer_id', 'country'] },
  { name: 'products', columns: ['product_id', 'name', 'price'] },
];
const ALIASES = ['o', 'c', 'p', 'email', 'orders', 'customers', 'users', 'x', 'y', 'note', 'country'];
const PRIVATE = ['email', 'birth', 'token', 'rowid', 'customers', 'c', 'x', 'o'];

function query(place: Place): Made {
  const { r } = place;
  const own: Relation[] = [];
  const parts: string[] = [];
  if (place.depth < 3 && r.chance(0.25)) {
    for (let n = 0; n <= r.upTo(2); n += 1) {
      const name = r.pick(['orders', 'customers', 'users', 'w', 'v', 'products']);
      const inner = query({ ...place, depth: place.depth + 1, ctes: [...place.ctes, ...own] });
      const renames = r.chance(0.15) && inner.columns.length >= 2;
      parts.push(`${name}${renames ? ' (a, b)' : ''} as (${inner.text})`);
      own.push({ name, columns: renames ? ['a', 'b', ...inner.columns.slice(2)] : inner.columns });
    }
  }
  const here = { ...place, ctes: [...place.ctes, ...own] };
  let made = select(here);
  if (r.chance(0.1)) {
    const arm = `select ${made.columns.map((name) => r.pick([`'a' as ${name}`, 'null', '1'])).join(', ')}`;
    made = {
      ...made,
      text: `${made.text} ${r.pick(['union', 'union all', 'except'])} ${r.chance(0.5) ? arm : select(here).text}`,
    };
  }
  let text = `${parts.length > 0 ? `with ${parts.join(', ')} ` : ''}${made.text}`;
  if (r.chance(0.25))
    text += ` order by ${r.pick(['1', ...made.columns, r.pick(PRIVATE)])}${r.chance(0.3) ? ' desc' : ''}`;
  else if (r.chance(0.1))
    text += ` order by ${made.columns.map((_, n) => n + 1).join(', ')} limit ${1 + r.upTo(4)}`;
  return { text, columns: made.columns };
}

function select(place: Place): Made {
  const { r } = place;
  const { text: source, relations } = from(place);
  const inner = { ...place, outer: [...place.outer, ...relations] };
  const names: string[] = [];
  const items: string[] = [];
  for (let n = 0; n <= r.upTo(3); n += 1) {
    const roll = r.next();
    if (roll < 0.07) {
      items.push(
        r.pick(['*', `${r.pick(relations).name}.*`, '* exclude (email, birth)', '* exclude (email)']),
      );
      names.push(...relations.flatMap((relation) => relation.columns));
      continue;
    }
    const name = r.pick(['a', 'b', 'email', 'c', 'orders', 'note', 'country', 'birth', 'customer_id', 'x']);
    items.push(`${expression(inner, relations)} as ${name}`);
    names.push(name);
  }
  let text = `select ${r.chance(0.1) ? 'distinct ' : ''}${items.join(', ')} from ${source}`;
  if (r.chance(0.4)) text += ` where ${condition(inner, relations)}`;
  if (r.chance(0.12))
    text += ` group by ${r.pick(['all', column(inner, relations), `rollup (${column(inner, relations)})`, r.pick(names)])}`;
  if (r.chance(0.05)) text += ` having max(${column(inner, relations)}) > 'a'`;
  if (r.chance(0.05)) text += ` qualify rank() over (order by ${column(inner, relations)}) = 1`;
  return { text, columns: names };
}

function from(place: Place): { text: string; relations: Relation[] } {
  const { r } = place;
  const first = source(place);
  const relations = [...first.relations];
  let text = first.text;
  for (let n = 0; n < r.upTo(3); n += 1) {
    const isSideways = r.chance(0.25);
    const right = source({ ...place, outer: isSideways ? [...place.outer, ...relations] : place.outer });
    if (isSideways && r.chance(0.7) && right.text.startsWith('(')) right.text = `lateral ${right.text}`;
    relations.push(...right.relations);
    const inner = { ...place, outer: [...place.outer, ...relations] };
    text += r.pick([
      () => `, ${right.text}`,
      () => ` cross join ${right.text}`,
      () =>
        ` ${r.pick(['', 'left ', 'full '])}join ${right.text} on ${condition(inner, r.chance(0.8) ? relations.slice(-2) : relations)}`,
      () => ` join ${right.text} on true`,
      () => ` join ${right.text} using (${r.pick(['customer_id', 'customer_id', 'email', 'order_id', 'a'])})`,
      () => ` natural join ${right.text}`,
    ])();
  }
  return { text, relations };
}

function source(place: Place): { text: string; relations: Relation[] } {
  const { r } = place;
  const alias = r.pick(ALIASES);
  const as = r.pick(['as ', '']);
  const deeper = { ...place, depth: place.depth + 1 };
  if (place.depth < 3 && r.chance(0.25)) {
    const inner = query(deeper);
    const renames = r.chance(0.1) && inner.columns.length >= 2;
    const columns = renames ? ['a', 'b', ...inner.columns.slice(2)] : inner.columns;
    return {
      text: `(${inner.text}) ${as}${alias}${renames ? ' (a, b)' : ''}`,
      relations: [{ name: alias, columns }],
    };
  }
  if (place.depth < 3 && r.chance(0.05)) {
    const inner = from(deeper);
    return { text: `(${inner.text})`, relations: inner.relations };
  }
  const base = place.ctes.length > 0 && r.chance(0.45) ? r.pick(place.ctes) : r.pick(place.over.bases);
  const isBase = place.over.bases.includes(base);
  const written = r.chance(0.02)
    ? r.pick(['secret.users', 'users', 'main.users'])
    : isBase && r.chance(place.over.schema === 'shop' ? 0.4 : 0.03)
      ? `${place.over.schema}.${base.name}`
      : base.name;
  if (r.chance(0.4)) return { text: written, relations: [base] };
  const renames = r.chance(0.04);
  return {
    text: `${written} ${as}${alias}${renames ? ' (a, b)' : ''}`,
    relations: [{ name: alias, columns: renames ? ['a', 'b'] : base.columns }],
  };
}

function condition(place: Place, relations: Relation[]): string {
  const { r } = place;
  const deeper = { ...place, depth: place.depth + 1 };
  const left = expression(place, relations);
  return r.pick([
    () => `${left} is not null`,
    () => `cast(${left} as varchar) = cast(${expression(place, relations)} as varchar)`,
    () => `cast(${left} as varchar) in ('o1', 'c2', 'Spain')`,
    () => `cast(${column(place, relations)} as varchar) like 'C%'`,
    () => (place.depth < 3 ? `exists (${query(deeper).text})` : 'true'),
    () => (place.depth < 3 ? `cast(${left} as varchar) in (${query(deeper).text})` : 'true'),
    () => `not (${column(place, relations)} is null)`,
  ])();
}

function expression(place: Place, relations: Relation[]): string {
  const { r } = place;
  const roll = r.next();
  if (roll < 0.6) return column(place, relations);
  // What is taken of several rows must not be up to the engine: two worlds are compared.
  if (roll < 0.67 && place.depth < 3) {
    const made = query({ ...place, depth: place.depth + 1 });
    return `(select min(one.${made.columns[0] ?? 'c'}) from (${made.text}) as one)`;
  }
  const inner = column(place, relations);
  const text = `cast(${inner} as varchar)`;
  return r.pick([
    'count(*)',
    `count(${inner})`,
    `max(${inner})`,
    `upper(${text})`,
    `coalesce(${text}, 'none')`,
    `case when ${inner} is null then 1 else 0 end`,
    `rank() over (partition by ${inner} order by ${column(place, relations)})`,
    `rank() over (order by ${inner})`,
    `listagg(${text}, ',') within group (order by ${text})`,
    `count(*) filter (where ${inner} is not null)`,
    `${text} || 'x'`,
    `length(${text})`,
    `convert(varchar, ${inner})`,
    `first_value(${inner}) ignore nulls over (order by ${inner})`,
    `sum(1) over (order by ${inner} range between unbounded preceding and current row)`,
  ]);
}

function column(place: Place, relations: Relation[]): string {
  const { r } = place;
  const isOuter = place.outer.length > 0 && r.chance(0.12);
  const relation = r.pick(isOuter ? place.outer : relations);
  const isTrouble = r.chance(0.05) || relation.columns.length === 0;
  const name = isTrouble ? r.pick(PRIVATE) : r.pick(relation.columns);
  const written = r.chance(0.06) ? `"${r.chance(0.5) ? name.toUpperCase() : name}"` : name;
  if (r.chance(isOuter ? 0.3 : 0.4)) return written;
  return `${r.chance(0.02) ? r.pick(ALIASES) : relation.name}.${written}`;
}
