/** The ways in. All end in the same handler. */
export const DOORS = [
  'dm',
  'assistant',
  'mention',
  'thread',
  'command',
  'shortcut',
  'button',
  'home',
] as const;
export type Door = (typeof DOORS)[number];

/** A follow-up of an answer leans `on` it; the same question once more on what came `before` it. */
export type Leaning = { way: 'on' | 'before'; receiptId: string };

/** A question at the door, whichever it was. */
export type Asked = {
  /** The same for every delivery of the same thing: what makes one answer of it. */
  key: string;
  door: Door;
  text: string;
  asker: string;
  team: string;
  channel: string;
  /** Thread to answer in; null: a message that shows the question is posted first. */
  thread: string | null;
  /** The answer whose button this was; what the thread was last about when left out. */
  leans?: Leaning | undefined;
  /** A held answer that a data owner has let through. */
  released?: { receiptId: string; by: string } | undefined;
  /** A direct message: nobody else listens. */
  direct: boolean;
};

/** Of a question that was written as a message. */
export function messageKey(channel: string, ts: string): string {
  return `message/${channel}/${ts}`;
}

/** The id under which a thread's questions are remembered. */
export function threadId(channel: string, thread: string): string {
  return `${channel}:${thread}`;
}
