const THEY = '(?:they|it|these|those|that|this|all (?:of )?(?:them|that|those|it))';
const BEEN = '(?:(?:all|each|have|has|had|did|do|does|been|was|were|are|is|us|the company|the business) )*';
const WORTH =
  '(?:cost(?:ing)?|come|came|add(?:ed|s)?|amount(?:ed|s)?|worth|total(?:led|ed|s)?|set|run|ran|mount(?:ed)?|work(?:ed)? out)';

/** 'how many refunds were there, and what did they cost us': the clause asks for a second figure, what they are worth. */
const WHAT_THEY_COST = new RegExp(
  `(?:,|;|\\s[-–]|[.?])?\\s*(?:\\b(?:and|plus|also)|[,;&+?.–-])\\s*(?:also )?(?:for )?(?:what|how much)(?: money)? ${BEEN}${THEY} ${BEEN}${WORTH}(?: (?:us|back|up|to|at|in (?:all|total)|altogether|so far))*(?=[\\s?.!,]|$)`,
  'i',
);
const COUNTED = /\b(?:how many|number of|no\.? of|count of|cases|times)\b/i;
const AMOUNT = /\b(?:refunds?|returns|orders|invoices|units|pairs|payments|cancellations|vouchers|cases)\b/i;

export function secondFigures(question: string): string {
  const clause = WHAT_THEY_COST.exec(question);
  if (!clause) return question;
  const first = question.slice(0, clause.index);
  const after = question.slice(clause.index + clause[0].length);
  if (!COUNTED.test(first) && !AMOUNT.test(first)) return question;
  return `${first} and their value${after}`;
}
