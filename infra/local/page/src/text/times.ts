/** '1700000000.000100' as a date. */
export function dateOfTs(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

export function timeOfDay(date: Date): string {
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

export function dayName(date: Date): string {
  const today = new Date();
  const yesterday = new Date(today.getTime() - 86_400_000);
  if (date.toDateString() === today.toDateString()) return 'Today';
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
}

/** Slack's date formats, such as '{date_short} at {time}'. */
export function dateByFormat(seconds: number, format: string): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return '';
  const day = (style: 'long' | 'short') =>
    date.toLocaleDateString('en-GB', { day: 'numeric', month: style, year: 'numeric' });
  const parts: Record<string, string> = {
    date: day('long'),
    date_num: date.toISOString().slice(0, 10),
    date_slash: date.toLocaleDateString('en-GB'),
    date_short: day('short'),
    date_short_pretty: day('short'),
    date_pretty: day('long'),
    date_long: date.toLocaleDateString('en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
    date_long_pretty: date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }),
    time: timeOfDay(date),
    time_secs: date.toLocaleTimeString('en-GB'),
    ago: timeOfDay(date),
  };
  return format.replaceAll(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
