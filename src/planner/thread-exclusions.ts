import type { MetricQuery } from '../domain/metric-query.ts';
import type { PlannerScope } from './planner-scope.ts';
import { isShown, readWords } from './thread-corrections.ts';

const TAKE_OUT =
  /^(?:drop|take out|take away|strip out|filter out|leave out|cut out|throw out|kick out|get rid of|remove|lose|ignore|skip|minus|no) (?:the |all |our )*(?<what>.+?)(?: orders| sales| ones| part| side| stuff)?$/i;
const TAKE_OUT_AROUND =
  /^(?:take|strip|leave|filter|cut|kick) (?:the |all |our )*(?<what>.+?)(?: orders| sales| ones)? out$/i;

/** 'drop the web orders', 'take out web': all but those, if the thread is not about them; else no longer only those. */
export function withoutPart(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const { what = '' } = (TAKE_OUT.exec(said) ?? TAKE_OUT_AROUND.exec(said))?.groups ?? {};
  if (what === '') return undefined;
  const [, ofFilter] = /^(.+?) (?:filter|restriction|limit|condition)$/i.exec(what) ?? [];
  const reading = readWords(ofFilter ?? what, scope);
  const hits = reading.filters.flatMap((filter) => filter.hits);
  if (ofFilter !== undefined) {
    const narrowed = base.filters.filter((filter) =>
      hits.some(({ dimension }) => dimension === filter.dimension),
    );
    const only = narrowed.length > 0 && base.filters.length + base.segments.length === narrowed.length;
    return only ? 'remove the filter' : undefined;
  }
  const onlyValues = hits.length + reading.segments.length > 0 && reading.unknown.length === 0;
  const more = reading.metrics.length + reading.dimensions.length > 0 || reading.periods.span !== undefined;
  if (!onlyValues || more) return undefined;
  const about = base.filters.some(
    (filter) => filter.operator === 'in' && hits.some(({ value }) => filter.values.includes(value)),
  );
  if (!about) return `without ${what}`;
  return base.filters.length + base.segments.length === 1 ? 'remove the filter' : undefined;
}

const EVERYTHING =
  /^(?:(?:what|how) about |for |of |on |with |across )?(?:everything|all of it|all goods|the (?:whole|entire|full) (?:range|assortment|business|shop))$/i;

/** 'for everything', 'not just boots': what the thread was narrowed to is let go. */
export function ofEverything(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const narrowed = base.filters.length + base.segments.length;
  const [, one = ''] = /^not (?:just|only) (?:the |for |in |at |on )*(.+)$/i.exec(said) ?? [];
  if (narrowed === 1 && one !== '' && isShown(one, base, scope)) return 'remove the filter';
  return narrowed > 0 && EVERYTHING.test(said) ? 'remove the filter' : undefined;
}

/** 'and the others?', 'the other categories' after boots: all but those. */
export function theOthers(said: string, base: MetricQuery, scope: PlannerScope): string | undefined {
  const found =
    /^(?:(?:what|how) about |and |for )*(?:(?:all )?the others?|(?:all )?the rest|everything else|(?:all )?the other (?<noun>\p{L}+))$/iu.exec(
      said,
    );
  const noun = found?.groups?.noun;
  const [filter, ...more] = base.filters.filter(({ operator }) => operator === 'in');
  if (!found || !filter || more.length > 0 || filter.of) return undefined;
  const values = filter.values.map((value) => `"${value}"`).join(' and ');
  if (noun === undefined || noun === 'ones') return `without ${values}`;
  const named = readWords(`by ${noun}`, scope).dimensions.some(({ name }) => name === filter.dimension);
  return named ? `by ${noun} without ${values}` : undefined;
}
