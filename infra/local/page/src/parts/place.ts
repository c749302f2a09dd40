/** What the page shows. */
export type Place = {
  view: 'channel' | 'home' | 'dashboard';
  channel: string;
  panel: 'thread' | 'assistant' | null;
  thread: { channel: string; ts: string } | null;
};

/** '#/C1', '#/home', '#/C1/thread/123.456', '#/C1/assistant', or a permalink '#/archives/C1/p123456?thread=123.456'. */
export function readPlace(hash: string, fallback: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\//, '').split('?');
  const parts = path.split('/');
  if (parts[0] === 'archives') {
    const channel = parts[1] ?? fallback;
    const digits = (parts[2] ?? '').replace(/^p/, '');
    const ts = new URLSearchParams(query).get('thread') ?? `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    return { view: 'channel', channel, panel: 'thread', thread: { channel, ts } };
  }
  const view = parts[0] === 'home' || parts[0] === 'dashboard' ? parts[0] : 'channel';
  const channel = view === 'channel' ? parts[0] || fallback : fallback;
  const place: Place = { view, channel, panel: null, thread: null };
  if (parts[1] === 'assistant') return { ...place, panel: 'assistant' };
  if (parts[1] === 'thread' && parts[2])
    return { ...place, panel: 'thread', thread: { channel: parts[3] ?? channel, ts: parts[2] } };
  return place;
}

export function writePlace(place: Place): string {
  const base = place.view === 'channel' ? `#/${place.channel}` : `#/${place.view}`;
  if (place.panel === 'assistant') return `${base}/assistant`;
  if (place.panel === 'thread' && place.thread)
    return `${base}/thread/${place.thread.ts}/${place.thread.channel}`;
  return base;
}
