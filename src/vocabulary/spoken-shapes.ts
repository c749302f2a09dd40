import { rewritten } from './rewritten.ts';

const NUMBER = '(?:\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)';
const THINGS =
  '(?:category|subcategory|brand|department|product|branch|shop|store|region|country|channel|city|seller|supplier|state|customer)';
const PAID_WITH =
  '((?:cash|(?:credit|debit|gift)[ -]cards?|cards?|vouchers?|boleto|paypal|bank transfers?|invoices?)\\b)';
const FIGURES =
  '(?:revenue|sales|takings|turnover|orders|units|refunds|returns|discounts|margin|profit|shipping|payments)';
const UNITS = '(day|week|month|quarter|year|weekday)';

/** What form an answer is to have, said behind the figure or around it: judged by what, in what average, as how many columns. */
const SHAPES: readonly (readonly [said: RegExp, meant: string])[] = [
  [/\bon the (web|online|store|phone) channel\b/gi, 'on channel $1'],
  [
    /,? \b(?:judged|measured|assessed|rated|gauged|scored|(?<=\b(?:top|bottom|best|worst|most|least|highest|lowest|biggest|strongest|weakest|leading)\b.{3,60})(?:ranked|sorted|ordered)|going) (?:on|by|in terms of|according to) (?:the |their |its )?(?=\p{L})/giu,
    ' by ',
  ],
  [
    new RegExp(
      `,? ?(?:\\b(?:in|by|with) )?\\b(revenue|sales|orders?|units?|margin|profit|volume|value|money)[- ]wise\\b,?`,
      'gi',
    ),
    ' in $1',
  ],
  [new RegExp(`,? ?\\b${UNITS}[- ]wise\\b,?`, 'gi'), ' by $1'],
  [
    /\bas (?:a|an|their|its|the) (?:slice|chunk|part|portion|piece|cut) of (?:the )?(?:whole |entire )?/gi,
    'as a share of the total ',
  ],
  [
    new RegExp(
      `\\b(?:vary|varies|varied|differ|differs|differed) (?:by|across|between|among|from) (?=(?:the |our |each )?${THINGS})`,
      'gi',
    ),
    'by ',
  ],
  [
    /(?<=\b(?:each|every|all|any|every single|everything|everywhere|everyone|countries|categories|branches|shops|stores|brands|regions|channels|departments|products)(?: \p{L}+)?) bar (?=(?:the |our )?\p{L})(?!chart|graph)/giu,
    ' except ',
  ],
  // 'orders not paid in cash', 'paid by anything but cash'.
  [
    new RegExp(
      `\\b(?:(?:that |which )?(?:were|was|are|have been|got) )?not (?:been )?paid (?:for )?(?:by|with|in|via|using|through) ${PAID_WITH}`,
      'gi',
    ),
    'without payment method $1',
  ],
  [
    new RegExp(
      `\\b(?:(?:that |which )?(?:were|was|are) )?paid (?:for )?(?:by|with|in|via|using|through) (?:anything|something|any (?:means|way|method)) (?:but|other than|except|besides|apart from) (?:for )?${PAID_WITH}`,
      'gi',
    ),
    'without payment method $1',
  ],
  [/\bleaving aside\b/gi, 'excluding'],
  [
    new RegExp(
      `^(?:please )?(?:just |only )?(?:the |these )?(?:two|three|four|five|[2-5]) (?:figures|numbers|metrics|kpis|things)(?: please)?(?= (?:for|from|on|in)\\b|[,:–-])[,:–-]? ?(.*?)(?: please)?(?=[,:])`,
      'i',
    ),
    '$1',
  ],
  [/\bmanaged (?=more than|over|at least|under|less than|fewer than|above|below|\d)/gi, 'had '],
  [
    /\b(?:grow|grew|rise|rose|increase|increased|go up|went up) or (?:shrink|shrank|fall|fell|drop|dropped|decline|declined|decrease|decreased|go down|went down)\b/gi,
    'change',
  ],
  [
    /\b(?:shrink|shrank|fall|fell|drop|dropped|decline|declined|decrease|decreased|go down|went down) or (?:grow|grew|rise|rose|increase|increased|go up|went up)\b/gi,
    'change',
  ],
  [/\btrading (?=by (?:hour|day|week|month|weekday))/gi, ''],
  [
    /\b(?:how (?:does|did|do) )?((?:the |our )?(?:revenue|sales|orders|units|takings|trade)) (?:run|flow|spread|build|develop|go|break down|look|move) (?:through|over|across|during|in) (?:the|a) day\b/gi,
    '$1 by hour of the day',
  ],
  [
    new RegExp(
      `\\b(?:our |the )?(${NUMBER}) (?:busiest|best|strongest) (${THINGS}s|branches|categories|subcategories|cities|countries)\\b(.*?),? by (?:orders|order count|number of orders)\\b`,
      'gi',
    ),
    'top $1 $2 by number of orders$3',
  ],
  [
    new RegExp(
      `\\b(?:our |the )?(${NUMBER}) (?:quietest|worst|weakest) (${THINGS}s|branches|categories|subcategories|cities|countries)\\b(.*?),? by (?:orders|order count|number of orders)\\b`,
      'gi',
    ),
    'bottom $1 $2 by number of orders$3',
  ],
  [
    /\b(?:broken|split|divided|cut) (?:out |up |down )?(?:in)?to (?=(?:days|weeks|months|quarters|hours)\b)/gi,
    'by ',
  ],
  [
    /\b(?:split|broken|break|itemi[sz]ed) (?:out|down|up) (?=(?:monthly|weekly|daily|quarterly|yearly)\b)/gi,
    '',
  ],
  [
    /\b(?:divided|divide|divides|distributed|apportioned|shared)(?: up| out)? (?:among|amongst|between|over|across) (?=(?:the |our )?\p{L}+)/giu,
    'split by ',
  ],
  [
    /\bhow (?:is|was|are|were|did|does|do) ([^?.!,]{3,40}?) (?:divided|divide|shared out|distributed|split)(?: up)?,? (in (?:percent|%|percentages?|shares?)),? (?:between|among|by|across) /gi,
    'share of $1 by ',
  ],
  [
    /\beach (category|brand|branch|shop|store|region|country|channel|department|subcategory)['’]s (?:slice|chunk|cut|piece|portion) of\b/gi,
    'share of each $1 in',
  ],
  [
    /\b(?:is|was|were|are) (?:each |every )?([\p{L} ]{3,25}?) (?:responsible for|accountable for|good for)\b/giu,
    'did $1 account for',
  ],
  [
    /\b(revenue|sales|units|orders|refunds) divided by (?:the )?(?:number of )?(customer|order|unit|branch)(?:e?s)\b/gi,
    '$1 per $2',
  ],
  [
    /\b(?:rolling|moving|trailing) (two|three|four|five|six|seven|twelve|\d{1,2})[- ](day|week|month)s? average (?:of )?/gi,
    '$1 $2 moving average of ',
  ],
  [
    /\bsmoothed (?:out )?over (two|three|four|five|six|seven|twelve|\d{1,2}) (day|week|month)s?\b/gi,
    '$1 $2 moving average',
  ],
  [
    /\b(two|three|four|five|six|seven|twelve|\d{1,2}) (day|week|month) rolling mean\b/gi,
    '$1 $2 moving average',
  ],
  [
    /\bwhat (?:do|did) (the (?:top|best|first) (?:\d+|three|four|five|ten) \p{L}+) (?:make|bring in|take|earn|turn over|sell|add up to|come to)(?: for us)? (?:together|combined|in total|altogether)\b/giu,
    'combined revenue of $1',
  ],
  [
    /\b(?:that |which )?we(?:['’]ve| have)? sold (?:the )?(fewest|most|least) of\b/gi,
    'with the $1 units sold',
  ],
  [
    /\bare we (?:currently |still )?(?:on|hitting|making|meeting) (?:the |our )?(budget|target|plan) (?:for|on|with) (revenue|sales|turnover|takings|costs|expenses|spending)\b/gi,
    '$2 against $1',
  ],
  [
    /\bactuals? (?:v|vs\.?|versus|against) (?:the |our )?budget(?:ed)? (revenue|sales|turnover|takings|costs|expenses)\b/gi,
    '$1 against budget',
  ],
  [
    /\borders((?: (?:in|of|for|during) [^?.!,]{3,20}?| last \p{L}+| this \p{L}+)?),? (?:on|in|for|at) which (?:there was |we gave |they got |customers got |we took off )?(?:a |any |some |the )?discount(?: was)?(?: (?:given|applied|used|taken))?\b/giu,
    'orders with a discount$1',
  ],
  [
    /\borders((?: (?:in|of|for|during) [^?.!,]{3,20}?| last \p{L}+| this \p{L}+)?),? where (?:there (?:was|is) |we gave |they got |customers got )?(?:a |any |some )?discount(?: was)?(?: (?:given|applied|used|taken))?\b/giu,
    'orders with a discount$1',
  ],
  [new RegExp(`\\b(${THINGS}) (?:x|×|\\*) (${THINGS})\\b`, 'gi'), 'by $1 and $2'],
  [
    new RegExp(
      `\\b(?:real|true|full|complete|official|corresponding|relevant|specific) (?=(?:net |gross )?(?:revenue|sales|turnover|takings|margins?|profit|orders|units|refunds)\\b(?! (?:price|days)))`,
      'gi',
    ),
    '',
  ],
  [
    /(?<=\b(?:revenue|sales|turnover|takings|margin|orders|units|refunds|returns)) (?:performance|overview|picture|position|score|measure|readings?|outcome)(?= (?:by|per|for|in|of|last|this|across|at|on)\b|[?.!,]|$)/gi,
    '',
  ],
  [
    /\b(?:performance|overview|picture|position|score|measure|readings?|outcome) (?:of|on|for) (?:the |our )?(?=(?:net |gross )?(?:revenue|sales|turnover|takings|margins?|orders|units|refunds|returns)\b)/gi,
    '',
  ],
  [
    /\b(?:numbers?|quantity|counts?|tally) of (?:the |our )?(?=(?:net |gross |total )?(?:revenue|turnover|takings|margins?|profit)\b)/gi,
    '',
  ],
  [
    /^(?:so |now |and |ok |right,? )*(?:(?:speaking|talking|thinking) (?:of|about)|considering|turning to|moving on to|focus+ing on|concentrating on|sticking (?:to|with)) (?=.{4,40}?, ?(?:what|how|which|who|where|when|show|give|list|tell)\b)/i,
    'for ',
  ],
  [/\b(did|do|have|had) we (?:put|ring|rung|send) through (?:the|our) tills?\b/gi, '$1 we sell'],
  [/\b(?:went|gone|came|rang|rung|put|passed) through (?:the|our) tills?\b/gi, 'sold'],
  [
    /\b(money (?:did|do|have) (?:we|you|they)) (?:return|send back|credit back|credit)(?: to (?:the |our )?(?:customers|people|buyers))?\b/gi,
    '$1 refund',
  ],
  [
    /\b(how (?:many|much) (?:(?:web|online|store|phone|new) )?(?:orders|customers|revenue|turnover|sales) (?:did|do|have|had) we) (?:pick up|land|gather|chalk up|field|manage|come away with|finish (?:with|on|up with)|book|bank|enter|reach|produce|amass|net|cash in|pull off|drum up)\b/gi,
    '$1 get',
  ],
  [
    /\b(how (?:many|much) new (?:customers|buyers|shoppers) (?:did|do|have|had) we) (?:gain|attract|acquire|pick up|land|sign up|convert|welcome|draw(?: in)?|reel in|get in)\b/gi,
    '$1 get',
  ],
  [
    /\b(how (?:many|much) (?:\p{L}+ )?(?:units|pieces|pairs|items|stock) (?:did|do|have|had) we) (?:move|get rid of|offload|push out|get through)\b/giu,
    '$1 sell',
  ],
  [
    new RegExp(
      `^(?:in|for|at|within) (?:each|every) (${THINGS}),? (?:(?:what|which) (?:is|was) )?the (?:one |single )?(${THINGS}) with (?:the )?(?:most|highest|biggest|largest|best) `,
      'i',
    ),
    'top $2 in each $1 by ',
  ],
  [
    /^(?:please |now )?(?:order|sort) (?=(?:the |our |all )*(?:branches|categories|brands|products|regions|channels|customers|countries|shops|stores) by\b)/i,
    'rank ',
  ],
  [/\badding up (?=(?:week|month|day|quarter) by )/gi, 'cumulatively '],
  [
    /[,;]? ?\b(?:and|then|but)(?: then)? (?:drop|remove|take out|take away|strip out|leave out|throw out|cut out|omit|discard|skip|ignore|exclude) (?:the |those |any |all |all the )?(?=(?:ones|orders|items|products|branches|refunds|customers|returns)\b)/gi,
    ' excluding ',
  ],
  [
    /(?<=\bexcluding .{3,60}?)[.;,] ?how many (?:remain|are left|is left|does that leave|do we have left)\b/gi,
    ', how many',
  ],
  [
    new RegExp(
      `[,:]? ?\\b(?:with|in|as|on) (?:two|2|three|3|both) (?:columns|lines|series|bars|figures|numbers)(?: (?:on|in) (?:a|the|one) (?:chart|graph|table))?[,:–-]? (?:for |showing |of )?`,
      'gi',
    ),
    ': ',
  ],
  [
    /\b(?:two|2|three|3) (?:lines|series|bars|columns) (?:on|in) (?:a|the|one) (?:chart|graph|table|plot)[,:–-]? (?:for |showing |of )?/gi,
    '',
  ],
  [
    new RegExp(
      `\\b(?:in|on|over|during) an? (?:average|typical|normal|ordinary|usual|standard) ${UNITS}\\b(?:,? on average)?( of| in)?\\b`,
      'gi',
    ),
    'on average per $1$2',
  ],
  [new RegExp(`\\b(${FIGURES}) ?\\/ ?${UNITS}\\b`, 'gi'), '$1 per $2'],
  [new RegExp(`(?<=\\b(?:average|avg|mean)\\b.*)\\bthe ${UNITS}['’]s (${FIGURES})\\b`, 'gi'), '$2 per $1'],
  [
    /\b(?:hit|reach|reached|have|had|see|saw) (?:their|its|the|a) (?:minimum|low|lowest point|low point|trough|bottom)\b/gi,
    'the lowest',
  ],
  [
    /\b(?:hit|reach|reached|have|had|see|saw) (?:their|its|the|a) (?:maximum|high|highest point|high point|peak|top)\b/gi,
    'the highest',
  ],
  [/\b(?:accumulating|accumulates|accumulate|adding up cumulatively|stacking up)\b/gi, 'cumulatively'],
  [
    /\b(items|units|pieces|products|articles|things) (?:an|each|every|the average|a typical) (order|basket) (?:held|holds|contained|contains|included|includes|had|has)\b/gi,
    'items per $2',
  ],
  [
    /(?<!\b(?:than|over|least|\d) (?:\d+ )?)\b(items|units|pieces|products|articles|things) (?:in|into) (?:each|every) (order|basket)\b/gi,
    'items per $2',
  ],
  [
    new RegExp(
      `\\bdo we (?:still )?(?:hold|have|carry|stock|keep) ((?:less|fewer|more) than|under|over|at least|at most) (${NUMBER})(?: (?:units|pieces|pairs))? of\\b`,
      'gi',
    ),
    'have stock on hand $1 $2',
  ],
  [
    new RegExp(
      `\\b(?:is|are|have got|got|gone|went) down to (?=(?:less|fewer|under|below|only|just|${NUMBER})\\b)`,
      'gi',
    ),
    'have ',
  ],
  [
    /\bhow (?:fast|quickly|rapidly|strongly) (?:did|has|have|is|are) (?:the |our )?(.{3,40}?) (?:grow|grown|growing)\b/gi,
    'growth of $1',
  ],
  [
    new RegExp(
      `\\b(rank (?:the |our |all )*)(\\p{L}+) by ([^,.;:]{3,40})[,;:–-] ?(?:just |only )?(?:show )?(?:me )?(?:the )?(?:first|top|best) (${NUMBER})(?: only| alone| of them)?(?=\\s*(?:[?.!,]|$|please|pls|in |for |last |this ))`,
      'giu',
    ),
    'top $4 $2 by $3',
  ],
  [new RegExp(`\\b(?:each|every) (${THINGS}) sold\\b`, 'gi'), 'sold by $1'],
  [
    /\b(?:in )?absolute (?=(?:drop|fall|decrease|decline|increase|rise|growth|change|gain|loss|jump|dip)s?\b)/gi,
    '',
  ],
  [/,? ?\b(?:in|on) absolute (?:terms|numbers|figures|amounts|value)\b/gi, ''],
]; // prettier-ignore

export function spokenShapes(question: string): string {
  return rewritten(question, SHAPES);
}
