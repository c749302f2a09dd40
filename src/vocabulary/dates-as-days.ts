/** A date of its own: of an order, of a promise, of a document. */
const KIND_OF_DATE =
  '(?:order|orders|delivery|shipping|shipment|dispatch|ship|due|promised|promise|estimated|expected|approval|purchase|invoice|posting|document|refund|return|opening|birth|expiry|start|end|cut[- ]?off|sign[- ]?up|year|month|quarter|week|up|by|of|to|out)';
const DATES = new RegExp(
  `(?<!\\b${KIND_OF_DATE} )\\b(dates?)\\b(?!s)(?! (?:of (?:birth|order|delivery|purchase|opening|an? |the (?:last|first|latest))|range|they|it was|promised|dimension))`,
  'gi',
);
const COUNTED =
  /\b(?:which|what|how many|the|these|those|any|single|one|calendar|worst|best|top|bottom|busiest|quietest|highest|lowest|strongest|weakest|all|list|\d+|two|three|four|five|six|seven|ten) $/i;
const LISTED =
  /^(?:s)? (?:with|when|where|on which|that|in|over|above|of|had|has|saw|did|was|were|came|from|went)\b/i;

const MANY = '(\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)';
const FIGURE =
  '(number of \\p{L}+|orders?(?: numbers?| count)?|revenue|sales|takings|turnover|units(?: sold)?|refunds|returns|customers|margin)';
const RANKED = new RegExp(
  `\\b(?:the |which |what |which were the )?${MANY} (days|weeks|months|hours|weekdays)((?: (?:in|of|during|last|this) [^,?.!]{3,25}?)?) (?:with|on which|in which|that had|which had|having|where|when)( [\\p{L} ]{2,30}? (?:had|got|saw|took))? (?:the )?(lowest|fewest|least|smallest|weakest|highest|most|biggest|largest|greatest|best) ${FIGURE}\\b`,
  'iu',
);

/** 'the 3 days last month with the fewest orders'. */
function rankedDays(question: string): string {
  return question.replace(
    RANKED,
    (
      _whole,
      many: string,
      unit: string,
      time: string,
      whose: string | undefined,
      way: string,
      figure: string,
    ) => {
      const end = /^(?:lowest|fewest|least|smallest|weakest)$/i.test(way) ? 'bottom' : 'top';
      const of = (whose ?? '').replace(/ (?:had|got|saw|took)$/i, '').replace(/^ (?:we|there)$/i, '');
      return `${end} ${many} ${unit} by ${figure}${of === '' ? '' : ` for${of}`}${time}`;
    },
  );
}

/** 'on which dates did more than 50 orders come in', 'the three worst dates': days. */
export function datesAsDays(question: string): string {
  return rankedDays(/\bdates?\b/i.test(question) ? inDays(question) : question);
}

function inDays(question: string): string {
  return question
    .replace(
      /[,;.?!–-] ?(?:please )?(?:give|show|tell|list)(?: me)? (?:the|those|all the) (?:dates|days)(?: please)?(?=[\s?.!]*$)/i,
      ', by day',
    )
    .replace(/[,;–-] ?(\d+|two|three|four|five|six|seven|ten) dates(?=[\s?.!]*$)/i, ', $1 days')
    .replace(DATES, (whole, date: string, at: number) => {
      const before = question.slice(0, at);
      const after = question.slice(at + 4);
      if (!COUNTED.test(before) && !LISTED.test(after)) return whole;
      return /s$/i.test(date) ? 'days' : 'day';
    })
    .replace(/\b(?:single|one|calendar) (day)\b/gi, '$1');
}
