const BUDGET =
  '(?:its|their|the|our|his|her)?(?: own)? ?(?:expenses?|costs?|spending|spend|revenue|sales|annual|yearly|monthly)? ?(?:budgets?|targets?|plans?|goals?)';
const FAR = '(?:(?:the )?(?:furthest|farthest|most|worst)|by far)';
const BY_THE_MOST =
  '(?:by )?(?:the )?(?:most|furthest|farthest|largest amount|biggest amount|biggest margin|widest margin|largest margin)';
const UP =
  'over|above|beyond|ahead of|exceeded|exceeds|exceed|topped|beat|beats|outperformed|overshot|surpassed';
const DOWN = 'under|below|behind|short of|fell short of|missed|misses|miss|undershot';

/** Which side of a budget or target is spoken of, and that the one furthest off it is asked for. */
const FURTHEST = [
  new RegExp(`\\b${FAR} (?<side>${UP}|${DOWN}) (?<budget>${BUDGET})(?! ?first)`, 'gi'),
  new RegExp(`\\b(?<side>${UP}|${DOWN}) (?<budget>${BUDGET}) ${BY_THE_MOST}\\b`, 'gi'),
];
const FIRST = new RegExp(`\\b${FAR} (?<side>${UP}|${DOWN})(?: (?<budget>${BUDGET}))? first\\b`, 'gi');

/** 'which account went furthest over budget' asks for the highest variance; costs over it, sales ahead of it. */
export function furthestOff(question: string): string {
  const found = FURTHEST.reduce(
    (text, said) => text.replace(said, (...all) => `with the ${variance(all, question)}`),
    question,
  );
  return found.replace(FIRST, (...all) => {
    const [word = '', ...name] = variance(all, question).split(' ');
    return `${word} first by ${name.join(' ')}`;
  });
}

function variance(all: unknown[], question: string): string {
  const { side = '', budget = '' } = all.at(-1) as { side?: string; budget?: string };
  const up = new RegExp(`^(?:${UP})$`, 'i').test(side);
  return `${up ? 'highest' : 'lowest'} ${isOfSales(side, budget, question) ? 'revenue' : 'expense'} variance`;
}

function isOfSales(side: string, budget: string, question: string): boolean {
  if (/expense|cost|spend/i.test(budget)) return false;
  if (/revenue|sales|target|goal/i.test(budget)) return true;
  if (/\b(?:expenses?|costs?|spend|spending|accounts?)\b/i.test(question)) return false;
  return /\b(?:revenue|sales|targets?)\b/i.test(question) || !/^(?:over|under|above|below)$/i.test(side);
}
