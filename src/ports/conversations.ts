import type { Plan } from '../domain/plan.ts';

/** What a thread was last about, so that 'and by country?' has a meaning. */
export type Conversation = {
  thread: string;
  channel: string;
  turns: {
    question: string;
    plan: Plan | null;
    answerKind: 'answered' | 'needs-detail' | 'refused' | 'empty';
    receiptId: string | null;
    askedAt: string;
    asker: string;
  }[];
};

/** `owned`: do the work (again, if an earlier try died). `busy`: another instance is at it. `done`: nothing to do. */
export type Claim =
  | {
      state: 'owned' /** Message that an earlier, dead try had posted; update it instead of posting again. */;
      postedTs: string | null;
    }
  | { state: 'busy' }
  | { state: 'done' };

/** Threads, and which events have been answered. Errors: records.unavailable, records.throttled. */
export type Conversations = {
  find(thread: string): Promise<Conversation | undefined>;
  addTurn(thread: string, channel: string, turn: Conversation['turns'][number]): Promise<void>;
  /** First caller owns the event until leaseMs is over. */
  claim(eventKey: string, leaseMs: number): Promise<Claim>;
  notePosted(eventKey: string, ts: string): Promise<void>;
  finish(eventKey: string): Promise<void>;
  /** Takes out the turns of which this is true, and says how many; `remove: false` only counts them. Reads every thread. */
  removeTurns(
    matches: (turn: Conversation['turns'][number]) => boolean,
    options: { remove: boolean },
  ): Promise<number>;
};
