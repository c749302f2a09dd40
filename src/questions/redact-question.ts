const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const PHONE = /(?<![\p{L}\p{N}])\+?\d[\d ()./-]{7,}\d/gu;
const CARD_OR_IBAN = /\b(?:\d[ -]?){13,19}\b|\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}\b/g;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A question as it may be kept: e-mail addresses, telephone, card and account numbers are taken out. */
export function redactQuestion(text: string): string {
  return text
    .slice(0, 1000)
    .replace(EMAIL, '[e-mail]')
    .replace(CARD_OR_IBAN, '[number]')
    .replace(PHONE, (found) =>
      DATE.test(found.trim()) || found.replace(/\D/g, '').length < 9 ? found : '[number]',
    );
}
