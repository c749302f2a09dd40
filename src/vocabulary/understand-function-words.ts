import { CHANGE_PHRASES } from './change-words.ts';
import { COMPARING } from './comparing-words.ts';

/** What the small words of a question do. Phrases are folded words; plurals are found by themselves. */
export type Role =
  | 'by'
  | 'each'
  | 'which'
  | 'list'
  | 'how-many'
  | 'how-much'
  | 'and'
  | 'or'
  | 'not'
  | 'only'
  | 'versus'
  | 'than'
  | 'more'
  | 'less'
  | 'share'
  | 'growth'
  | 'running'
  | 'moving'
  | 'average'
  | 'maximum'
  | 'minimum'
  | 'top'
  | 'bottom'
  | 'trend'
  | 'compare'
  | 'sell'
  | 'earn'
  | 'buy'
  | 'spend'
  | 'why'
  | 'rest'
  | 'combined'
  | 'chart'
  | 'instead'
  | 'follow'
  | 'again'
  | 'clear'
  | 'first'
  | 'last'
  | 'busy'
  | 'quiet'
  | 'slow'
  | 'fast'
  | 'popular'
  | 'expensive'
  | 'cheap'
  | 'contains'
  | 'with'
  | 'worth'
  | 'known'
  | 'empty'
  | 'stop'
  | 'vague'
  | 'every'
  | 'who'
  | 'where'
  | 'when'; // prettier-ignore

const ROLES: Record<Exclude<Role, 'stop' | 'vague'>, string> = {
  by: 'by|split by|split out by|split up by|broken down by|down by|distributed across|distributed over|spread across|spread over|break down by|breakdown by|broken out by|grouped by|group by|sliced by|segmented by|divided by|organized by|sorted into|split into|split across|across|across the|across different|according to|breakdown of|distribution by|breakdown|break down|break it down by|split it by|divide by|itemized by|per',
  each: 'for each|for every|in each|in every|of each|of every|at each|at every|from each|each|individual|respective',
  every: 'every',
  which:
    'which|what|which one|which of our|which of the|what kind of|what type of|which type of|which kind of|what kinds of|what types of',
  list: 'list|list of|list all|list the|names of|name all|show all|enumerate|give me a list of|all the',
  'how-many':
    'how many|how many times|by number|in number|by count|number of times|number of|total number of|count of|count|no of|how many different|how many distinct|number of different|number of distinct|number of unique|how many unique|how often|tally of|what number of',
  'how-much': 'how much|how much money|how much in total|how much worth of|how much value',
  and: 'and|plus|as well as|along with|together with|&|+|,|;|also|and also|and then',
  or: 'or|either',
  not: 'excl|excludng|excluding|exclude|excludes|excluded|except|except for|excepting|other than|but not|apart from|aside from|without|not|leaving out|leave out|ignoring|ignore|outside|outside of|not including|not counting|not in|not from|neither|nor|non|minus|besides|everything but|all but|rather than|is not|are not|was not|were not|isnt|arent|wasnt|werent|anything but|net of',
  only: 'only|just|solely|exclusively|limited to|restricted to|alone|just for|only for|only in',
  versus:
    'vs|versus|against|compared to|compared with|compare to|compare with|compare against|in comparison to|in comparison with|relative to|as compared to|as compared with|as opposed to|compared against|comparing to|comparing with|v|measured against|up against|held against|side by side with|next to|ahead of|behind|up on|down on|as against|missed|fell short of|beat|beats|beaten|outperform|outperformed|outsell|outsold|surpass|surpassed|off the|off our|far off|exceed|exceeded',
  than: 'than|than in|than on|than for|than the|than they were|than it was',
  more: 'stronger|healthier|more|higher|greater|better|larger|bigger|up|above',
  less: 'weaker|softer|poorer|less|lower|fewer|smaller|worse|down|below',
  share:
    'share|share of|percentage of|percent of|% of|proportion of|portion of|fraction of|what percentage|what percent|what share|what proportion|percentage|percent|as a percentage of|as percentage of|as a share of|share of total|percentage of total|as a percentage|in percent|as percentages|as a share|as shares|percentage share|mix|pct of|what fraction of|how much of|contribution of|contribution|% share|%|split|split of|split between|breakdown between|makeup|composition|composition of',
  growth: CHANGE_PHRASES,
  running:
    'running total|running total of|running sum|running sum of|cumulative|cumulated|accumulated|cumulatively|cumulative total|cumulative sum|run up|build up|built up|building up|piling up|pile up|piled up|mounting up|stacking up|add up over|adding up over|each month added to the ones before|each month added to the one before|added up over',
  moving: 'moving average|rolling average|moving mean|rolling mean|moving avg|rolling avg|smoothed',
  average:
    'average|avg|mean|on average|averaged|averages|the average|typical|average number of|average amount of|mean number of',
  maximum: 'maximum|max|peak|record|highest ever',
  minimum: 'minimum|min',
  top: 'steepest|sharpest|biggest single|largest single|highest single|single biggest|single largest|single highest|single best|top|best|highest|most|biggest|largest|greatest|strongest|leading|number one|most valuable|top selling|best selling|bestselling|topselling|best performing|top performing|strongest selling|top ranked|bestseller|most profitable|highest ranking|hottest|most successful|ranking|ranked|rank|league table|league table of|ranking of|biggest spending|best paying|most important|most lucrative|highest first|largest first|biggest first|best first|slowest first|longest first|most first|descending|in descending order|from high to low|high to low|from highest to lowest|from best to worst|best to worst|highest to lowest|high to low|strongest to weakest|from strongest to weakest|strongest first|fastest to slowest|top to bottom|largest to smallest|biggest to smallest|most to least|sorted from high to low|sorted descending',
  bottom:
    'bottom|worst|lowest|least|smallest|fewest|weakest|poorest|worst selling|lowest selling|least selling|worst performing|lowest performing|least profitable|slowest selling|weakest selling|least successful|underperforming|least valuable|least sold|lowest first|smallest first|worst first|fastest first|shortest first|least first|ascending|in ascending order|from low to high|low to high|from lowest to highest|from worst to best|worst to best|lowest to highest|low to high|weakest to strongest|from weakest to strongest|weakest first|poorest first|slowest to fastest|smallest to largest|least to most|sorted ascending',
  busy: 'busiest|most busy',
  quiet: 'quietest|least busy|calmest|slackest|deadest',
  slow: 'slowest|longest',
  fast: 'fastest|quickest|shortest|speediest',
  popular:
    'most popular|popular|most common|commonest|common|most frequent|most frequently|frequent|most often|most used|most frequently used|most commonly used|most often used|favorite|most favored|preferred|most preferred',
  expensive: 'most expensive|priciest|dearest',
  cheap: 'cheapest|least expensive|most affordable',
  trend:
    'trend|trend of|trend in|over time|evolution|evolution of|development|development of|time series|time series of|trended|trending|progression|timeline|trajectory|history of|develop|developed|developing|through time',
  compare: 'compare|comparison|comparison of|comparison between|compare between|comparing|compared',
  sell: 'sell|sells|sold|selling|shift|shifted|shifting|flog|flogged|went out the door|go out the door|out the door',
  earn: 'take|took|collect|collected|charge|charged|incur|incurred|earn|earned|make|made|generate|generated|bring in|brought in|bring|brought|take in|took in|turn over|turned over|yield|yielded|produced|making|earning|generating|bringing in|contribute|contributed|rake in|achieve|achieved|do in sales|did in sales|pull in|pulled in|ring up|rang up|rung up',
  buy: 'buy|buys|bought|purchased|ordered|purchasing|buying|shop|shopped|placed orders|place orders|placed|place',
  spend: 'spend|spent|spending|spends|paid us',
  why: 'why|how come|what caused|what is behind|whats behind|what was behind|what drove|what is driving|whats driving|what explains|what happened to|reason for the drop|reason for the fall|reason for the decline|reason for the decrease|reason for the dip|reason for the slump|reason for the loss|reason for the rise|reason for the increase|reason for the growth|reason for the jump|reason for the spike|reason for the change|reason for the difference|reasons for the drop|reasons for the fall|reasons for the decline|reasons for the decrease|reasons for the dip|reasons for the slump|reasons for the loss|reasons for the rise|reasons for the increase|reasons for the growth|reasons for the jump|reasons for the spike|reasons for the change|reasons for the difference|reason behind the drop|reason behind the fall|reason behind the decline|reason behind the decrease|reason behind the dip|reason behind the slump|reason behind the loss|reason behind the rise|reason behind the increase|reason behind the growth|reason behind the jump|reason behind the spike|reason behind the change|reason behind the difference|reasons behind the drop|reasons behind the fall|reasons behind the decline|reasons behind the decrease|reasons behind the dip|reasons behind the slump|reasons behind the loss|reasons behind the rise|reasons behind the increase|reasons behind the growth|reasons behind the jump|reasons behind the spike|reasons behind the change|reasons behind the difference|reason for lower|reason for higher|reasons for lower|reasons for higher|reason for weaker|reason why|reasons why|the reason why|explain the|explain why|what led to|root cause of|what made|drivers of|driver of|what are the drivers of|cause of',
  rest: 'and the rest|with the rest|the rest|rest|and others|with others|others|and the remainder|everything else|everyone else|everybody else|elsewhere|rest of the world|the rest of the world|rest of world|all others|all the others|all other|all other countries|all other branches|all other categories|all other products|rest as others|with the others',
  combined:
    'combined|together|in total|altogether|added up|summed|sum of|total of|taken together|in sum|overall|jointly|as one figure|as one number|as one total|as one sum|as a single figure|as a single number|as a single total|as one|in one figure|in one number|in one sum|one figure|one number|one total|single figure|single number|single total|all together|put together|added together|lumped together',
  chart:
    'as a chart|as chart|chart|as a graph|graph|plot|as a bar chart|as a line chart|as a pie chart|as a pie|bar chart|line chart|pie chart|area chart|draw|visualize|visualise|as a plot|in a chart|in a graph|on a chart|as a diagram|diagram|as a picture|as a table|as table|in a table|as a bar|as bars|as a line|a picture of it|as an area chart|as lines',
  instead: 'instead|rather|switch to|change to|change it to|make it|change that to|swap for|replace with|use',
  follow:
    'what about|how about|and what about|and how about|and for|same for|same thing for|the same for|same but|same with|do the same for|repeat for|and now|now|now for|now show|now only|and the|and in|what of|ok and|okay and|and only|and just|also for|ditto for|drill into|drill down into|drill down by|zoom in on|narrow to|narrow it down to|filter to|filter by|filter for|filter on|add|also show|show also|same question for|same in|same by|and as|and with',
  again: 'again|as before|same again|that|those|it|them|these|this one|the same|same|same thing',
  clear:
    'remove that filter|remove the filter|remove filters|remove all filters|remove the filters|clear the filter|clear filters|drop the filter|drop that filter|without the filter|without that filter|without filters|no filter|no filters|unfiltered|reset filters|reset the filter|clear all filters|reset|start over|go back to all|back to all|remove this filter|forget the filter',
  first: 'first|earliest',
  last: 'most recent|latest|newest',
  contains:
    'containing|contains|contain|with the word|with the words|whose name contains|whose name has|named like|with name containing|named|called|name contains|that contain|including the word|starting with|beginning with|with names like',
  worth:
    'lose to|lost to|lose on|lose through|losing to|lost through|lost on|cost us|costs us|costing us|money|value of|value|worth|worth of|in value|by value|in money|monetary value|the value of',
  with: 'with|having|that have|that has|who have|who has|that had|who had|which have|which had|where|whose|that made|that sold|that did|that generated|with a|have|had|has',
  known: 'with a known|with known|known',
  empty:
    'with no|had no|have no|has no|without a|without any|with unknown|unknown|missing|with missing|no known|with an unknown|unassigned|with empty|blank',
  who: 'who',
  where: 'where|from where|in which place',
  when: 'when|on what date|on which date|on what day|at what time',
}; // prettier-ignore

/** Words that cannot change the number. Anything that could is not in here. */
const STOP =
  'how good|how bad|how healthy|how decent|strictly|strictly speaking|showing|im new here|i am new here|new here|new to this|sits|sit|sitting|lies|lie|lying|side by side|break|separately|individually|how fast|how quickly|u|ur|between|yet|how far|how long|across all|across all our|across all the|in all our|over all|amount of|the amount of|a|an|the|our|ours|we|us|my|i|me|you|your|they|their|he|she|one|ones|is|are|was|were|be|been|being|am|do|does|did|done|doing|have|has|had|having|get|gets|got|getting|gotten|will you|can you|could you|would you|can|could|would|should|please|pls|plz|thanks|thank you|thx|hi|hello|hey|hiya|good morning|good afternoon|good evening|dear|plumbline|bot|show|shows|show me|tell|tell me|give|gives|give me|see|let me see|let us see|lets see|want|want to know|i want|i need|i would like|id like|like to know|like to see|like|need|need to know|know|do you know|to know|wonder|wondering|curious|find|find out|look|look at|looking|looks|look like|looked like|lookup|check|pull|pull up|fetch|display|present|return me|get me|provide|calculate|compute|work out|figure|figures|number|numbers|data|values|result|results|info|information|detail|details|stats|statistics|kpi|report|reports|view|summary|in|on|at|of|for|from|to|into|with|within|during|over|through|via|as|it|its|there|that|this|these|those|here|so|then|well|ok|okay|now|currently|today s|actually|actual|exact|exactly|precisely|precise|roughly|approximately|about|around|total|totals|whole|entire|all|any|some|company|companys|companywide|organization|firm|respectively|such|much|many|often|been like|went|go|goes|gone|going|come|comes|came|coming|comes from|came from|coming from|come from|happen|happened|occur|occurred|record|recorded|total up to|amount to|amounted to|stand at|stood at|account for|accounts for|accounted for|accounting for|attributable to|due to|belong to|belongs to|made up of|level|levels|figure for|quick|quickly|just wondering|simply|by any chance|maybe|perhaps|kindly|a bit|bit|help me|help me understand|understand|question|quick question|my boss|boss|my manager|for my|asap|urgent|urgently|generally|in general|specifically|particular|in particular|really|still|already|we have|our own|who|whom|what|whats|which|when|wheres|how|hows|if|whether|than|also|too|either|both|be able to|able|able to|possible|is it possible|mind|would you mind|need you|everything|anything|something|each of|of our|of the|of all|came in|come in|coming in|per se|im|id|ive|lets|let|says|said|say|think|believe|guess|suppose|assume|via the|through the|s|t|re|ve|d|please show|please give|the number|the total|amount|amounts|sort|kind|type|kinds|types|sort of|kind of|terms|in terms of|terms of|basis|on a|on the basis|based on|based|down|up|wise|level of|went through|went to|given|to give|overview of|an overview of|folks|guys|team|everyone|everybody|someone|somebody|put|puts|entered|taken|taking|saw|seen|lives|living|based in|located|located in|situated|situated in|among|amongst|between them|whose|going to|done by|done in|received in|received from|received|receive|file|on file|dataset|database|warehouse|system|records|does it|place|placed|up to now|at all|shown|what is|what was|what are|what were|how is|how are|how was|how were|how has|how have|how did|how does|how do|there were|there are|were there|are there|was there|have there been|the business|our business|this business|as a business|in business|' +
  // Manner and witness: how sure, how short, by whom it was seen.
  'basically|literally|merely|broadly|essentially|truly|honestly|frankly|possibly|hopefully|briefly|presently|apparently|officially|financially|operationally|ultimately|eventually|finally|tally|rundown|snapshot|outcome|listing|metric|picture of the|attained|obtained|observed|noted|counted|counted up|tracked|captured|banked|pocketed|secured|marked|marked as|flagged as|attributed to|attributable to|attributed|belonging to|belonging|belonged to|belongs to|belong to|relating to|related to|pertaining to|linked to|tied to|arising from|arising|resulting from|stemming from|stemming|originating from|originating in|originating|flowing from|deriving from|derived from|regarding|concerning|as regards|with regard to|with regards to|with respect to|in relation to|in respect of|when it comes to|in the case of|in case of|on the subject of|as to|' +
  // Verbs by which things come about, and nouns for all that there is: said or not, the figure is the same.
  'give away|gave away|given away|giving away|win|wins|won|winning|issue|issued|issuing|gave|gave out|give out|hand out|handed out|pay out|paid out|paying out|pay back|hit|hits|run|running at|used|uses|using|because|because of|came to|come to|due to|owing to|on account of being|range|in our range|in the range|in our catalog|in our assortment|make up|makes up|made up|making up|booked in|stuck|process|processed|handle|handled|fulfil|fulfill|dealt with|arrive|arrived|deal with|log|logged|submit|submitted|accept|accepted|end up|ended up|turn out|turned out|work out to|do customers use|do people use|do our customers use|do customers prefer|do people prefer|do customers pay with|do people pay with|do customers pay|do people pay|do they pay|customers pay with|customers use|in store records|historically|normally|usually|typically|online and offline|today as|as of|as at|come out|came out|land at|landed at|realized|realised|booked|post|posted|did we record|do we record|have we recorded|headline|how high|how low|how big|how large|how strong|grant|granted|grants|rack up|racked up|clock up|clocked up|notch up|notched up|shall we say|falls on|fall on|fell on|falling on|falls under|falls into|fell into|roundabout|to our name|per se|by far|by now|at the moment|right now|for me|for us|of ours|to us|with us|from us|at our company|in our company|for the company|as a whole|all in all|grand|net total|but|these days|nowadays|lately|so far|thus far|as yet|cases|incidents|instances|occurrences|sorted';

/** Words without a meaning of their own here: they are asked about. */
const VAGUE =
  'hows trade|how is trade|hows business|how is business|how is trading|hows trading|trading well|trading badly|supposed|supposed to|supposed to be|longest run|run of days|streak|streaks|winning streak|consecutive|consecutive days|in a row|days in a row|price range|range of prices|price ranges|price spread|price points|free shipping|free delivery|free postage|running out|running low|running short|loyal|vip|vips|promotion|promotions|promo|promos|profitable|profitability of us|performance|perform|performing|performed|doing well|doing badly|good|bad|healthy|health|ok with|situation|status update|update|things|stuff|overview|big picture|success|successful|problem|problems|concerns|interesting|important|unusual|anomalies|anomaly|outliers|insight|insights|opportunities|recommend|recommendation|suggest|advice';

export const ROLE_PHRASES: readonly [role: Role, phrase: string][] = [
  ...Object.entries(ROLES).flatMap(([role, phrases]) =>
    phrases.split('|').map((phrase): [Role, string] => [role as Role, phrase]),
  ),
  ...STOP.split('|').map((phrase): [Role, string] => ['stop', phrase]),
  ...VAGUE.split('|').map((phrase): [Role, string] => ['vague', phrase]),
  ...COMPARING.flatMap(([role, phrases]) =>
    phrases.split('|').map((phrase): [Role, string] => [role, phrase]),
  ),
];
