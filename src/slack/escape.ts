/** Slack's own three escapes: after them no `<@U1>`, `<!channel>` or `<url|text>` is left. For fallback texts. */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const JOINER = '\u2060';

/**
 * For streamed text, which Slack reads as Markdown: marks are escaped, and an invisible joiner breaks addresses and
 * emoji names that would turn into links and pictures by themselves.
 */
export function escapeMarkdown(text: string): string {
  return escapeMrkdwn(text)
    .replaceAll(/[\\`*~[\]|]/g, (mark) => `\\${mark}`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replaceAll('://', `:${JOINER}//`)
    .replaceAll(/(?<=\S)\.(?=[a-z])/gi, `.${JOINER}`)
    .replaceAll(/:(?=[a-z0-9_+-]+:)/gi, `:${JOINER}`)
    .replaceAll(/@/g, `@${JOINER}`)
    .replaceAll(/^(\s*)([#>+-]|\d+[.)])/gm, `$1${JOINER}$2`);
}
