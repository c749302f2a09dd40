import type { PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { COMMON_WORDS } from '../vocabulary/common-words.ts';
import { compareText } from '../vocabulary/compare-text.ts';
import { fold, stem } from '../vocabulary/understand-words.ts';
import type { ValueHit } from '../vocabulary/value-index.ts';
import { planAbsentValue } from './plan-absent-value.ts';
import { keepUnderstood, plannableChoices, understoodWordings } from './plan-choices.ts';
import type { PlannerScope } from './planner-scope.ts';

type Alone = (text: string) => PlannerReply;
type Place = { text: string; start: number; end: number };

/** Whether there is something in a question that has to be asked about (or refused) before it is planned. */
export function mustAskAboutWords(reading: Reading): boolean {
  return (
    reading.outside.length + reading.unknown.length + reading.leftovers.length + reading.vague.length > 0 ||
    [reading.periods.unclear, reading.periods.problem, reading.ambiguous].some(Boolean) ||
    saysNothing(reading)
  );
}

function recognisedIn(reading: Reading): number {
  return (
    reading.metrics.length + reading.dimensions.length + reading.filters.length + reading.segments.length
  );
}

function saysNothing(reading: Reading): boolean {
  return (
    recognisedIn(reading) === 0 &&
    reading.periods.span === undefined &&
    !reading.ranking &&
    reading.contentTiles === 0
  );
}

/** Names every word that was not understood, and asks; nothing that could change the number is passed over. */
export function askAboutWords(
  question: string,
  reading: Reading,
  scope: PlannerScope,
  alone: Alone,
): PlannerReply | undefined {
  if (!mustAskAboutWords(reading)) return undefined;
  if (reading.outside.length > 0) return outside(reading);
  if (reading.periods.unclear) return unclearTime(question, reading, alone);
  const unknown = merged(reading.unknown, question).map((place) => widened(place, question, scope));
  const first = unknown[0];
  if (first) {
    const business =
      recognisedIn(reading) > 0 ||
      reading.grain !== null ||
      reading.ranking !== null ||
      reading.roles.has('sell') ||
      reading.periods.span !== undefined ||
      reading.roles.has('spend') ||
      reading.roles.has('how-many'); // prettier-ignore
    const known = scope.values.hasWord(stem(fold(first.text.split(' ')[0] ?? '')));
    if (!business && !known) {
      return {
        kind: 'refuse',
        reason: 'off-topic',
        text: "I could not find anything about this business's figures in that. Ask me, for example: revenue last month by category.",
      }; // prettier-ignore
    }
    return unknownWord(first, unknown, question, reading, scope, alone);
  }
  if (reading.periods.problem) {
    return clarify(
      `Which period do you mean: ${reading.periods.problem}?`,
      understoodWordings(reading, scope),
      [],
      alone,
    );
  }
  if (reading.ambiguous) return ambiguousValue(question, reading, scope, alone);
  if (reading.vague.length > 0 && reading.metrics.length === 0) return vague(reading, scope, alone);
  if (reading.leftovers.length > 0 || reading.vague.length > 0) return leftover(reading, scope, alone);
  return vague(reading, scope, alone);
}

function outside(reading: Reading): PlannerReply {
  const { subject, said } = reading.outside[0] ?? { subject: 'that', said: '' };
  const what = subject === 'that' ? `'${said}'` : subject;
  return {
    kind: 'refuse',
    reason: 'cannot-answer',
    text: `The warehouse holds nothing about ${what} ('${said}'), so I cannot answer that.`,
  };
}

function unclearTime(question: string, reading: Reading, alone: Alone): PlannerReply {
  const unclear = reading.periods.unclear;
  const said = unclear?.said ?? '';
  const at = question.toLowerCase().indexOf(said.toLowerCase());
  const wordings = (unclear?.options ?? []).map(({ label, phrase }) => {
    if (at < 0) return { label, question: `${question} ${phrase}` };
    const before = question
      .slice(0, at)
      .replace(/\b(?:in|on|during|for|over|around|at|the|this|last)(?: the)?\s*$/i, '');
    return { label, question: `${before}${phrase}${question.slice(at + said.length)}`.replace(/\s+/g, ' ') };
  });
  const choices = keepUnderstood(wordings, alone);
  return { kind: 'clarify', text: `Which days do you mean by '${said}'?`, choices, unknownWords: [] };
}

function unknownWord(
  place: Place,
  all: Place[],
  question: string,
  reading: Reading,
  scope: PlannerScope,
  alone: Alone,
): PlannerReply {
  const stems = place.text
    .split(/[\s/-]+/)
    .map((word) => stem(fold(word)))
    .filter((word) => word !== '' && word !== 'and'); // prettier-ignore
  const absent = all.length === 1 ? planAbsentValue(place.text, scope) : undefined;
  if (absent) return absent;
  const common = stems.every((word) => COMMON_WORDS.has(word));
  const having = common ? [] : scope.values.containing(stems, 40);
  const near = common ? [] : scope.values.similar(place.text, null, 4);
  const hits = rankHits(having.length > 0 ? having : near);
  const wordings: { label: string; question: string }[] = hits.slice(0, 4).map((hit) => ({
    label: `${hit.value} (${label(scope, hit.dimension)})`,
    question: replace(question, place, named(hit, scope)),
  }));
  const shared = common ? undefined : namesWith([place.text, stems.join(' ')], stems, scope);
  if (shared) {
    wordings.unshift({
      label: `All ${shared.count === '' ? '' : `${shared.count} `}products with '${shared.text}' in the name`,
      question: replace(question, place, `products containing "${shared.text}"`),
    });
  }
  const spelled = scope.lexicon.near(fold(place.text)).slice(0, 3);
  for (const word of spelled)
    wordings.push({
      label: capital(replace(question, place, word)),
      question: replace(question, place, word),
    });
  const understood = understoodWordings(reading, scope);
  wordings.push(...understood);
  const words = all.map((one) => one.text);
  const choices = keepUnderstood(wordings, alone);
  const asValue = all.length === 1 && reading.metrics.length > 0 && looksLikeValue(place, question);
  if (asValue) {
    const dimension = hits[0]?.dimension ?? guessDimension(place, question, scope);
    const without = new Set(understood.map((one) => one.question));
    const suggestions = choices.filter((choice) => !without.has(choice.question));
    const text =
      suggestions.length > 0
        ? `I know no '${place.text}'. Did you mean one of these?`
        : `I know no '${place.text}' in the data.`;
    return {
      kind: 'unknown-value',
      dimension,
      value: place.text,
      didYouMean: suggestions.length > 0 ? suggestions : choices,
      text,
    };
  }
  const text =
    words.length === 1
      ? `I do not know what '${place.text}' means here.`
      : `I do not know what these words mean here: ${words.map((word) => `'${word}'`).join(', ')}.`; // prettier-ignore
  return { kind: 'clarify', text, choices: plannableChoices(choices, alone), unknownWords: words };
}

const MOST_NAMES = 1000;

/** How many products have the words in their name as they stand; nothing when there is one or none. */
function namesWith(
  texts: string[],
  stems: string[],
  scope: PlannerScope,
): { text: string; count: string } | undefined {
  const names = scope.values
    .containing(stems, MOST_NAMES)
    .filter((hit) => hit.dimension === 'product')
    .map((hit) => hit.value.toLowerCase());
  for (const text of texts) {
    const count = names.filter((name) => name.includes(text.toLowerCase())).length;
    if (count > 1) return { text, count: names.length < MOST_NAMES ? String(count) : '' };
  }
  return undefined;
}

function looksLikeValue(place: Place, question: string): boolean {
  const before = question.slice(0, place.start);
  return (
    /\b(?:in|from|for|of|at|via|excluding|except|only|without|by customer|category|brand|branch|store|shop|product|country|city|state|seller|channel|customer|department|account)\s+(?:the\s+)?["']?$/i.test(
      before,
    ) || /^["“']/.test(place.text)
  );
}

function guessDimension(place: Place, question: string, scope: PlannerScope): string {
  const before = question.slice(0, place.start).trim().split(/\s+/).at(-1)?.toLowerCase() ?? '';
  const named = scope.lexicon.at(
    [{ kind: 'word', raw: before, word: fold(before), stem: stem(fold(before)), at: 0, end: 0 }],
    0,
  );
  for (const { meanings } of named) for (const one of meanings) if (one.kind === 'dimension') return one.name;
  const place1 = /^(?:in|from|at)$/.test(before)
    ? ['country', 'city', 'branch']
    : ['category', 'product', 'brand'];
  return place1.find((name) => scope.model.dimensions.has(name)) ?? 'category';
}

const ORDER = [
  'category',
  'country',
  'state',
  'branch',
  'city',
  'region',
  'channel',
  'brand',
  'subcategory',
  'department',
  'payment_method',
  'account',
  'product',
]; // prettier-ignore

function rankHits(hits: ValueHit[]): ValueHit[] {
  const place = (hit: ValueHit): number => {
    const at = ORDER.indexOf(hit.dimension);
    return at < 0 ? ORDER.length : at;
  };
  return [...hits].sort(
    (a, b) => place(a) - place(b) || a.value.length - b.value.length || compareText(a.value, b.value),
  );
}

function ambiguousValue(question: string, reading: Reading, scope: PlannerScope, alone: Alone): PlannerReply {
  const { said, start, end, hits } = reading.ambiguous ?? { said: '', start: 0, end: 0, hits: [] };
  const place = { text: said, start, end };
  const wordings = hits.slice(0, 5).map((hit) => ({
    label: `${hit.value} (${label(scope, hit.dimension)})`,
    question: replace(question, place, named(hit, scope)),
  }));
  const choices = keepUnderstood(wordings, alone);
  return {
    kind: 'clarify',
    text: `'${said}' can mean more than one thing. Which one?`,
    choices,
    unknownWords: [],
  };
}

function named(hit: ValueHit, scope: PlannerScope): string {
  return `${label(scope, hit.dimension)} "${hit.value}"`;
}

function vague(reading: Reading, scope: PlannerScope, alone: Alone): PlannerReply {
  const reply = clarify('Which figure would you like?', understoodWordings(reading, scope), [], alone);
  return { ...reply, asksFigure: true };
}

function leftover(reading: Reading, scope: PlannerScope, alone: Alone): PlannerReply {
  const words = [...reading.leftovers.map((one) => one.text), ...reading.vague];
  return clarify(
    `I do not know what to do with ${words.map((word) => `'${word}'`).join(', ')} here.`,
    understoodWordings(reading, scope),
    words,
    alone,
  );
}

function clarify(
  text: string,
  wordings: { label: string; question: string }[],
  unknownWords: string[],
  alone: Alone,
): Extract<PlannerReply, { kind: 'clarify' }> {
  const choices = plannableChoices(keepUnderstood(wordings, alone), alone);
  return { kind: 'clarify', text, choices, unknownWords };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words side by side that nothing knows are one name. */
function merged(places: Place[], question: string): Place[] {
  const out: Place[] = [];
  for (const place of places) {
    const before = out.at(-1);
    if (before && /^[\s/&-]*(?:and |of |the )?$/i.test(question.slice(before.end, place.start))) {
      before.text = question.slice(before.start, place.end);
      before.end = place.end;
    } else out.push({ ...place });
  }
  return out;
}

/** 'Fell Walker' where only 'Walker' was unknown: a neighbour that stands in the same name belongs to it. */
function widened(place: Place, question: string, scope: PlannerScope): Place {
  let { start, end } = place;
  const stemsOf = (text: string): string[] =>
    text
      .split(/[\s/-]+/)
      .map((word) => stem(fold(word)))
      .filter((word) => word !== '');
  for (let step = 0; step < 3; step += 1) {
    const before = /(\S+)\s+$/.exec(question.slice(0, start));
    if (!before?.[1] || !/^\p{L}{3,}$/u.test(before[1]) || !scope.values.hasWord(stem(fold(before[1]))))
      break;
    const wider = start - before[0].length;
    if (scope.values.containing(stemsOf(question.slice(wider, end)), 1).length === 0) break;
    start = wider;
  }
  for (let step = 0; step < 3; step += 1) {
    const after = /^\s+(\p{L}{3,})(?=[\s?!.,]|$)/u.exec(question.slice(end));
    if (!after?.[1] || !scope.values.hasWord(stem(fold(after[1])))) break;
    const wider = end + after[0].length;
    if (scope.values.containing(stemsOf(question.slice(start, wider)), 1).length === 0) break;
    end = wider;
  }
  return { text: question.slice(start, end), start, end };
}

function replace(question: string, place: Place, by: string): string {
  return `${question.slice(0, place.start)}${by}${question.slice(place.end)}`.replace(/\s+/g, ' ').trim();
}

function label(scope: PlannerScope, dimension: string): string {
  return (scope.model.dimensions.get(dimension)?.label ?? dimension).toLowerCase();
}
