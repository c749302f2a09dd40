/**
 * Times in sentences that many people read: Slack writes them by each reader's own clock. In our sentences a moment is
 * marked; blocks make a date of the mark, fallback texts Slack's token with the time in UTC for who cannot read it.
 */
const MARK = '\u2063';
const MARKED = new RegExp(`${MARK}(\\d{1,12})${MARK}`, 'g');
const FORMAT = '{date_short_pretty} at {time}';

export function moment(instant: string): string {
  const seconds = Math.floor(Date.parse(instant) / 1000);
  return Number.isFinite(seconds) ? `${MARK}${seconds}${MARK}` : instant;
}

/** Rich-text elements of a sentence. */
export function withMoments(text: string, style?: { bold: true }): Record<string, unknown>[] {
  const styled = style ? { style } : {};
  return text
    .split(MARKED)
    .map((piece, index) =>
      index % 2 === 1
        ? {
            type: 'date',
            timestamp: Number(piece),
            format: FORMAT,
            fallback: inUtc(Number(piece)),
            ...styled,
          }
        : { type: 'text', text: piece, ...styled },
    )
    .filter((element) => !('text' in element) || element.text !== '');
}

export function momentsInText(text: string): string {
  return text.replaceAll(
    MARKED,
    (_, seconds: string) => `<!date^${seconds}^${FORMAT}|${inUtc(Number(seconds))}>`,
  );
}

function inUtc(seconds: number): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${words.format(new Date(seconds * 1000))} UTC`;
}
