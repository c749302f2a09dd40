/** A text that a spreadsheet program would take for a formula is made a text for it: an apostrophe before it. */
export function neutralizeFormula(text: string): string {
  return /^[=+\-@\t\r\n|%]/.test(text) && !/^[+-]?[\d.,\s']+%?$/.test(text) ? `'${text}` : text;
}
