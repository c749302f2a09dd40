/** A figure, what must be said for it to be meant, what must not, and the words that may stand around it. */
export type FigureInWords = {
  figure: string;
  needs: readonly RegExp[];
  not?: RegExp;
  words: ReadonlySet<string>;
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const MONEY_BACK =
  /\brefund(?:s|ed|ing)?\b|\bmoney back\b|\breimburs|\b(?:hand|give|gave|pay|paid|handed|giving|handing) (?:\w+ ){0,3}back\b/;
const WENT_BACK =
  /\b(?:returned|returning|returns?|bounced|(?:sent|came|come|comes|brought|send|bring|given|go|went|bounced) back)\b/;
const AVERAGE = /\b(?:average|avg|mean|typical|typically)\b/;
const SHARE =
  /%|\b(?:percent|percentage|pct|share|proportion|fraction|slice|rate|how often|how much of|how big a part|per cent)\b/;
const LONG =
  /\b(?:how long|days|hours|time|wait|waits|waited|waiting|turnaround|how (?:quick|quickly|fast|soon))\b/;
const COUNTS = /\b(?:how many (?!days|hours)|number of (?!days|hours)|count of)/;
const SALES = /\b(?:sales|revenue|turnover|takings|sell|sold|take|took|turned over|selling)\b/;
const PLAN = /\b(?:budget|budgets|budgeted|budgetted|plan|plans|planned|target|targets)\b/;
const OFF =
  /\b(?:over|under|above|below|ahead|behind|off|variance|gap|away|beat|missed|miss|difference|deviation|short)\b/;

const ORDERS =
  'order orders parcel parcels package packages delivery deliveries shipment shipments purchase purchases';
const PEOPLE = 'customer customers people buyers shoppers clients folk folks person persons somebody someone';
const BACK =
  'refund refunds refunded refunding money cash back hand handed handing give gave given giving pay paid reimburse reimbursed';
const BUDGET =
  'budget budgets budgeted budgetted plan plans planned target targets sales revenue turnover takings sell sold make made';
const AVERAGES = 'average avg mean typical typically usually';
const RETURNED =
  'returned return returns sent came come comes brought send bring go went bounced back got get gets';
const SHARES =
  'percent percentage percentages pct share proportion fraction slice rate often big part % per cent out everything';

/** What of the orders, of what came back and of the shops has a figure with a name of its own. */
export const FIGURES_IN_WORDS: readonly FigureInWords[] = [
  {
    figure: 'customers refunded',
    needs: [
      MONEY_BACK,
      /\b(?:how many|number of|count of) (?:(?:different|separate|unique|distinct|individual) )?(?:customers|people|buyers|shoppers|clients)\b|\b(?:customers|people|buyers|shoppers) who\b.*\bhow many\b|\bto how many (?:\w+ )?(?:customers|people|buyers|shoppers)\b/,
    ],
    not: /\b(?:times|orders|units|pieces|items|new|returning|how often)\b/,
    words: words(
      `${PEOPLE} ${BACK} who count got received different separate unique distinct individual went`,
    ),
  },
  {
    figure: 'refunded amount',
    needs: [MONEY_BACK, /\b(?:how much|amount|value|aggregate|moneywise|sum|in money)\b/],
    not: /%|\b(?:average|avg|mean|typical|rate|percent|percentage|share|per|single|one|most|largest|days|times|how many|revenue|sales|units|record|highest|biggest|cards?|vouchers?|in cash|how much of|last|latest|more|less)\b/,
    words: words(
      `${PEOPLE} ${BACK} aggregate value amount cost costs sum moneywise money got from go went gone over month`,
    ),
  },
  {
    figure: 'refunded units',
    needs: [
      MONEY_BACK,
      /\b(?:how many (?:\w+ )?|number of (?:\w+ )?|refunded )(?:units|pieces|items|pairs|pcs|products)\b|\b(?:quantity|qty)\b|\b(?:units|pieces|pairs) refunded\b/,
    ],
    not: /%|\b(?:days|share|percent|percentage|average|avg|rate|value|orders|returned|how much|different)\b/,
    words: words(`${BACK} units pieces items pairs pcs products quantity qty when went got`),
  },
  {
    figure: 'returned units',
    needs: [
      WENT_BACK,
      /\b(?:how many (?:\w+ )?|number of (?:\w+ )?|no of )(?:units|pieces|items|pairs|pcs|things|goods|products|articles)\b|\b(?:quantity|qty|returns in units)\b/,
    ],
    not: /%|\b(?:days|share|percent|percentage|average|avg|rate|value|worth|orders|refund\w*|money|how much|different|customers (?:came|come|returned)|never)\b/,
    words: words(
      `${RETURNED} units pieces items pairs pcs things goods products articles quantity qty no customers people shoppers buyers`,
    ),
  },
  {
    figure: 'number of returned orders',
    needs: [
      WENT_BACK,
      /\b(?:how many orders|number of orders|count of orders|orders .*\b(?:what|how many|number))\b/,
    ],
    not: /%|\b(?:days|share|percent|percentage|average|avg|rate|value|worth|refund\w*|money|how much|units|items|pieces|new|never|again|not)\b/,
    words: words(`${RETURNED} order orders placed made customers people shoppers buyers count bounced`),
  },
  {
    figure: 'share of orders returned',
    needs: [WENT_BACK, SHARE, /\borders?\b/],
    not: /\b(?:days|value|worth|refund\w*|money|units|items|pieces|returned orders|new|again|of returns|not)\b/,
    words: words(`${RETURNED} ${SHARES} order orders placed customers people shoppers buyers bounced`),
  },
  {
    figure: 'share of orders refunded',
    needs: [MONEY_BACK, SHARE, /\borders?\b/],
    not: /\b(?:days|revenue|sales|value|amount|returned|units|items|refunded orders (?:are|were|is|come|came|in|for|from)|of refunded|of refunds|of the refunded|refund rate|not|how much)\b/,
    words: words(`${BACK} ${SHARES} order orders placed got with count to`),
  },
  {
    figure: 'return rate',
    needs: [
      WENT_BACK,
      SHARE,
      /\b(?:units|items|pieces|pairs|goods|products|stuff|things|what (?:\w+ )?(?:sold|sell))\b/,
    ],
    not: /\b(?:days|orders?|refund\w*|money|value|worth|of returns|of the returns|returned (?:units|items|goods|products) (?:are|were|is|come|came|in|from)|again|new|not)\b/,
    words: words(
      `${RETURNED} ${SHARES} units items pieces pairs goods products stuff things sold sell customers people shoppers`,
    ),
  },
  {
    figure: 'refund rate',
    needs: [MONEY_BACK, SHARE, /\b(?:sales|revenue|turnover|takings)\b/],
    not: /\b(?:days|orders?|units|items|of refunds|average|budget|target|most|after|net)\b/,
    words: words(`${BACK} ${SHARES} sales revenue turnover takings customers went go goes`),
  },
  {
    figure: 'cancellation rate',
    needs: [/\b(?:cancel\w*|called off)\b/, SHARE],
    not: /\b(?:value|amount|revenue|sales|money|of (?:the |all )?(?:cancelled|canceled) orders|of cancellations|(?:cancelled|canceled) orders (?:are|were|come|came|in|from)|not)\b/,
    words: words(
      `${SHARES} order orders cancel cancels cancelled canceled cancellation cancellations called off get gets got lose lost placed customers people`,
    ),
  },
  {
    figure: 'number of refunds',
    needs: [
      MONEY_BACK,
      /\b(?:how many times|how often|how many refunds|(?:count|number) of refunds|refunds how many|times did we)\b|\bcount(?:ed)?\b.*\brefunds\b|\brefunds\b.*\b(?:count|counted|number)\b/,
    ],
    not: /\b(?:share|days|units|orders)\b/,
    words: words(
      `${PEOPLE} ${BACK} times often count issued went go gone through out processed made course over up counted behind lay break down`,
    ),
  },
  {
    figure: 'average days to refund',
    needs: [MONEY_BACK, LONG],
    not: /\b(?:on time|how many times|times did|how many (?!days|hours)|number of (?!days|hours))\b/,
    words: words(
      `${PEOPLE} ${BACK} ${AVERAGES} ${ORDERS} days hours time long wait waits waited waiting turnaround lead quick quickly fast soon take takes took until till before after from between ordering`,
    ),
  },
  {
    figure: 'average refund',
    needs: [AVERAGE, /\brefund(?:s|ed)?\b/, /\b(?:size|value|amount|big|large|how much|high|money|worth)\b/],
    not: /\b(?:days|time|long|rate|month|number of)\b/,
    words: words(
      `${AVERAGES} ${BACK} somebody someone people size value amount big large high per each time when worth`,
    ),
  },
  {
    figure: 'average refund',
    needs: [AVERAGE, /\beach time we refund/],
    words: words(`${AVERAGES} ${BACK} somebody someone people each time per`),
  },
  {
    figure: 'largest refund',
    needs: [
      /\brefund\b/,
      /\b(?:single|in one|one refund|record|highest|largest|biggest|most (?:money )?we|how high)\b/,
    ],
    not: /\b(?:refunds|which|who|average|rate|share|times)\b/,
    words: words(`${BACK} single one record highest largest biggest most high go value amount far current`),
  },
  {
    figure: 'net revenue',
    needs: [
      /\brefund(?:s|ed)?\b/,
      SALES,
      /\b(?:after|minus|less|net|deduct\w*|off|left|subtract\w*|once|remains?|keep|kept|stayed?)\b/,
    ],
    not: /%|\b(?:rate|percent|percentage|share|average)\b/,
    words: words(
      `${BACK} sales revenue turnover takings sell sold turned over after minus less net deduct deducted off left subtract subtracted once remain remains remaining keep kept stay stayed take knock knocked from if when out`,
    ),
  },
  {
    figure: 'value of returns',
    needs: [
      /\b(?:returned|returns|(?:sent|came|come|brought|send) back)\b/,
      /\b(?:worth|value|in money|money terms)\b/,
      /\b(?:goods|stuff|things|items|merchandise|products|what|shoes|units|returns)\b/,
    ],
    not: /%|\b(?:refund\w*|money back|rate|percent|share|order|orders|average)\b/,
    words: words(
      'returned returns sent came come brought send back worth value money terms goods stuff things items merchandise products shoes units customers people sold',
    ),
  },
  {
    figure: 'share delivered on time',
    needs: [
      /\b(?:on time|punctual|punctually|in time|when we said|otd|as promised)\b/,
      /\b(?:deliver\w*|orders?|parcels?|arriv\w*|otd)\b/,
      /%|\b(?:percent|percentage|pct|share|proportion|fraction|slice|rate|how often|how much of|per cent)\b/,
    ],
    not: /\b(?:late|days|refund\w*|ship\w*)\b/,
    words: words(
      `${ORDERS} ${SHARES} on time punctual punctually in when said would otd deliver delivered delivering arrive arrived got there made reached promised`,
    ),
  },
  {
    figure: 'share of late orders',
    needs: [
      /\b(?:late|overdue|delayed|after the promised (?:date|day|time))\b/,
      /\b(?:deliver\w*|orders?|parcels?|arriv\w*)\b/,
      SHARE,
    ],
    not: /\b(?:days|refund\w*|ship\w*|on time|late orders are|late orders (?:in|from|come|came)|of late orders|of the late)\b/,
    words: words(
      `${ORDERS} ${SHARES} late overdue delayed after promised date day time too deliver delivered delivering arrive arrived turned up landed reached`,
    ),
  },
  {
    figure: 'average delay',
    needs: [
      /\b(?:how (?:many days )?late (?:were|was|are|is|it was|they were)|days (?:late|overdue|behind|past)|delay|how (?:long|many days) (?:past|after|behind)|how many days (?:on average )?did we miss)\b/,
      AVERAGE,
      /\b(?:late|overdue|behind|missed|miss|past|delay)\b/,
    ],
    not: /%|\b(?:share|percent|percentage|refund\w*)\b/,
    words: words(
      `${ORDERS} ${AVERAGES} ones late overdue behind missed miss past delay days long by when if arrive arrived turned up came promise promised date delivered`,
    ),
  },
  {
    figure: 'average approval time',
    needs: [/\b(?:approv\w*|okay|ok)\b/, LONG, /\border(?:s|ing)?\b/],
    not: COUNTS,
    words: words(
      `${ORDERS} ${AVERAGES} approve approved approval okay hours days time long wait waited waits quick quickly fast soon take takes took until till between placing after before from`,
    ),
  },
  {
    figure: 'average time to ship',
    needs: [
      /\b(?:ship|shipped|shipping|shipment|dispatch\w*|despatch\w*|sent|send|left|leaves?|out (?:of )?the door|out of the warehouse)\b/,
      LONG,
    ],
    not: /\b(?:late|refund\w*|deliver\w*|on time|cost|how many (?!days|hours)|number of (?!days|hours)|count of|not|lead time)\b/,
    words: words(
      `${ORDERS} ${AVERAGES} ship shipped shipping shipment dispatch dispatched despatch despatched sent send left leave leaves out door warehouse building going go goes went sat sit lie lies lying around days hours time long quick quickly fast soon take takes took until till before after from between`,
    ),
  },
  {
    figure: 'average delivery time',
    needs: [/\b(?:deliver\w*|arriv\w*|doorstep|door|parcels?|reach\w*)\b/, LONG],
    not: /\b(?:late|refund\w*|on time|in time|ship\w*|dispatch\w*|cost|how many (?!days|hours)|number of (?!days|hours)|count of|not|still|yet)\b/,
    words: words(
      `${ORDERS} ${AVERAGES} ${PEOPLE} deliver delivered delivering arrive arrives arrived arriving arrival doorstep door reach reached reaching long days hours time wait waits waited waiting quick quickly fast soon take takes took until till after from between click clicking buy buying ordering placing placed`,
    ),
  },
  {
    figure: 'orders not yet delivered',
    needs: [
      /\b(?:orders?|parcels?|deliveries)\b/,
      /\b(?:yet to|not yet|still (?:not|to be|to arrive|waiting|out|on|undelivered|outstanding|have|haven)|outstanding|undelivered|pending|on (?:their|its) way|out for delivery|(?:have|has)n? ?(?:not|t))\b/,
      /\b(?:deliver\w*|arriv\w*|reach\w*|way|outstanding|pending|waiting)\b/,
    ],
    not: /\b(?:ship\w*|sent|send|paid|dispatch\w*|approv\w*|late|days|hours|(?:how many|number of) (?:customers|people|shoppers)|not (?:late|outstanding|pending)|refund\w*)\b/,
    words: words(
      `${ORDERS} ${PEOPLE} yet not still outstanding undelivered pending way out have haven hasn t but reach reached arrive arrived deliver delivered waiting wait count currently now right`,
    ),
  },
  {
    figure: 'orders without a customer',
    needs: [/\borders?\b/, /\bcustomer\b/, /\b(?:no|without|missing|lacking|anonymous|not name|t name)\b/],
    not: /\b(?:customers|new|code)\b/,
    words: words(
      'order orders customer no without missing lacking anonymous name named not don doesn t attached recorded against known where count account i e',
    ),
  },
  {
    figure: 'revenue against budget in percent',
    needs: [PLAN, SALES, /%|\b(?:percent|percentage|pct|per cent)\b/, OFF],
    not: /\b(?:reached|reach|achieved?|attain\w*|hit|cost\w*|expens\w*|wages?|rent|average)\b/,
    words: words(
      `${BUDGET} percent percentage pct per cent % over under above below ahead behind off variance gap away beat beaten missed miss difference deviation short or and by far between from plus minus land landed v vs versus against out`,
    ),
  },
  {
    figure: 'target reached',
    needs: [
      PLAN,
      /%|\b(?:percent|percentage|pct|how much of|share|proportion|per cent)\b/,
      /\b(?:reach|reached|achieve|achieved|hit|met|meet|attain|attainment|attained|made|make)\b/,
    ],
    not: /\b(?:over|under|above|below|cost\w*|expens\w*|wages?|rent|miss\w*|budget used|average)\b|\bhow many\b/,
    words: words(
      `${BUDGET} percent percentage pct per cent % share proportion reach reached achieve achieved hit met meet attain attainment attained`,
    ),
  },
  {
    figure: 'revenue against budget',
    needs: [
      PLAN,
      /\b(?:sales|revenue|turnover|takings)\b/,
      /\b(?:v|vs|versus|against|next to|beside|compared?|over or under|above or below|how far|difference|variance|ahead of or behind|off)\b/,
    ],
    not: /%|\b(?:percent|percentage|pct|share|reached|reach|achieved?|attain\w*|hit|cost\w*|expens\w*|wages?|rent|average|most|least)\b/,
    words: words(
      `${BUDGET} v vs versus against next beside compare compared over under above below or far difference variance ahead behind off set stand land from between by`,
    ),
  },
  {
    figure: 'average revenue per branch',
    needs: [
      AVERAGE,
      SALES,
      /\b(?:(?:a|the|one|an|average|typical|mean) (?:shop|branch|store)|per (?:shop|branch|store)|(?:our|the|all) (?:shops|branches|stores)|across the (?:shops|branches|stores))\b/,
    ],
    not: /%|\b(?:order|orders|customers?|day|daily|week|month|hour|units?|price|basket|value|ticket|pay\w*|new|above|below|than|margin|each|every|days|weeks|months)\b/,
    words: words(
      `${AVERAGES} sales revenue turnover takings sell sold take took make made earn money shop shops branch branches store stores per across if`,
    ),
  },
];
