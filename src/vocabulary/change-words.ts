/**
 * Verbs and phrases of change, by the way they go: the one list that readings, rankings by change, conditions on a change
 * and the check of a model's sentences share. A word of change that is in none of them has no way to go.
 */

/** The figure itself went up. Each form stands as people type it. */
const RISING: readonly string[] = [
  'getting bigger|getting higher|getting more|going up|go up|goes up|went up|gone up|gained the most|gained most|gained most ground|gained ground',
  'riser|risers|climber|climbers|gainer|gainers|grow|grows|grew|grown|growing|increase|increases|increased|increase in|increasing|rise|rose|risen|rising|rises',
  'climb|climbs|climbed|climbing|soar|soared|soaring|spike|spiked|jump|jumped|jumps|surge|surged|rocketed|shot up',
];

/** The figure itself went down. */
const FALLING: readonly string[] = [
  'getting smaller|getting lower|getting fewer|going down|go down|goes down|went down|gone down',
  'faller|fallers|decliner|decliners|loser|losers|lost the most|lost most|lose the most|lost more|lost ground|lost most ground|lost the most ground|losing ground|decrease|decreased|decreases|decreasing|decline|declined|declines',
  'declining|fall in|fall|falls|falling|fell|fallen|drop|drops|dropped|dropping|drop in|dropped off|fell off|fallen off',
  'slump|slumped|slumping|plunge|plunged|plunging|collapse|collapsed|collapsing|shrink|shrinks|shrank|shrunk|shrinking',
  'slip|slipped|slipping|slid|slide|sliding|sink|sank|sunk|sinking|dip|dipped|dipping|tumble|tumbled|tumbling',
  'plummet|plummeted|plummeting|nosedived|tanked|dwindle|dwindled|dwindling|crash|crashed|soften|softened|softening',
  'weaken|weakened|weakening|slow down|slowed down|slowing down|cool off|cooled off|tail off|tailed off',
];

/** It went well: more of what is good, less of what is bad (returns, days late). */
const BETTER: readonly string[] = [
  'getting better|get better|gets better|got better|gotten better|getting any better|get any better|become better|became better',
  'improve|improves|improved|improving|improvement|recover|recovered|recovering|pick up|picked up|picking up|bounced back',
];

/** It went badly. */
const WORSE: readonly string[] = [
  'getting worse|get worse|gets worse|got worse|gotten worse|become worse|became worse|worsen|worsens|worsened|worsening',
  'deteriorate|deteriorated|deteriorating|gone downhill|go downhill|went downhill|going downhill|gone backwards|went backwards',
  'going backwards|go backwards|struggled|struggling',
];

/** Change as such: no way is said. */
export const CHANGING: readonly string[] = [
  'growth|growth in|growth of|growth rate|change|change in|changed|changes|up or down|higher or lower|better or worse',
  'percentage change|percent change|% change|delta|difference|evolve|evolved',
];

/** How people ask for a change: the phrases of the part of speech 'growth'. */
export const CHANGE_PHRASES: string = [...CHANGING, ...RISING, ...FALLING, ...BETTER, ...WORSE].join('|');

/** Says a way beside a figure, though it does not ask for a change by itself. */
const ALSO_UP = 'growth|up|gain|gains|gained|gaining';
const ALSO_DOWN = 'down|lose|loses|lost|losing|loss|losses';

/** Of one figure against another; alone they may be of anything ('the smaller brands'). */
const MORE = 'more|higher|larger|bigger|ahead of|beat|outperform|outperformed';
const LESS = 'less|fewer|lower|smaller|behind';
const BETTER_THAN = 'better|stronger|healthier';
const WORSE_THAN = 'worse|weaker|poorer';

/** Verbs that say a rise, or a fall, of whatever figure. */
export const RISES: RegExp = wordsOf([...RISING, ...BETTER]);
export const FALLS: RegExp = wordsOf([...FALLING, ...WORSE]);

type Ways = Record<'up' | 'down' | 'better' | 'worse', RegExp>;

const CHANGED: Ways = {
  up: wordsOf([...RISING, ALSO_UP]),
  down: wordsOf([...FALLING, ALSO_DOWN]),
  better: wordsOf(BETTER),
  worse: wordsOf(WORSE),
};
const COMPARED: Ways = {
  up: wordsOf([...RISING, ALSO_UP, MORE]),
  down: wordsOf([...FALLING, ALSO_DOWN, LESS]),
  better: wordsOf([...BETTER, BETTER_THAN]),
  worse: wordsOf([...WORSE, WORSE_THAN]),
};

/** A condition's own words ('by more than 10 %') say nothing about the way. */
const LIMIT = /\b(?:by )?(?:more than|less than|fewer than|at least|at most|over)(?= [\d£$€])/gi;

/**
 * Which way a text says that things went, by its verbs. Of a figure of which more is bad, 'worsened' is up and 'improved'
 * is down; null where no way is said, or both are.
 */
export function wayOfChange(text: string, badIfMore = false): 'up' | 'down' | null {
  return wayOf(text, CHANGED, badIfMore);
}

/** The same where two figures are compared: also by 'more', 'lower', 'behind'. */
export function wayCompared(text: string, badIfMore = false): 'up' | 'down' | null {
  return wayOf(text, COMPARED, badIfMore);
}

function wayOf(text: string, ways: Ways, badIfMore: boolean): 'up' | 'down' | null {
  const plain = text.replace(LIMIT, ' ');
  const [well, badly] = [ways.better.test(plain), ways.worse.test(plain)];
  const up = ways.up.test(plain) || (badIfMore ? badly : well);
  const down = ways.down.test(plain) || (badIfMore ? well : badly);
  return up === down ? null : up ? 'up' : 'down';
}

/** One pattern of all forms, the longest first, so that 'fell off' is not read as 'fell'. */
function wordsOf(lists: readonly string[]): RegExp {
  const forms = lists.flatMap((list) => list.split('|')).sort((a, b) => b.length - a.length);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${forms.join('|')})(?![\p{L}\p{N}])`, 'iu');
}
