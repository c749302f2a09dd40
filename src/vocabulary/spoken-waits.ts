import { rewritten } from './rewritten.ts';

/** 'how long does a web order lie around before we ship it': of what is said in between. */
const BEFORE =
  /\bhow (?:long|many days|many hours)\b(?<between>[^?.!,]{0,60}?)\b(?:before|until|till) (?<who>(?:being |they |it |we |is |are |was |were |get |gets |got |has |have |been |(?:an? |the |our )?(?:orders?|parcels?|packages?|customers?|people|buyers?) |the money |money |their money |(?:their |the |an? |his )?refunds? )*)(?<event>shipped|ship|sent(?: out| off)?|send|dispatched|dispatch|despatched|out (?:of )?the door|leaves?|left|goes out|went out|go out|delivered|deliver|arrives?|arrived|there|delivery|refunded|refund|(?:is )?back|paid back|reimbursed)\b(?: (?:it|them|out|off|the warehouse|with (?:the |our )?(?:customers?|people)|to (?:the |our )?(?:customers?|people)|on (?:their|the) (?:account|card)))*/giu;
const FILLING =
  /\b(?:do|does|did|it|we|us|have|has|had|need|needed|on average|average|avg|to|take|takes|took|taken|sit|sits|sat|lie|lies|lay|around|about|wait|waits|waited|waiting|hang|stay|stood|stand|for|an?|the|our|is|are|was|were|be|orders?|parcels?|packages?|usually|normally|customers?|people|pass|passes|go|goes|by|there)\b/gi;
const MONEY_BACK = /refund|back|reimbursed/i;
const SHIPPED = /^(?:shi|sen|dis|des|out|lea|lef|go|wen)/i;

function beforeThat(question: string): string {
  return question.replace(BEFORE, (whole: string, ...found: unknown[]) => {
    const { between = '', who = '', event = '' } = found.at(-1) as Record<string, string | undefined>;
    if (
      /\b(?:approv|paid|pay|cancel|return|reply|answer|second|next|again)/i.test(whole) &&
      !MONEY_BACK.test(event)
    )
      return whole;
    const kept = between.replace(FILLING, ' ').replace(/\s+/g, ' ').trim();
    const figure =
      MONEY_BACK.test(event) || /refund/i.test(who)
        ? 'average days to refund'
        : SHIPPED.test(event)
          ? 'average time to ship'
          : 'average delivery time';
    return kept === '' ? figure : `${figure} ${kept}`;
  });
}

const BOUND =
  '((?:more than|over|above|longer than|less than|under|fewer than|at least|at most|up to|within) (?:\\d+|an?|one|two|three|four|five|six|seven|ten|fourteen)(?: full)? (?:days?|weeks?|hours?))';
const TO_SHIP =
  '(?:ship(?:ped)?|dispatch(?:ed)?|despatch(?:ed)?|send(?: out| off)?|sent(?: out| off)?|leave|go out|get out)';

/** 'on the road for more than 7 days', 'shipped after more than two days': those that took so long. */
const TOOK: readonly [said: RegExp, meant: string][] = [
  [
    new RegExp(
      `\\b(?:were|was|been|are|is) (?:on the (?:road|way|move)|in transit|travelling|under way)(?: for)? ${BOUND}(?:\\?? (?:from|between) (?:the )?order (?:to|and) (?:the )?delivery(?: i mean)?)?`,
      'gi',
    ),
    'took $1 to arrive',
  ],
  [
    new RegExp(
      `\\b(?:where|for which|in which|whose|when) (?:the )?(?:delivery|delivering) (?:took|takes|needed|was) ${BOUND}`,
      'gi',
    ),
    'that took $1 to arrive',
  ],
  [
    new RegExp(
      `\\b(?:where|for which|in which|whose|when) (?:the )?(?:shipment|shipping|dispatch|despatch) (?:took|takes|needed|was) ${BOUND}`,
      'gi',
    ),
    'that took $1 to ship',
  ],
  [new RegExp(`\\b(?:were |was )?delivered (?:only )?after ${BOUND}`, 'gi'), 'took $1 to arrive'],
  [
    new RegExp(
      `\\b(?:were |was )?(?:shipped|dispatched|despatched|sent out|sent off) (?:only )?after ${BOUND}(?: from (?:the )?(?:order|ordering|purchase))?`,
      'gi',
    ),
    'took $1 to ship',
  ],
  [
    new RegExp(
      `\\bfor how many (?:of (?:the|our) )?orders (?:did|do|have|had) (?:people|customers|buyers|shoppers) (?:have to )?wait(?:ed)? ${BOUND}(?: for (?:delivery|their (?:order|parcel)s?|it|them))?`,
      'gi',
    ),
    'how many orders took $1 to arrive',
  ],
  [
    new RegExp(
      `^${BOUND} to (?:deliver|arrive|be delivered)[:,] (?:how many of|number of|count of) (.+?)(?: (?:was|were|is) that)?(?=[?.! ]*$)`,
      'gi',
    ),
    'how many of $2 took $1 to arrive',
  ],
  [
    new RegExp(
      `^${BOUND} to ${TO_SHIP}[:,] (?:how many of|number of|count of) (.+?)(?: (?:was|were|is) that)?(?=[?.! ]*$)`,
      'gi',
    ),
    'how many of $2 took $1 to ship',
  ],
  [new RegExp(`\\bwith (?:an? |the )?delivery times? (?:of )?${BOUND}`, 'gi'), 'that took $1 to arrive'],
  [
    new RegExp(
      `\\bwith ${BOUND} (?:between|from) (?:the )?order(?:ing)? (?:and|to) (?:the )?(?:delivery|arrival)`,
      'gi',
    ),
    'that took $1 to arrive',
  ],
  [
    new RegExp(
      `\\bwith ${BOUND} (?:between|from) (?:the )?order(?:ing)? (?:and|to) (?:the )?(?:dispatch|shipment|shipping|despatch)`,
      'gi',
    ),
    'that took $1 to ship',
  ],
  [
    new RegExp(
      `\\b(?:sat|waited|lay|were kept|stood)(?: around| about)?(?: for)? ${BOUND} (?:before|until|till) (?:shipping|dispatch|shipment|despatch|being (?:shipped|sent|dispatched)|they were (?:shipped|sent|dispatched))`,
      'gi',
    ),
    'took $1 to ship',
  ],
  [
    new RegExp(`\\b(?:did|do|have) (?:we|it) (?:take|taken|took) ${BOUND} to ${TO_SHIP}`, 'gi'),
    'took $1 to ship',
  ],
  [
    new RegExp(
      `\\b(?:did|do|have) (?:we|it) (?:take|taken|took) ${BOUND} to (?:deliver|get there|arrive)`,
      'gi',
    ),
    'took $1 to arrive',
  ],
  [
    new RegExp(`\\b(?:did )?take ${BOUND} (?:till|until|to|before) (?:the )?delivery`, 'gi'),
    'took $1 to arrive',
  ],
  [
    /\borders? (?:got|were|was|have been|been) dropped off\b(?! (?:since|from|by \d|against|compared))/gi,
    'orders were delivered',
  ],
  [/\bhow many (?:customers|people)['’]s? (orders|parcels)\b/gi, 'how many $1'],
];

/** How old an order is that is still here, nothing tells: it must not be read as an hour of the day. */
const OLD =
  /\borders? (?:(?:that|which|are|is|were) )*((?:over|more than|older than|above) \d+ (?:hours?|hrs?|days?))(?: old)?,? (?:and |but )?(?:still |yet )?(?:not(?: yet)?(?: been)?|un) ?(?:shipped|dispatched|sent)/gi;

/** How long orders and refunds take, and those that took so long, in the words of the model. */
export function spokenWaits(question: string): string {
  return rewritten(beforeThat(question.replace(OLD, 'orders not yet shipped older than $1')), TOOK);
}
