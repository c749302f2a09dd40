/** What people call an account of the ledger that has another name there. */
const CALLED: readonly { account: RegExp; said: RegExp; unless: RegExp }[] = [
  {
    account:
      /^(?:wages(?: (?:and|&) salaries)?|salaries(?: (?:and|&) wages)?|payroll|personnel(?: costs?)?)$/i,
    said: /\b(?:(?:payroll|salar(?:y|ies)|staff(?:ing)?|personnel|labou?r|wages?|pay) (?:costs?|bills?|expenses?|spend(?:ing)?|expenditure)|payrolls?|salaries|staff pay|pay (?:for|of) (?:the |our )?staff)\b/gi,
    unless:
      /\b(?:average|avg|mean|median|highest[- ]paid|best[- ]paid|an? (?:employee|manager|hour)|per (?:employee|person|head|hour)|each (?:employee|person)|whose|how many)\b/i,
  },
  {
    account: /^rents?$/i,
    said: /\b(?:rental|rent|lease|leasing) (?:costs?|bills?|expenses?|payments?|charges?|spend(?:ing)?)\b/gi,
    unless: /$^/,
  },
  {
    account: /^(?:energy|utilities|electricity(?: (?:and|&) gas)?|heat(?:ing)? (?:and|&) light)$/i,
    said: /\b(?:electric(?:ity)? ?(?:&|and|\+) ?gas|gas ?(?:&|and|\+) ?electric(?:ity)?|electricity|(?:power|gas|energy|electric|utility|electricity) (?:bills?|costs?|expenses?|spend)|utilities)(?: (?:bills?|costs?|expenses?|spend))?\b/gi,
    unless: /\b(?:use[ds]?|usage|kwh|consum\w*|saving|green|solar)\b/i,
  },
  {
    account: /^(?:marketing|advertising)$/i,
    said: /\badvertising(?: (?:costs?|bills?|expenses?|spend(?:ing)?|expenditure|outlay))?\b/gi,
    unless: /\b(?:google|facebook|instagram|tiktok|tv|radio|print|clicks?|campaigns?|online|which|return)\b/i,
  },
]; // prettier-ignore

/** 'the salary bill' is account Wages, where the ledger has that one account for it. */
export function accountWording(question: string, accounts: readonly string[]): string {
  return CALLED.reduce((text, { account, said, unless }) => {
    const [name, ...others] = accounts.filter((one) => account.test(one));
    if (name === undefined || others.length > 0 || unless.test(text)) return text;
    if (accounts.some((one) => one !== name && text.toLowerCase().includes(one.toLowerCase()))) return text;
    return text.replace(said, (words) =>
      /\b(?:costs?|expenses?|spend(?:ing)?|bills?|expenditure|outlay)$/i.test(words)
        ? `${name} expenses`
        : name,
    );
  }, question);
}

/** 'campaign WELCOME10': what has the name of a coupon is one. */
export function couponWording(question: string, coupons: readonly string[]): string {
  if (coupons.length === 0 || !CAMPAIGN.test(question)) return question;
  const names = coupons
    .filter((one) => one.length > 2)
    .map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|');
  if (names === '') return question;
  return question
    .replace(
      new RegExp(`\\b(?:the |our )?(?:${WORDS})s?,? ["“'‘]?(${names})(?!\\p{L})["”'’]?`, 'giu'),
      'coupon $1',
    )
    .replace(
      new RegExp(`\\b(?:the |our )?["“'‘]?(?<!coupon )(${names})["”'’]? (?:${WORDS})s?\\b`, 'giu'),
      'coupon $1',
    );
}

const WORDS =
  '(?:(?:marketing|promo(?:tion)?(?:al)?|discount|voucher|coupon|email) )?(?:campaign|promo(?:tion)?|offer|code|action|deal)';
const CAMPAIGN = new RegExp(`\\b${WORDS}s?\\b`, 'i');
