/** Slack's marks and mentions taken off. */
export function plain(question: string): string {
  return question
    .replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' ')
    .replace(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1')
    .replace(/[*`~]+/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\b(can)(?:no|['’])t\b/gi, '$1 not')
    .replace(/\bwon['’]t\b/gi, 'will not')
    .replace(/\b(do|does|did|is|are|was|were|has|have|had|would|should|could)n['’]?t\b/gi, '$1 not')
    .replace(/\b(how|what|where|who|when|that|it|there)['’]s\b/gi, '$1 is')
    .replace(/\b(yesterday|today)s\b/gi, '$1')
    .replace(IN_THE_NAME, 'containing "$1"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** 'with heart in the name'. */
const IN_THE_NAME =
  /\b(?:with|having|that have|which have|that has)(?: the words?)? ["“]?([\p{L}\p{N} -]{2,40}?)["”]? in (?:the|its|their) (?:names?|titles?|descriptions?)\b/giu;

/** Where no merchants sell, a 'best seller' is a product. */
export function withoutSellers(question: string, hasSellers: boolean): string {
  if (hasSellers) return question;
  return question
    .replace(/\b(best|top|biggest|worst|slowest|fastest)[- ]?sellers\b/gi, '$1 selling products')
    .replace(/\b(best|top|biggest|worst|slowest|fastest)[- ]?seller\b/gi, '$1 selling product');
}
