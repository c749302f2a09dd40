import { rewritten } from './rewritten.ts';

const BOOKS =
  '(?:the |our )?(?:general ledger|nominal ledger|ledgers?|books|gl|bookkeeping|accounting(?: system)?|finance system)';
const BEHIND = `,? (?:(?:as )?(?:booked|posted|recorded) )?(?:per|in|from|according to|as per|by|out of|on|within) ${BOOKS}\\b`;
const BEFORE = '(?:ledger|booked|gl|posted)';
/** What stands between a figure and where it is booked: a time, a place; no second figure. */
const BETWEEN = '((?: (?!vs?\\b|versus|against|and\\b|compared)[^?.!,;\\s]+){0,5}?)';
const SHOP_SYSTEM =
  '(?:the |our )?(?:shop|store|till|tills|pos|epos|order|orders|sales|erp|retail|webshop|web shop)(?: (?:system|software|data|side))';

/** Figures that the shop's documents and the ledger both know: how they are called, and how their account may be. */
const FIGURES: readonly { said: string; meant: string; account: RegExp | null }[] = [
  {
    said: '(?:sales|revenue|turnover)',
    meant: 'ledger income',
    account: /^(?:sales|revenue|turnover|sales revenue)$/i,
  },
  {
    said: '(?:shipping|freight|postage|carriage|delivery)(?: (?:income|charges|charged|revenue|fees))?',
    meant: 'ledger income',
    account: /\b(?:shipping|freight|postage|carriage|delivery)\b/i,
  },
  { said: '(?:vat|value added tax|sales tax|tax)', meant: 'tax booked', account: null },
  {
    said: '(?:cogs|cost of goods sold|cost of goods|cost of sales)',
    meant: 'expenses',
    account: /^(?:cogs|cost of (?:goods|sales).*)$/i,
  },
]; // prettier-ignore

/** 'sales per ledger' is what was booked, and 'shop system revenue' what the orders say: each by the name of its figure. */
export function ledgerWording(question: string, accounts: readonly string[]): string {
  if (
    !/\b(?:ledgers?|books|booked|posted|gl|bookkeeping|accounting|system|systems|till|tills|pos|epos)\b/i.test(
      question,
    )
  )
    return question;
  let text = question
    .replace(new RegExp(`\\b${SHOP_SYSTEM}(?:['’]s)? (?=(?:sales|revenue|turnover|orders)\\b)`, 'gi'), '')
    .replace(
      new RegExp(
        `\\b(sales|revenue|turnover|orders)${BETWEEN} (?:per|in|from|according to|as per|by) ${SHOP_SYSTEM}\\b`,
        'gi',
      ),
      '$1$2',
    );
  for (const { said, meant, account } of FIGURES) {
    const name = account === null ? undefined : accounts.find((one) => account.test(one));
    if (account !== null && name === undefined && meant !== 'ledger income') continue;
    const whole = name === undefined ? meant : `${meant} for account "${name}"`;
    text = text
      .replace(new RegExp(`\\b${BEFORE} ${said}\\b`, 'gi'), whole)
      .replace(new RegExp(`\\b${said}\\b${BETWEEN}${BEHIND}`, 'gi'), `${whole}$1`);
  }
  const booked = accounts.some((one) => text.toLowerCase().includes(one.toLowerCase()));
  if (!booked) return text;
  return rewritten(text, OF_ACCOUNTS).replace(new RegExp(BEHIND, 'gi'), '');
} // prettier-ignore

/** 'the ledger amount of account Rent', 'Marketing ledger: last quarter': beside an account it only says where it is booked. */
const OF_ACCOUNTS: readonly [said: RegExp, meant: string][] = [
  [
    /\b(?:the |our )?(?:(?:general|nominal) )?ledger (?:amounts?|totals?|figures?|values?|sums?|costs?)(?= (?:of|for|on|under|in|posted|booked)\b)/gi,
    'booked',
  ],
  [
    /\b(?:what|how much)?(?: does| do| did)? ?(?:the |our )?(?:(?:general|nominal) )?(?:ledger|books) (?:shows?|showed|says?|said|has|have|holds?|records?|recorded)(?: (?:up )?(?:for|on|under|against|as))?\b/gi,
    'what is booked on',
  ],
  [/\b(?:in|on) (?:the |our )?(?:(?:general|nominal) )?ledger (?:under|on|against|for|as)\b/gi, 'booked on'],
  [/(?:^|(?<=[.;:] ))(?:(?:general|nominal) )?(?:ledger|books|gl)\s*[:,;–-]\s*/gi, ''],
  [
    /(?<=\p{L}) (?:(?:general|nominal) )?ledger(?:s|['’]s)?(?=\s*(?:$|[?.!:,;–-])| (?:for|in|by|last|this|over|during|vs|versus|against|per)\b)/giu,
    '',
  ],
];
