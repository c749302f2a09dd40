const UNIT = '(day|week|weekend|month|quarter|hour)';
const SPOKEN = /\b(?:average|averaged|averages|averaging|avg|mean|typical)\b/i;
const ALSO =
  /,? ?\(?\b(?:i mean |that is |i\.e\. )?(?:on|in|as an?|the|by) (?:an? |the )?(?:average|avg|mean)\b\)?|\baveraged(?: out)?\b/gi;

/** 'what do we take on a typical day', 'one order was how much in average': what is said of one of them holds for all on average. */
export function averageTimes(question: string): string {
  if (!SPOKEN.test(question)) return question;
  const text = question
    .replace(
      /\b(?:in|as an?|at an?) average(?=\s*(?:[?.!,:;]|$)|,? (?:for|in|at|by|per|last|this|over|during)\b)/gi,
      'on average',
    )
    .replace(ONE_OF, 'per $1')
    .replace(
      HOW_MANY_IN,
      (_whole, many: string, one: string) =>
        `average ${/^(?:things|goods|pieces)$/i.test(many) ? 'items' : many} per ${/^(?:basket|transaction)$/i.test(one) ? 'order' : one}`,
    )
    .replace(ONE_WAS, 'average $1 value')
    .replace(OF_ONE, 'per $1')
    .replace(ONE_IS, '$1an $2');
  return onTypical(text);
}

/** 'one day brought how much on average', 'how much in a week, on average'. */
const ONE_OF = new RegExp(
  `\\b(?:in |on |for |of |during |over |at )?(?:one|a single|a given|any one) (?:trading |working |business |single )?${UNIT}\\b(?! (?:of|before|after|ago|earlier|later)\\b)`,
  'gi',
);
const THING = '(order|basket|customer|unit|pair|refund|item|sale|transaction)';
const HOW_MANY_IN = new RegExp(
  `\\b(?:on average,? )?how many (\\p{L}+)(?:,? on average,?)? (?:has|have|does|do|did|are in|is in|were in|in|went into|go into|goes into) (?:one|an?|each|every|the average|an average|a typical) ${THING}(?: (?:have|hold|contain|include|has|had|come to))?(?:,? on average)?\\b`,
  'iu',
);
const ONE_WAS = new RegExp(
  `\\b(?:one|an|a single) (order|basket|transaction) (?:was|is|came to|comes to|made|makes|brought|brings|fetched) how much(?:,? on average)?\\b`,
  'i',
);
const OF_ONE = new RegExp(`\\b(?:of|for|on|in) (?:one|a single) ${THING}\\b(?! (?:of|by)\\b)`, 'gi');
const ONE_IS = new RegExp(`^(.*?)\\b(?:one|a single) ${THING}\\b(?! (?:of|by one)\\b)`, 'i');

const TYPICAL = new RegExp(
  `\\b(?:(?:on|in|for|during|over|of|per|by) )?(?:(?:an?|the|our|one|each|every) )?(?:average|avg|mean|typical) (?:trading |working |business |calendar |selling )?${UNIT}\\b(?!['’-]|s\\b| (?:revenue|sales|takings|turnover|orders|units|of the|before|after|ago|on|to|rate|end)\\b)`,
  'i',
);

function onTypical(question: string): string {
  const said = TYPICAL.exec(question);
  if (!said) return question;
  const rest = `${question.slice(0, said.index)}\u0000${question.slice(said.index + said[0].length)}`;
  return rest
    .replace(ALSO, ' ')
    .replace('\u0000', `average per ${(said[1] ?? '').toLowerCase()}`)
    .replace(/ {2,}/g, ' ');
}
