import { rewritten } from './rewritten.ts';
import { spokenShapes } from './spoken-shapes.ts';

const MORE = '(?:bigger|higher|larger|greater|better|lower|smaller|worse)';
/** Behind these a noun is what is asked for: 'orders with coupon by coupon'. */
const NAMED = '\\b(?:with|without|of|for|in|by|per|from|no|any|the|each) ';
const CLOCK = '(?:day|week|month|quarter|year|hour|date|one|side|step|bit|item|little|period)';

/** How a question is framed: by what, in which order, against what. */
const FRAMES: readonly [said: RegExp, meant: string][] = [
  // 'the largest sales increase' is of sales; 'the largest sale' is one order.
  [
    /\b(largest|biggest|greatest|highest|strongest|smallest|sharpest|steepest) (sales|revenue|turnover|takings|orders?|units?|margin) (increase|rise|growth|gain|jump|uplift|drop|fall|decrease|decline|dip)\b/gi,
    '$1 $3 in $2',
  ],
  [
    /\b(?:on|by|in terms of|for) (?:the )?(?:gross )?(?:%|per ?cent(?:age)?|pct) margin\b/gi,
    'by margin rate',
  ],
  [
    /\bfor (?:each|every) (category|brand|branch|shop|store|region|country|department|subcategory),? (?:which|what|the|show(?: me)?(?: the)?|list(?: the)?) (?:is the )?(?:one |single )?(product|brand|category|subcategory|customer|article|item) (?:with|has|had|that has|that had) the (?:highest|most|biggest|largest|best) /gi,
    'top $2 in each $1 by ',
  ],
  [/\bper[ -]cent(?:age)?\b/gi, 'percent'],
  [/(?<!\d ?)%age\b/gi, 'percentage'],
  // A slice of all that a shop sells is a share; a slice of anything else may be an article.
  [
    /\b(?:slice|chunk|cut|portion|piece) of (?:the |our )?(?:(?:total|company|overall|group|whole|entire|company['’]s|group['’]s) )*(?=(?:revenue|sales|turnover|takings|orders|units|business|trade|refunds|profit|margin|expenses|costs)\b)/gi,
    'share of total ',
  ],
  // 'of all' says nothing, 'of all but' leaves something out.
  [
    /\b(?:of|for|from|in|across) (?:all|everything|anything) (?:but|except|bar|save|apart from|other than) (?!(?:the )?(?:one|two|last|for)\b)/gi,
    'without ',
  ],
  // 'all branches but York', 'on every channel but phone'.
  [
    /\b((?:all|every|any|each)(?: of)?(?: the| our)? (?!year|month|week|day)\p{L}+(?: \p{L}+)?) but (?!not\b|only\b|just\b|also\b|for\b|in\b|by\b|with\b|without\b|split\b|per\b|show\b|i\b|we\b|what\b|how\b|who\b|which\b|where\b|exclud|except|leav|less\b|more\b|fewer\b|no\b|never\b|sorted\b|rank|list\b|from\b|on\b|at\b|is\b|are\b|it\b|that\b|then\b|have\b|had\b|did\b|do\b|sold\b|please\b|this\b|last\b)/giu,
    '$1 except ',
  ],
  [/\b(?:on )?(?:which|what) weekdays (?=(?:do|did|are|were|have|has) )/gi, 'which days of the week '],
  [/\bwhen in the day (?:are|were|is|was) (?:we|it)(?: the)? (busiest|quietest)\b/gi, '$1 hour of the day'],
  [
    /\b(?:the|our|all the) different (?=(?:categories|branches|shops|stores|brands|regions|channels|countries|departments)\b)/gi,
    'the ',
  ],
  [
    /\bhow did (?:the |our )?(categories|branches|shops|stores|brands|regions|channels|countries|departments) (?:perform|do|fare|get on) (?:on|in|for|in terms of) (revenue|sales|units|orders|margin|turnover)\b/gi,
    '$2 by $1',
  ],
  [
    /\b(?:the )?(?:equivalent|corresponding|matching|comparable) (week|month|day|period|quarter) (?=last year|the year before|a year|of last year)/gi,
    'the same $1 ',
  ],
  [/^(?:please )?(?:name|pick out|single out)(?: me)? (?=the |our |\d)/i, 'list '],
  [/\b(?:carved|chopped|diced|cut|sliced|parcelled) (?:up|out|down)? ?by\b/gi, 'by'],
  [/\bpodium of (?:the |our )?(\p{L}+)\b/giu, 'top 3 $1'],
  [
    /\bwhere (?:is|are|was|were) (?:the |our )?(.{3,40}?) (best|worst|highest|lowest|weakest|strongest)((?: [^?.!]*?)?) by (branch|category|brand|region|channel|product|city|country)\b/gi,
    'which $4 has the $2 $1$3',
  ],
  [
    /\bhow (?:has|have|did|is|are) (?:the |our )?(.{3,30}?) (?:moved|changed|developed|gone|looked|moving|move) (?=(?:month|week|day|quarter) by |each |every |monthly|weekly)/gi,
    '$1 ',
  ],
  [
    /^when (did|do|have) we (sell|sold|take|taken|make|made|turn over)(?: the)? most\b([^?.!]*?),? by (month|week|day|quarter|weekday)\b/gi,
    'in which $4 $1 we $2 the most$3',
  ],
  [
    /^(?:and |so )?how many ((?:of (?:our|the) )?\p{L}+),? (?:as an? |in |as )(?:percentage|percent|per cent|%),? /iu,
    'what percentage of $1 ',
  ],
  [/\bhow many (?:percent|per cent|%) of\b/gi, 'what percentage of'],
  [/^(?:reight|reet|ey up|'?ow do|now then|right then|aye|ello|oi)[\s,.!-]+(?=\p{L}{2,} )/iu, ''],
  [
    /,? ?(?:\b(?:and|as|because|cos) )?(?:the )?(?:finance|marketing|ops|operations|head office|board|boss|my boss|the ceo|ceo|cfo|accounts|auditors?) (?:is|are|keeps?|has been|have been|was|were) (?:asking|chasing|wondering|on at me|on my back|nagging|pestering)(?: me| us)?(?: for it| for this| about it| about this)?\s*[?.!]*$/i,
    '',
  ],
  [
    new RegExp(
      `(?<![,;] ?|${NAMED})\\b(?!${CLOCK}\\b)(\\p{L}{4,})([- ])by\\2\\1 (revenue|sales|takings|turnover|orders|units|refunds|returns|margins?|discounts|numbers|figures|breakdown)\\b`,
      'giu',
    ),
    '$3 by $1',
  ],
  [new RegExp(`(?<!${NAMED})\\b(?!${CLOCK}\\b)(\\p{L}{4,})([- ])by\\2\\1\\b`, 'giu'), 'by $1'],
  [
    /\b(?:split|broken|break|cut|show|slice|sliced) (.{2,40}?) (?:out|up|down) (?:per|by|for each|across)\b/gi,
    '$1 by',
  ],
  [/\bhow many (?:percent|per cent) of\b/gi, 'what percentage of'],
  [/\b(?:cost|costing|costs) us (?:the )?most (?:money )?in refunds\b/gi, 'had the highest refunds'],
  [
    /\b(cit(?:y|ies)|towns?|countr(?:y|ies)|states?|regions?|branch(?:es)?|shops?|stores?|channels?|customers?|segments?)((?: (?:in|of|from) [^?.!,]{2,30}?)?) (?:placed|ordered|order) (?:the )?(most|least)(?! often)\b/giu,
    '$1$2 had the $3 orders',
  ],
  [/\b(?:still )?waiting (?:still )?(?:for )?to be (delivered|shipped|dispatched)\b/gi, 'not yet $1'],
  [/\b(?:down to|at|on) zero\b(?= (?:in|at|right now|now|stock)\b)/gi, 'out of stock'],
  [/\bhad no (?:sales?|orders) at all\b/gi, 'were never sold'],
  // 'kindly confirm the tax', 'please identify the best': a figure is asked for.
  [
    /(^|[,.:;!?] ?)((?:please|kindly|could you|would you|can you|to)(?: please| kindly)*) (?:confirm|identify|set out|work out|analy[sz]e|determine|establish|outline|specify) (?=(?:the|our|my|how|which|what|net|gross|total|revenue|sales|payments|orders)\b)/gi,
    '$1$2 show ',
  ],
  [
    /,? (?:kindly|please) (?:confirm|identify|determine|specify) (?=(?:the|our|my|net|gross|total|revenue|sales|orders|units)\b)/gi,
    ' show ',
  ],
  [/\banaly[sz]ed by\b/gi, 'by'],
  [
    /\b(revenue|sales|turnover|takings|units|orders|margin) per (?:one )?(branch|store|shop|customer|order|unit|product|seller),? on average\b/gi,
    'average $1 per $2',
  ],
  [
    /\bwhat (revenue )?did (?:an?|one|the) (?:typical |average |\(average\) )*(branch|store|shop|customer|seller) (?:turn over|make|bring(?: us)?(?: in)?|take|earn|generate)(?: (?:us|in))?(?: on average)?\b(?=.*)/gi,
    'average revenue per $2',
  ],
  [
    /\bmedian (?:of (?:the |our |all )*)?(?:order values?|values? of (?:an |the |our |all )*orders?)\b/gi,
    'median order value',
  ],
  // 'kindly state the net revenue': the verb, not where customers live.
  [
    /\b(please|kindly|you|to) state (?=(?:the|our|my|net|gross|total|for|revenue|sales|orders|units|refunds)\b)/gi,
    '$1 show ',
  ],
  [
    /^(?:for|in|of|at) (?:every|each) (\p{L}+),? (?:which|what) (\d+|two|three|four|five|ten) (\p{L}+) /iu,
    'which $2 $3 in each $1 ',
  ],
  [
    /\bcustomers (?:buying|shopping|purchasing)(?= (?:in|last|this|on|at|during|from)\b|\s*[?.!]*$)/gi,
    'customers who bought',
  ],
  [
    /\bwhat (?:total|sum) (?:did|have) (?:people|customers|shoppers|buyers) (?:pay|paid)\b/gi,
    'total payments',
  ],
  [/\b(top|bottom|best|worst)(\d{1,3})\b/gi, '$1 $2'],
  [
    /\s*[?.!,;–-]+\s*(?:in )?(units|pieces|revenue|value|percent|percentages?|numbers|pounds|£)(?:['’]s| is| are| will be| would be| only is)? ?(?:fine|ok|okay|enough|good enough|all right|alright|will do|would do|does it|please)\s*[?.!]*$/i,
    ' in $1',
  ],
  [/\bthe (\p{Sc}?\d[\d,.]*k?) (?:mark|threshold|line)\b/giu, '$1'],
  [/\b(?:gone|went|go|goes|going|got|get) (?:past|beyond) (?=\p{Sc}?\d)/giu, 'over '],
  [/\b(?:gone|went|go|goes|going|got|get) (over|above|under|below) (?=\p{Sc}?\d)/giu, '$1 '],
  [/(\p{Sc}\d[\d,.]*)\+ (orders|baskets|refunds|payments)\b/giu, '$2 of at least $1'],
  [/\b(how many|number of|count of) (?:shopping )?baskets\b(?! (?:size|value))/gi, '$1 orders'],
  [
    /\borders? (?:with|having|that have|that had|which had|of) (?:an? |the )?(?:total |order |basket )?(?:value|amount|total|worth)(?: of)? (?=(?:more|over|above|less|under|below|at least|between|exceeding|greater|bigger|higher|\p{Sc}|\d))/giu,
    'orders worth ',
  ],
  [/\borders worth (?=\p{Sc}?\d)/giu, 'orders worth exactly '],
  [/\borders worth (over|above|exceeding|under|below)\b/gi, 'orders $1'],
  [
    /\b(?:is|was|were|are|came|comes) (?:our |the )?(?:number|no\.?|#|nr\.?) ?(?:one|1)\b(?! \p{L}+ (?:is|was))/giu,
    'was the best',
  ],
  [
    /\b(?:(?:at|on) )?(?:the )?(top|bottom) of (?:the |our )(?:table|pile|list|league|league table|tree|class|pack|heap|rankings?|charts?)\b/gi,
    'the $1',
  ],
  [/\b(poorest|lowest|weakest|strongest|highest)[- ]performing\b/gi, '$1'],
  [/\b(lowest|highest|top|biggest|best|worst)[- ]grossing\b/gi, '$1 selling'],
  [
    /\b(second|third|fourth|fifth)-(?=(?:best|highest|biggest|largest|most|lowest|worst|smallest|strongest|weakest)\b)/gi,
    '$1 ',
  ],
  [
    /(?<!\b(?:order|invoice|document|account|customer|article|item|product)(?: (?:number|no\.?))? ?)\b(?:number|no\.?|nr\.?|#) ?(?:one|1)(?= (?!or\b|and\b|of\b|to\b|in\b|is\b|was\b)\p{L})/giu,
    'the top',
  ],
  [/\b(?:the|our) the top\b/gi, 'the top'],
  [
    /^(?:and |so )?who(?:['’]s| has| have)? (took|sold|made|did|brought in|turned over|earned|had|bought|spent|ordered) (more|most|better|less|the most|the least)\b(?=[^?.!]*,[^?.!]* or )/i,
    'which $1 $2',
  ],
  [/\b(?:up|down|out|over) (north|south|east|west)\b/gi, 'in the $1'],
  [/\badd(?:s|ed)? up to\b(?! (?:more|over|less|at least|\p{Sc}?\d))/giu, ''],
  [
    /\b(?:stack|stacks|stacked|measure|measures|shape|shapes) up (?:against|to|with|versus|vs\.?|next to|beside)\b/gi,
    'compare with',
  ],
  [
    /\b(?:fall|fell|fallen|pan out|panned out|break down|broke down|spread out|stack up|come out) (?:across|over|among|between) (?:the )?(?=(?:days of the week|weekdays|branches|categories|channels|regions|brands|months|weeks)\b)/gi,
    'by ',
  ],
  [
    /(?:^|,? )(?:leaving |setting |putting )(?:the )?([\p{L}][\p{L} ]{2,25}?) (?:aside|to one side)(?=\s*[?.!,]|$)/giu,
    ' without $1',
  ],
  [/,? (?:the )?([\p{L}][\p{L} ]{2,25}?) aside(?=\s*[?.!,]|$)/giu, ' without $1'],
  [/\bex (?=(?:the )?(?!vat|tax|gst|works|factory|post|returns?\b)\p{L}{3,})/giu, 'without '],
  [/\b(?:without|not) (?:counting|including|considering)\b/gi, 'without'],
  // How often a code was used is how many orders had it.
  [
    /\b[Hh]ow (?:many times|often) (?:was|were|has|have|did) (?:the )?(?:code |coupon |voucher )?([A-Z][A-Z0-9_-]{3,})(?: code| coupon| voucher)? (?:been |get )?(?:used|redeemed|applied)([^?.!,]{0,40}?),? and (?:what|how much)(?: in)? (sales|revenue|turnover)\b(?: (?:came|went|was made|did we make) (?:with|from|on|in) (?:it|that|them)| did (?:it|that) (?:bring(?: in)?|generate|make))?/g,
    'number of orders and $3 with coupon $1$2',
  ],
  [
    /\b(?:how many times|how often) (?:was|has|did) (?:it|this|that) (?:been |get )?(?:used|redeemed|applied)([^?.!,]{0,40}?),? and (?:what|how much)(?: in)? (sales|revenue|turnover)\b(?: (?:came|went|was made|did we make) (?:with|from|on|in) (?:it|that|them)| did (?:it|that) (?:bring(?: in)?|generate|make))?/gi,
    'how many orders used it and $2$1',
  ],
  [/\bdo(?:n['’]t| not) (?:count|include|consider|take in|add in)\b/gi, 'without'],
  // 'leave out anything that was damaged'
  [
    /\b(leav(?:e|ing) out|ignor(?:e|ing)|exclud(?:e|ing)|except(?: for)?|without) (?:anything|everything|all|whatever|those|ones|the ones) (?:(?:that|which) )?(?:is|are|was|were|got|came back|went back|returned)(?: as)? /gi,
    '$1 ',
  ],
  // 'best customers moneywise', 'top products by money'
  [
    /\b(best|worst|top|biggest|bottom|strongest|weakest)\b([^?.!,]{2,50}?),? (?:money|value|sales|revenue|turnover)[- ]?wise\b/gi,
    '$1$2 by revenue',
  ],
  [
    /\b(best|worst|top|biggest|bottom|strongest|weakest)\b([^?.!,]{2,50}?),? (?:unit|volume|quantity|number)s?[- ]?wise\b/gi,
    '$1$2 by units',
  ],
  [
    /\b(best|worst|top|biggest|bottom|strongest|weakest|rank(?:ed|ing)?)\b([^?.!,]{2,50}?) by (?:the )?money\b(?! (?:back|spent|refunded|lost))/gi,
    '$1$2 by revenue',
  ],
  // 'which state is the cheapest to ship to'
  [
    /\b(?:is|are|was|were) (?:the )?(cheap|dear|pric(?:e)?y|expensive|costly)(est)? (?:for us )?to (?:ship|deliver|send|post|dispatch)(?: orders| parcels| goods)? to\b/gi,
    'had the $1$2 shipping per order',
  ],
  [
    /\b(?:is|are|was|were) (?:the )?(most|least) (?:expensive|costly|pricey) (?:for us )?to (?:ship|deliver|send|post|dispatch)(?: orders| parcels| goods)? to\b/gi,
    'had the $1 expensive shipping per order',
  ],
  [/^(all (?:the |our )?\p{L}+ (?:except|but|without|excluding) [^:?.!]{3,40}): (.+?)[?.!]*$/iu, '$2, $1'],
  [/\b(web|online|store)['’]s (?=(?:share|part|percentage|proportion|%))/gi, '$1 '],
  [/\blast week \(mon(?:day)?s? ?(?:-|–|to) ?sun(?:day)?s?\)/gi, 'last week'],
  [
    new RegExp(
      `^(?:do|does|did) (?:the |our )?(online|web|internet)(?: orders| customers)? or (?:the |our )?(?:in[- ])?(?:store|shop)(?: orders| customers)? (?:have|has|had) (?:the |an? )?${MORE} (.+)$`,
      'i',
    ),
    '$2 $1 vs in store',
  ],
  [
    /\baverage value(?= (?:in [^?.!]+ |last \p{L}+ |this \p{L}+ )?(?:online|web) vs in store)/giu,
    'average order value',
  ],
]; // prettier-ignore

export function spokenFrames(question: string): string {
  return rewritten(spokenShapes(question), FRAMES);
}
