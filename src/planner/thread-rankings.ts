import type { MetricQuery } from '../domain/metric-query.ts';
import { NUMBERS_IN_WORDS } from '../vocabulary/number-words.ts';
import type { PlannerScope } from './planner-scope.ts';

/** 'limit it to nordhem', 'cut it down to the top 3', 'narrow down to boots'. */
export function narrowedTo(said: string): string | undefined {
  const [, rest] =
    /^(?:limit|cut|restrict|narrow|reduce|confine|filter|trim|shorten)(?: (?:it|that|this|them|the list|the table))?(?: down)? to (?:just |only )?(.*[\p{L}].*)$/iu.exec(
      said,
    ) ?? [];
  return rest === undefined ? undefined : `only ${rest}`;
}

const COUNT =
  /^(?:(?:make (?:it|that|them)|show(?: me)?|give me|i(?:'d| would) like|i want|(?:can|could|may) (?:i|we) (?:have|see|get)|let me see|let's (?:see|have)|(?:expand|extend|increase|widen|cut|reduce|shorten|limit|trim)(?: it| that| the list)?(?: down)?(?: to)?|rather|just|only|try|list) )?(?:the )?(?<first>first )?(?<many>\d{1,3}|\p{L}+)(?: (?:of them|rows|results|lines|entries|instead|rather|then|only|(?:instead of|rather than|not) (?:\d+|\p{L}+)))*$/iu;

/** 'make it 10', 'ten instead', 'only the first three'. */
export function asMany(said: string, base: MetricQuery): string | undefined {
  const { many = '', first } = COUNT.exec(said)?.groups ?? {};
  const count = /^\d+$/.test(many) ? Number(many) : NUMBERS_IN_WORDS[many.toLowerCase()];
  if (!count || count < 2 || count > 200) return undefined;
  if (base.ranking) return `${base.ranking.direction} ${count}`;
  return first && base.dimensions.length > 0 && base.grain === null ? `top ${count}` : undefined;
}

const BEST = '(?:best|biggest|largest|highest|strongest|top|leading|number one|no\\.? ?1|#1|winner|leader)';
const WORST = '(?:worst|smallest|lowest|weakest|bottom|poorest|last|loser)';
const FRAME = "(?:(?:what|which|who)(?: one)?(?: is|'s| was| are| were)? )?(?:the )?";

const THE_BEST = new RegExp(`^${FRAME}${BEST}(?: one| place)?$`, 'i');
const THE_WORST = new RegExp(`^${FRAME}${WORST}(?: one| place)?$`, 'i');
const CAME =
  /^(?:what|which|who)(?: one| \p{L}+)? (?:came|comes|finished|is|ranks|ended up|was) (?:in |out )?(?:the )?(first|top|on top|at the top|ahead|in front|last|at the bottom|bottom)(?: place)?$/iu;
const LEADS =
  /^(?:what|which|who)(?: one| \p{L}+)? (leads|led|wins|won|is leading|is winning|tops the list|is ahead|trails|is trailing|loses|lags|is behind)$/iu;

/** 'the biggest?', 'who's top', 'which came last': one of what is listed. */
export function theOne(said: string, base: MetricQuery): string | undefined {
  if (base.dimensions.length !== 1 && base.grain === null) return undefined;
  if (base.ranking && base.ranking.limit > 1 && !/^(?:what|which|who|the)\b/i.test(said)) return undefined;
  const [, place = ''] = CAME.exec(said) ?? LEADS.exec(said) ?? [];
  if (THE_BEST.test(said) || (place !== '' && !LOW.test(place))) return 'which is the highest';
  return THE_WORST.test(said) || LOW.test(place) ? 'which is the lowest' : undefined;
}

const LOW = /last|bottom|trail|lose|lag|behind/i;

const REVERSE =
  /^(?:(?:show (?:me )?|and )?(?:the )?(?:other|opposite) end(?: of (?:it|that|the list|the scale))?|(?:the )?(?:opposite|reverse)|(?:flip|turn|swap|switch|reverse|invert)(?: (?:it|that|this|the list|the order))?(?: (?:around|round|over|about|the other way(?: (?:a)?round)?))?|upside down|(?:the )?other way (?:a)?round|from the (?:other end|bottom|top))$/i;

/** 'the other end', 'flip it around'. */
export function inReverse(said: string, base: MetricQuery, _scope: PlannerScope): string | undefined {
  if (!base.ranking || !REVERSE.test(said)) return undefined;
  return `${base.ranking.direction === 'top' ? 'bottom' : 'top'} ${base.ranking.limit}`;
}
