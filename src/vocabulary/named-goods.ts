const CALLED =
  /\b(?:the |our )([\p{L}\d][\p{L}\d' -]{2,40}?) (?:line|item|article|product)\b(?! (?:items?|count|number|code|id)\b)/giu;

/** 'the POSTAGE line': what is called so is an article, and no figure of that name. */
export function withNamedGoods(question: string, isProduct: (text: string) => boolean): string {
  return question.replace(CALLED, (said: string, name: string) =>
    isProduct(name) ? `product "${name}"` : said,
  );
}
