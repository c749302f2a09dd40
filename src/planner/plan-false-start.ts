import type { PlannerReply } from '../domain/plan.ts';
import type { Reading } from '../reading/reading.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import { plain } from '../vocabulary/plain-question.ts';
import { usualWording } from '../vocabulary/usual-wording.ts';
import type { PlannerScope } from './planner-scope.ts';

const TAKEN_BACK =
  /^(?<first>.*?)[\s,;:.?!…–—-]+(?:oh |oops,? |er,? |um,? )?(?:never ?mind|sorry|i mean(?:t)?|scratch that|strike that|no,? wait|wait,? no|(?<=[,;:.?!…–—-]\s*)wait|correction|make that|let me rephrase|or rather|actually,? no|forget (?:that|it))\b[\s,;:.…–—-]*(?<rest>.+)$/i;

/**
 * 'units per order? never mind - units of boots in October': what was begun and taken back is left aside, if what comes
 * after it says as much by itself; 'in September, sorry, October' is no such thing.
 */
export function withoutFalseStart(
  question: string,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  const [first = '', rest = ''] = Object.values(TAKEN_BACK.exec(question)?.groups ?? {}).map((text) =>
    usualWording(plain(text)),
  );
  if (rest === '') return undefined;
  const [begun, said] = [first, rest].map((text) => understandQuestion(text, scope));
  if (!begun || !said) return undefined;
  const meant = saysAsMuch(said, begun) ? rest : corrected(first, begun, rest, said);
  const reply = meant === undefined ? undefined : alone(meant);
  if (meant !== rest) return reply?.kind === 'plan' ? reply : undefined;
  if (reply?.kind !== 'plan') return undefined;
  return { ...reply, notes: [...reply.notes, `left aside: '${first.trim()}'`] };
}

/** 'in September, sorry, October': what is said last stands in the place of what it corrects. */
function corrected(first: string, begun: Reading, rest: string, said: Reading): string | undefined {
  if (said.contentTiles > 1 || said.unknown.length > 0) return undefined;
  const [wrong] = begun.filters;
  const [right] = said.filters;
  const old =
    said.periods.span && begun.periods.span
      ? begun.periods.span.label
      : wrong && right?.hits[0]?.dimension === wrong.hits[0]?.dimension
        ? wrong.said
        : '';
  const at = old === '' ? -1 : first.toLowerCase().lastIndexOf(old.toLowerCase());
  return at < 0
    ? undefined
    : first.slice(0, at) + rest.replace(/[?.! ]+$/, '') + first.slice(at + old.length);
}

function saysAsMuch(said: Reading, begun: Reading): boolean {
  const parts = (reading: Reading): number[] => [
    reading.metrics.length,
    reading.periods.span === undefined ? 0 : 1,
    reading.filters.length + reading.segments.length,
    reading.grain === null && reading.dimensions.length === 0 ? 0 : 1,
  ];
  const before = parts(begun);
  return said.metrics.length > 0 && parts(said).every((count, at) => count > 0 || (before[at] ?? 0) === 0);
}
