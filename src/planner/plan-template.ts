import { addDays } from '../domain/day.ts';
import type { Period } from '../domain/period.ts';
import type { ParameterValue, PlannerReply } from '../domain/plan.ts';
import type { QuestionTemplate } from '../model/template.ts';
import type { TimeContext } from '../periods/time-meaning.ts';
import { periodOf } from '../periods/understand-periods.ts';
import { readTime } from '../periods/understand-time.ts';
import { GOODS } from '../reading/read-small-nouns.ts';
import type { Reading } from '../reading/reading.ts';
import type { Lexicon } from '../vocabulary/understand-lexicon.ts';
import { smallNumber } from '../vocabulary/understand-numbers.ts';
import { stemPhrase, type Token, tokens } from '../vocabulary/understand-words.ts';
import type { PlannerScope } from './planner-scope.ts';

type TemplateParameter = QuestionTemplate['parameters'][number];
type Match = { template: QuestionTemplate; exact: boolean };

/** A vetted query whose examples have exactly the question's words, times and numbers aside. */
export function matchTemplate(
  question: string,
  reading: Reading,
  scope: PlannerScope,
): PlannerReply | undefined {
  return firstFilled(question, reading, scope, (template, words) => {
    return examplesOf(template, scope).has(words.join(' ')) ? { template, exact: true } : undefined;
  });
}

/** A vetted query for what composing does not understand: its cues are there, and its examples know every word. */
export function matchTemplateLoosely(
  question: string,
  reading: Reading,
  scope: PlannerScope,
): PlannerReply | undefined {
  const stems = ` ${stemPhrase(question.replaceAll('%', ' percent '))} `;
  return firstFilled(question, reading, scope, (template, words) => {
    const { cues, known } = vocabularyOf(template, scope);
    if (!cues.every((group) => group.some((cue) => stems.includes(cue)))) return undefined;
    const valueWords = new Set(reading.filters.flatMap((filter) => stemPhrase(filter.said).split(' ')));
    const named = valueWords.size > 0;
    return words.every((word) => known.has(word) || valueWords.has(word) || (named && GOODS.test(word)))
      ? { template, exact: false }
      : undefined;
  });
}

type Vocabulary = { cues: string[][]; known: ReadonlySet<string> };
const VOCABULARIES = new WeakMap<QuestionTemplate, Vocabulary>();

/** A template's cues and all words that it knows, read once. */
function vocabularyOf(template: QuestionTemplate, scope: PlannerScope): Vocabulary {
  const there = VOCABULARIES.get(template);
  if (there) return there;
  const cues = template.cues.map((group) =>
    group.map((cue) => ` ${stemPhrase(cue.replaceAll('%', ' percent '))} `),
  );
  const said = template.parameters.flatMap((parameter) => ('words' in parameter ? parameter.words : []));
  const phrases = [...template.cues.flat(), template.question, template.title, ...said];
  const known = new Set([
    ...[...examplesOf(template, scope)].flatMap((example) =>
      example.split(' ').filter((word) => word !== ''),
    ),
    ...phrases.flatMap((phrase) => stemPhrase(phrase).split(' ')),
    'n',
    'list',
    'which',
    'show',
  ]);
  const made = { cues, known };
  VOCABULARIES.set(template, made);
  return made;
}

function firstFilled(
  question: string,
  reading: Reading,
  scope: PlannerScope,
  match: (template: QuestionTemplate, words: string[]) => Match | undefined,
): PlannerReply | undefined {
  if (
    scope.templates.size === 0 ||
    reading.otherTime !== null ||
    reading.periods.unclear ||
    reading.periods.problem ||
    reading.periods.comparison
  )
    return undefined;
  const { all, words } = wordsOf(question, reading, scope);
  for (const template of scope.templates.values()) {
    const found = match(template, words);
    const filled = found ? fill(found, all, reading, scope) : undefined;
    if (!found || !filled) continue;
    return {
      kind: 'plan',
      plan: {
        kind: 'template',
        template: template.name,
        parameters: filled.parameters,
        period: filled.period,
      },
      confidence: found.exact ? 1 : 0.85,
      planner: 'offline',
      notes: filled.notes,
    };
  }
  return undefined;
}

type Words = { question: string; all: Token[]; words: string[] };
const WORDS = new WeakMap<Reading, Words>();

/** A question is looked at for a template twice, exactly and loosely: its words are found once. */
function wordsOf(question: string, reading: Reading, scope: PlannerScope): Words {
  const known = WORDS.get(reading);
  if (known?.question === question) return known;
  const all = question === reading.text ? reading.words : tokens(question);
  const made = { question, all, words: contentWords(all, scope.lexicon, scope.time) };
  WORDS.set(reading, made);
  return made;
}

const EXAMPLES = new WeakMap<QuestionTemplate, ReadonlySet<string>>();

/** The words that matter of each example, as one text. */
function examplesOf(template: QuestionTemplate, { lexicon, time }: PlannerScope): ReadonlySet<string> {
  const known = EXAMPLES.get(template);
  if (known) return known;
  const made = new Set(
    template.examples.map((example) => contentWords(tokens(example), lexicon, time).join(' ')),
  );
  EXAMPLES.set(template, made);
  return made;
}

/** Stems of the words that matter, in order, with times left out and numbers as 'n'. */
function contentWords(all: Token[], lexicon: Lexicon, time: TimeContext): string[] {
  const words: string[] = [];
  for (let at = 0; at < all.length; ) {
    const token = all[at];
    if (!token) break;
    const found = readTime(all, at, time);
    if (found && found.meaning.kind !== 'weekdays') {
      at += found.length;
      continue;
    }
    at += 1;
    if (token.kind === 'symbol') {
      if (token.word === '%') words.push('percent');
      continue;
    }
    if (token.unit === 'percent') words.push('n', 'percent');
    else if (token.kind === 'number' || smallNumber(token) !== undefined || CODE.test(token.raw))
      words.push('n');
    else if (!isStopWord(token, lexicon)) words.push(...token.stem.split(' '));
  }
  return words;
}

/** The number of a document, which is written in many ways. */
const CODE = /^(?=[\w-]*\d{3})\p{L}{1,6}[\w-]*$/u;

function isStopWord(token: Token, lexicon: Lexicon): boolean {
  const single = lexicon.at([token], 0)[0];
  return (
    single !== undefined &&
    single.meanings.every((one) => one.kind === 'role' && (one.role === 'stop' || one.role === 'and'))
  );
}

type Filled = { parameters: Record<string, ParameterValue>; period: Period | null; notes: string[] };

/** All parameters found in the question or by default; undefined when one is missing or something said has no place. */
function fill(
  { template, exact }: Match,
  all: Token[],
  reading: Reading,
  scope: PlannerScope,
): Filled | undefined {
  const filled: Filled = { parameters: {}, period: null, notes: [] };
  const timed = template.parameters.some((one) => one.type === 'period' || one.type === 'day');
  if (reading.periods.span !== undefined && !timed) return undefined;
  const places = template.parameters.filter((one) => one.type === 'dimension').map((one) => one.dimension);
  const coded = template.parameters.some((one) => one.type === 'text');
  const isCode = (value: string): boolean =>
    coded && /\d/.test(value) && all.some(({ raw }) => raw === value);
  const homeless = reading.filters.some(
    (filter) =>
      (filter.negated || !filter.hits.some((hit) => places.includes(hit.dimension) || isCode(hit.value))) &&
      !exact,
  );
  if (
    homeless ||
    reading.conditions.length >
      (template.parameters.some((one) => one.type === 'integer' || one.type === 'decimal') ? 1 : 0)
  )
    return undefined;
  for (const parameter of template.parameters)
    if (!fillOne(parameter, all, reading, scope, filled)) return undefined;
  return filled;
}

function fillOne(
  parameter: TemplateParameter,
  all: Token[],
  reading: Reading,
  scope: PlannerScope,
  filled: Filled,
): boolean {
  const { parameters } = filled;
  switch (parameter.type) {
    case 'period': {
      const said = reading.periods.span;
      const span = said === undefined ? defaultSpan(parameter.default, scope.time) : said;
      if (span === undefined) return false;
      if (span === null) return true;
      if (said === undefined) filled.notes.push(`no period was said: ${parameter.default ?? ''}`);
      filled.period = periodOf(span);
      parameters['from'] = span.from;
      parameters['to'] = span.to;
      return true;
    }
    case 'day': {
      const said = reading.periods.span ?? defaultSpan(parameter.default, scope.time);
      if (!said) return parameter.default !== null;
      parameters[parameter.name] = addDays(said.to, -1);
      return true;
    }
    case 'integer':
    case 'decimal': {
      const number = numberFor(parameter, all, reading);
      const value = number ?? parameter.default;
      if (value === null) return false;
      if (parameter.type === 'integer') {
        const whole = Number(value);
        if (!Number.isInteger(whole) || whole < parameter.least || whole > parameter.most) return false;
        parameters[parameter.name] = whole;
      } else parameters[parameter.name] = String(value);
      return true;
    }
    case 'dimension': {
      const named = reading.filters.filter(({ hits }) =>
        hits.some((one) => one.dimension === parameter.dimension),
      );
      // Of two that are named, one parameter would pass over the other.
      if (named.length > 1) return false;
      const hit = named[0]?.hits.find((one) => one.dimension === parameter.dimension);
      const value = hit?.value ?? parameter.default;
      if (value === null) return false;
      parameters[parameter.name] = value;
      return true;
    }
    case 'choice': {
      const text = ` ${stemPhrase(reading.text)} `;
      const chosen = parameter.choices.find((choice) =>
        choice.words.some((word) => text.includes(` ${stemPhrase(word)} `)),
      );
      const value = chosen?.value ?? parameter.default;
      if (value === null) return false;
      parameters[parameter.name] = value;
      return true;
    }
    case 'text': {
      const at = all.findIndex((token) => parameter.words.some((word) => stemPhrase(word) === token.stem));
      const code = all.slice(at + 1).find((token) => /\d/.test(token.raw) || token.kind === 'quoted');
      if (at < 0 || !code) return false;
      parameters[parameter.name] = code.kind === 'quoted' ? code.raw.slice(1, -1) : code.raw;
      return true;
    }
  }
}

function numberFor(parameter: { words: string[] }, all: Token[], reading: Reading): string | undefined {
  const stems = parameter.words.map(stemPhrase);
  for (let at = 0; at < all.length; at += 1) {
    const value =
      all[at]?.number ?? (smallNumber(all[at]) === undefined ? undefined : String(smallNumber(all[at])));
    if (value === undefined || all[at]?.unit === 'percent') continue;
    if ([all[at - 1], all[at + 1]].some((token) => token && stems.includes(token.stem))) return value;
  }
  const limit = reading.ranking?.limit;
  if (limit && stems.includes('top')) return String(limit);
  return undefined;
}

function defaultSpan(
  words: string | null,
  time: TimeContext,
): Parameters<typeof periodOf>[0] | null | undefined {
  if (words === null) return undefined;
  const found = readTime(tokens(words), 0, time);
  if (found?.meaning.kind === 'span') return found.meaning.span;
  return found?.meaning.kind === 'all-time' ? null : undefined;
}
