import { normalizeHeader } from './normalize-header.ts';

const ALONE =
  /^(grand |sub |overall |running |page |report |general |net )?(sub ?)?(total|totals|totalen|totaux|totales|totais|totale|totali|totaal|subtotals?|sum|sums|summe|summen|gesamt|gesamtsumme|gesamtbetrag|zwischensumme|endsumme|teilsumme|somme|suma|sumas|soma|eindtotaal|subtotaal|subtotale|subtotales|insgesamt|sous total|total general|total geral|totale generale|somma)( general| geral| generale| amount| amounts| eur| usd| gbp| chf| carried forward| c f| b f)?$/;
const BALANCE =
  /^(opening|closing|starting|ending|beginning|previous|new|current|initial|final)? ?(balance|saldo|solde|kontostand)( (brought|carried) (forward|down|over)| b ?f| c ?f| b d| c d| at (the )?(start|end|beginning|close).*| as (at|of).*| anterior| inicial| final| actual| initial| precedent| iniziale| finale| vortrag)?$|^(balance (brought|carried) (forward|down)|(brought|carried) (forward|over)|saldovortrag|anfangsbestand|endbestand|anfangssaldo|endsaldo|ubertrag|uebertrag|report( a nouveau)?|a reporter|riporto|transporte|suma y sigue|beginsaldo|eindsaldo|opening|closing balance.*|opening balance.*|balance at .*|(cash|cash and cash equivalents|cash balance|bank balance|funds|liquide mittel|tresorerie|efectivo|liquide middelen) (at|as of) (the )?(beginning|start|opening|end|close|closing)( of.*)?)$/;
const BEGINS =
  /^(sub ?total|grand total|totals?|summe|gesamt|zwischensumme|sous total|totaal|totale|subtotaal|suma|soma|somme)\b/;
const ENDS = /\b(sub ?totals?|totals?|gesamt|totaal|totale|summe)$/;
const RESULTS =
  /^(net|gross) (income|profit|loss|cash|assets|sales|surplus|deficit|change|pay|result)|^(gross margin|surplus|deficit|net increase|net decrease|increase decrease in cash|jahresuberschuss|betriebsergebnis|resultat net|resultado|utile|winst)/;

/** A quick look before the slow ones: most texts hold none of these. */
const ANY =
  /tot|sum|som[am]|gesamt|sald|sold|balanc|kontostand|carried|brought|beginning|end of|vortrag|bestand|bertrag|report|riporto|transporte|sigue|opening|closing|net|gross|surplus|deficit|increase|ergebnis|result|utile|winst/i;

export type TotalWord = 'total' | 'balance' | 'perhaps';

/** What the text of a row says of itself: a total, a balance brought or carried, or perhaps a total ('Total Energies'). */
export function totalWord(text: string): TotalWord | undefined {
  if (text.length > 80 || !ANY.test(text)) return undefined;
  const plain = normalizeHeader(text);
  if (ALONE.test(plain)) return 'total';
  if (BALANCE.test(plain)) return 'balance';
  return BEGINS.test(plain) || ENDS.test(plain) || RESULTS.test(plain) ? 'perhaps' : undefined;
}
