/** Where a shop without branches is at home: money of one country only says it. */
const OF_MONEY: Record<string, string> = {
  GBP: 'United Kingdom',
  USD: 'United States',
  BRL: 'Brazil',
  CHF: 'Switzerland',
};

const FIGURES =
  '(?:sales|revenue|turnover|orders?|customers?|buyers|business|deliver(?:y|ies)|shipments?|units|refunds|returns|share)';

/** 'orders from abroad' are those of every country but that of the branches; which one that is, the branches say. */
export function withoutAbroad(question: string, home: string | undefined): string {
  if (home === undefined) return question;
  return question
    .replace(
      new RegExp(
        `\\b(?:(?<which>which|what) (?:is|was|are|were) )?(?:the |our )?(?<best>biggest|largest|best|top|smallest|worst|strongest|weakest) (?:export|foreign|overseas|international) (?:market|country|destination)\\b`,
        'gi',
      ),
      `which country other than "${home}" had the $<best> revenue`,
    )
    .replace(
      /\b(?:not|never|nothing|none)(?: (?:from|to|in|into))? (?:abroad|overseas(?! \p{L}))\b|\bnon-?overseas\b/giu,
      `from "${home}"`,
    )
    .replace(
      /\b(?:from |to |in |into )?(?:abroad|overseas(?! \p{L})|foreign (?:countries|markets))\b/giu,
      `not from "${home}"`,
    )
    .replace(
      new RegExp(
        `\\b(?:international|foreign|overseas|export|non-domestic) (?=(?:web |online )?${FIGURES}\\b)`,
        'gi',
      ),
      `non "${home}" `,
    )
    .replace(/\bshare of (?:international|foreign|export|exports)\b/gi, `share not from "${home}"`)
    .replace(new RegExp(`\\b(?:domestic) (?=(?:web |online )?${FIGURES}\\b)`, 'gi'), `"${home}" `)
    .replace(
      new RegExp(`\\b(${FIGURES})([^?.!,]{0,20}?) (?:at home|domestically)\\b`, 'gi'),
      `$1$2 in "${home}"`,
    );
} // prettier-ignore

/** The country of all branches, where it is one in which orders are made. */
export function homeOf(
  valuesOf: (dimension: string) => readonly string[],
  currencies: readonly string[] = [],
): string | undefined {
  const [home = OF_MONEY[currencies[0] ?? ''], ...more] = valuesOf('branch_country');
  return more.length === 0 && home !== undefined && valuesOf('country').includes(home) ? home : undefined;
}
