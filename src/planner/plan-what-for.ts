import type { PlannerReply } from '../domain/plan.ts';
import { understandQuestion } from '../reading/understand-question.ts';
import type { PlannerScope } from './planner-scope.ts';

const MEETING =
  '(?:meetings?|reviews?|calls?|talks|negotiations?|presentations?|pitch|decks?|lunch|deadline|reps?|sessions?|workshops?|conference|catch[- ]?ups?|stand[- ]?ups?|one[- ]to[- ]one|appraisals?|visits?|board|interviews?|audit|briefing|handover|training|huddle|slides?|board ?paper|agenda|rota|budget round)';
/** What is sent out to customers: said by itself it may be what the figures are of. */
const SENT_OUT =
  '(?:campaigns?|mailings?|mailshots?|newsletters?|e-?mails?|posters?|flyers?|leaflets?|brochures?|catalogues?|adverts?|ads|promotions?|promos?|windows?|posts?)';
const PLANNED =
  /\b(?:thinking|planning|preparing|working|doing|writing|drafting|designing|considering|timing|about to|going to|going out|want to (?:run|do|send)|launching|booking|briefing)\b/i;
const A_MEETING = new RegExp(`\\b(?:[\\p{L}-]+ )?${MEETING}\\b`, 'iu');
const A_SENDING = new RegExp(`\\b(?:[\\p{L}-]+ )?${SENT_OUT}\\b`, 'iu');
const SENTENCES = /(?<=[.!?;:\n])\s+|\s+[-–—]+\s+/;

/** 'for the supplier talks I need ...', 'for timing our mailings: ...'. */
const FOR_WHAT =
  /^(for (?:(?:the|our|my|a|an|this|that|some|tomorrow['’]?s|next week['’]?s) )?[^,.:;?!]{3,45}?)(?:[,:] ?|\s+[-–—]+\s+|(?= (?:i|we)(?:['’]d| would| will)? (?:really |just )?(?:need|want|like|require) ))(?: ?(?:i|we)(?:['’]d| would| will)? (?:really |just )?(?:need|want|like|require) (?:to (?:know|see|have) )?)?(?=\S+ \S+)/i;

/**
 * 'Range review is on Thursday', 'got the rep coming in', 'for the supplier talks I need': what the figures are needed for
 * is no part of them. A sentence that names anything of the data is none of these.
 */
export function withoutWhatFor(
  question: string,
  scope: PlannerScope,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  const [lead = '', forWhat = ''] = FOR_WHAT.exec(question) ?? [];
  if (forWhat !== '' && isOccasion(forWhat, scope))
    return told(alone(question.slice(lead.length)), [forWhat]);
  const sentences = question.split(SENTENCES).filter((one) => /\p{L}/u.test(one));
  if (sentences.length < 2 || sentences.length > 4) return undefined;
  const aside = sentences.filter((one) => isOccasion(one, scope));
  const asked = sentences.filter((one) => !aside.includes(one));
  if (aside.length === 0 || asked.length === 0) return undefined;
  return told(alone(asked.join(' ')), aside);
}

function told(reply: PlannerReply, left: string[]): PlannerReply | undefined {
  if (reply.kind !== 'plan') return undefined;
  const said = left.map((one) => `'${one.trim()}'`).join(', ');
  return { ...reply, notes: [...reply.notes, `left aside: ${said}`] };
}

function isOccasion(sentence: string, scope: PlannerScope): boolean {
  if (/\?|^(?:and|or|but|only|just|in|during|since|after|before|from|on|by|with|without)\b/i.test(sentence))
    return false;
  if (sentence.split(/\s+/).length > 12) return false;
  const noun =
    A_MEETING.exec(sentence) ??
    (PLANNED.test(sentence) || /^for /i.test(sentence) ? A_SENDING.exec(sentence) : null);
  if (!noun) return false;
  const rest = understandQuestion(sentence.replace(noun[0], ' '), scope);
  const named = understandQuestion(sentence, scope);
  const nothing = [
    rest.metrics,
    rest.conditions,
    rest.dimensions,
    named.filters,
    named.segments,
    named.texts,
  ];
  return nothing.every((list) => list.length === 0) && !rest.howMany && !named.ranking && !named.ambiguous;
}
