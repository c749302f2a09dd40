const KINDS: readonly [kind: string, words: RegExp][] = [
  ['liability', /liab|passiv|verbindlich|fremdkapital|pasivo|passif|schuld|payable|creditor|vat|tax/],
  ['asset', /asset|aktiv|activo|\bactif|bank|cash|receivable|debtor|inventory|verm[oö]gen|attivo/],
  ['equity', /equity|eigenkapital|capital|capitaux|patrimonio|eigen vermogen|reserves/],
  ['expense', /expense|cost|aufwand|aufwend|kosten|charge|d[eé]pens|gasto|spese|costi|uitgaven|despesa/],
  [
    'income',
    /income|revenue|sales|ertrag|ertr[aä]ge|erl[oö]s|umsatz|produit|ingreso|ricav|omzet|receita|turnover/,
  ],
];

/** Which of the five kinds of account a file's own word means; undefined when it says something else. */
export function accountKindOf(text: string | undefined): string | undefined {
  const word = (text ?? '').toLowerCase();
  return KINDS.find(([, words]) => words.test(word))?.[0];
}
