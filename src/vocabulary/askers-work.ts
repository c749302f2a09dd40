import { rewritten } from './rewritten.ts';

/** What people work at; none of these is a figure, a place or an article. */
const WORK_AT =
  '(?:(?:weekly|monthly|daily|staff|team|packing|returns|morning|area|holiday|summer|winter|christmas|performance|shop|store|branch) )?(?:rotas?|staffing|trainings?|shifts?|schedules?|books|benche?s?|till|stock ?take|displays?|windows?|handover|briefings?|appraisals?|reviews?|visits?|meetings?|reports?|sheets?|paperwork|cover|packing|decks?|packs?|slides?|plans?|newsletters?|boards?|notes)';
const I = "(?:i|we)(?:['’]m|['’]re|['’]ve got to| am| are| have to| must| need to| want to| have got to)?";
const DOING =
  '(?:doing|plan(?:ning)?|siz(?:e|ing)|staff(?:ing)?|sort(?:ing)?(?: out)?|clos(?:e|ing)|cash(?:ing)? up|look(?:ing)? (?:into|at)|check(?:ing)?(?: up on)?|prepar(?:e|ing)|prep(?:ping)?|set(?:ting)? up|organi[sz](?:e|ing)|arrang(?:e|ing)|schedul(?:e|ing)|rework(?:ing)?|review(?:ing)?)';
const WORK = `${DOING} (?:(?:the|some|our|my|a|an|next week['’]s|this week['’]s) )?${WORK_AT}`;
const RUN =
  "(?:manage|run|look after|work (?:at|in|for)|am (?:the )?(?:store |shop |branch )?manager (?:of|at|in)|['’]m (?:the )?(?:store |shop |branch )?manager (?:of|at|in)|am in charge of|['’]m in charge of|am responsible for|['’]m responsible for)";

/** 'I manage Leeds, ...', 'I'm doing the rota for York, ...': what is left of it is the place that the question is about. */
const WORKS: readonly (readonly [said: RegExp, meant: string])[] = [
  [
    new RegExp(`^(?:hi |hello )?i ?${RUN} (?:the |our )?([^,.;:!?]{3,40})[,.;:!-]+ (?:so |and )?`, 'iu'),
    'for $1, ',
  ],
  [
    new RegExp(`^${I} ${WORK} (?:for|of|at|in) (?:the |our )?([^,.;:!?]{3,60}?)[,.;:!]+ (?:so |and )?`, 'iu'),
    'for $1, ',
  ],
  [new RegExp(`^${I} ${WORK} ?[,.;:!–-]+ (?:so |and )?(?=\\p{L})`, 'iu'), ''],
  [
    /^(?:for )?(?:the |my |our |next week['’]s )?(?:rotas?|staffing|cashing[- ]up|scheduling|planning|shift planning|link[- ]selling(?: check)?|quick check|a check|spot check|rota planning|packing|replenishment|stock ?taking|the morning meeting|training)(?: please)?[:,] (?=\p{L})/iu,
    '',
  ],
  [
    new RegExp(
      `^(?:am |currently )?${DOING} (?:(?:the|our|my) )?${WORK_AT} ?[.,;:!–-]+ (?:so |and )?(?=\\p{L})`,
      'iu',
    ),
    '',
  ],
  [/^cashing[- ]up for (?=[^,.;:!?]{3,40}[,:])/iu, 'for '],
  [
    /\bmy (?:area|regional|district|line|store|branch|shop|general|ops|operations|floor|duty) manager\b/gi,
    'my boss',
  ],
  [
    /\bfor my (?:customer service|operations|ops|service|branch|shop|store|team|floor|weekly|monthly) (?:report|meeting|review|pack|summary)\b/gi,
    'for my report',
  ],
];

/** Behind 'I manage Leeds' a 'there' or 'my branch' is that place. */
const THERE =
  /(?<=^for [^?]*)\b(?:(?:in|at) )?(?:there|(?:in |at |of )?my (?:own )?(?:branch|shop|store))(?=[\s?.!,]|$)(?! (?:were|was|are|is|any)\b)/i;

export function askersWork(question: string): string {
  const first =
    /^(?:i|we|for|cash|link|hi|hello|the|rota|staff|quick|spot|packing|planning|training|my|our|next|sched|look|check|sort|review|prep|clos|doing)/i.test(
      question.trim(),
    );
  if (!first && !/\bmy \p{L}+ (?:\p{L}+ )?(?:manager|report|meeting|review)\b/iu.test(question))
    return question;
  const text = rewritten(question, WORKS);
  return text === question ? text : text.replace(THERE, '');
}
