/** A number of a document that is no value of any list: a few letters and many digits, with a hyphen between. */
const BARE = /(?<![\p{L}\p{N}#-])#?([a-z]{1,6}\d{0,6}-\d{5,12})(?![\p{L}\p{N}-])/giu;
const NAMED =
  /\b(?:order|invoice|document|receipt|customer|client|buyer|product|article|item|sku|refund|number|no\.?|nr\.?|id|ref|reference) ?[#:]? ?$/i;
/** 'order ps26 058290', 'order number PS26/058290', 'order #PS26-058290'. */
const SPELT =
  /\b(order|invoice)s?(?: number| numbers| no\.?| nr\.?| id| ref\.?| reference)?\s*[#:]?\s*([a-z]{1,6}\d{0,4})(?:\s*[-–/_.]\s*|\s+)(\d{5,12})\b/giu;
const LABELLED =
  /\b(order|invoice)s?(?: number| no\.?| nr\.?| id| ref\.?| reference)\s*[#:]?\s*(?=[a-z]{0,6}\d[\w-]{3,})/giu;

/** 'the total of order A1001' is in its details; 'total' alone would be passed over as a small word. */
const OF_ORDER =
  /\b(?:grand total|order total|total|sum|amount|value|worth)(?: amount| value| price| cost)?,? (?:of|for|on) (?:the )?((?:order|invoice) #?(?=[a-z]{0,6}\d[\w-]{3,}))/giu;

/** 'order A1001: what was refunded and why' is in its details too, and no question of what made refunds change. */
const WHY_REFUNDED = /^(?=.*\brefund)(?=.*\bwhy\b).*?\b(?:order|invoice) ([a-z]{0,6}\d[\w-]{3,}).*$/iu;

/** Numbers of orders in one spelling, and said to be so where nobody says what they are. */
export function withOrderCodes(question: string, isValue: (text: string) => boolean): string {
  return question
    .replace(SPELT, (_, what: string, head: string, digits: string) => `${what} ${head}-${digits}`)
    .replace(LABELLED, '$1 ')
    .replace(OF_ORDER, 'status of $1')
    .replace(WHY_REFUNDED, (_, code: string) => `was there a refund on order ${code}`)
    .replace(/\b(order|invoice) #\s*(?=[\p{L}\d])/giu, '$1 ')
    .replace(BARE, (whole, code: string, at: number, all: string) =>
      NAMED.test(all.slice(0, at)) || isValue(code) ? whole : `order ${code}`,
    )
    .replace(
      /\b(order|invoice) ([a-z]{1,6}\d{0,6}-\d{5,12})\b/gu,
      (_, what: string, code: string) => `${what} ${code.toUpperCase()}`,
    );
}
