import type { Conversations } from '../ports/conversations.ts';

export type TellOnceNeeds = { conversations: Pick<Conversations, 'claim' | 'notePosted' | 'finish'> };

/** What a message has to do to be sent exactly once. */
export type OnceMessage = {
  /** Names the message; it is in the message itself, so that `findPosted` finds what an earlier, dead try had posted. */
  key: string;
  findPosted(key: string): Promise<string | null>;
  post(key: string): Promise<string>;
  /** What is remembered of it; done again when a try died before it was through. */
  after(ts: string): Promise<void>;
};

/** Longer than making and posting takes; after it another instance takes over. */
export const TELLING_LEASE_MS = 5 * 60_000;

/**
 * Sends a message once, whatever restarts and however many instances there are: who wins the conditional claim sends,
 * and a claim whose owner died is taken over after its lease. True for the one who sent it.
 */
export async function tellOnce(message: OnceMessage, needs: TellOnceNeeds): Promise<boolean> {
  const claim = await needs.conversations.claim(message.key, TELLING_LEASE_MS);
  if (claim.state !== 'owned') return false;
  const earlier = claim.postedTs ?? (await message.findPosted(message.key));
  const ts = earlier ?? (await message.post(message.key));
  await needs.conversations.notePosted(message.key, ts);
  await message.after(ts);
  await needs.conversations.finish(message.key);
  return earlier === null;
}
