import { z } from 'zod';
import { type Asked, DOORS } from './asked.ts';
import type { Bot } from './bot.ts';
import { aside } from './ending-in-a-sentence.ts';
import type { SlackNeeds } from './needs.ts';

const AcceptedQuestion = z.object({
  key: z.string(),
  door: z.enum(DOORS),
  text: z.string(),
  asker: z.string(),
  team: z.string(),
  channel: z.string(),
  thread: z.string().nullable(),
  direct: z.boolean(),
  leans: z.object({ way: z.enum(['on', 'before']), receiptId: z.string() }).optional(),
  released: z.object({ receiptId: z.string(), by: z.string() }).optional(),
});

/** Slack is told at once that we have an event, so a question of a process that dies is known to nobody but us. */
const ACCEPTED = 'slack/accepted';
const WORTH_ANSWERING_MS = 30 * 60_000;

/** Kept before any work, in the order of arrival; the store gives the last twenty back. */
export async function noteAccepted(asked: Asked, needs: SlackNeeds): Promise<void> {
  await needs.conversations.addTurn(ACCEPTED, asked.channel, {
    question: JSON.stringify(asked),
    plan: null,
    answerKind: 'needs-detail',
    receiptId: null,
    askedAt: needs.clock.now().toISOString(),
    asker: asked.asker,
  });
}

/** Other questions of this person in this channel, of the last twenty that were accepted. */
export async function acceptedOf(asked: Asked, needs: SlackNeeds): Promise<Asked[]> {
  const accepted = await needs.conversations.find(ACCEPTED);
  return (accepted?.turns ?? []).flatMap((turn) => {
    const other = AcceptedQuestion.safeParse(JSON.parse(turn.question)).data;
    const isOther = other?.key !== asked.key;
    return other && isOther && other.asker === asked.asker && other.channel === asked.channel ? [other] : [];
  });
}

/**
 * Answers what a process that died had accepted and not finished. Called at start, and then as often as claims of
 * a process that died run out. A question that was finished, or is being answered elsewhere, is left alone
 * by its claim.
 */
export async function resumeQuestions(
  bot: Bot,
  handle: (asked: Asked, bot: Bot) => Promise<void>,
): Promise<void> {
  const accepted = await bot.needs.conversations.find(ACCEPTED);
  const oldest = bot.needs.clock.now().getTime() - WORTH_ANSWERING_MS;
  for (const turn of accepted?.turns ?? []) {
    if (Date.parse(turn.askedAt) < oldest) continue;
    const asked = AcceptedQuestion.safeParse(JSON.parse(turn.question));
    if (asked.success && bot.running.askerOf(asked.data.key) === undefined)
      aside(handle(asked.data, bot), bot.needs.log, 'a question was not resumed');
  }
}
