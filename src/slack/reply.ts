import { ACTIONS } from './action-ids.ts';
import type { Asked } from './asked.ts';
import { actions, type Block, button, context, cut, type SlackMessage } from './block.ts';
import type { Bot } from './bot.ts';
import { aside } from './ending-in-a-sentence.ts';
import { escapeMarkdown } from './escape.ts';
import { fitMessage, LIMITS } from './limits.ts';
import { BUTTONS, DONE, STATUSES, STEPS, WORDS } from './words.ts';

export type Step = keyof typeof STEPS;

/** The one message that says first that something is being done, and in the end the answer. */
export type Reply = {
  open(): Promise<void>;
  working(step: Step): void;
  /** More of the answer's running text, where it can be shown as it comes. */
  say(piece: string): void;
  /** `spoken` is the message's running text as people read it, not escaped. */
  finish(message: SlackMessage, spoken: string): Promise<string>;
  /** Takes the message away: nothing is to be said after all. */
  withdraw(): Promise<void>;
  ts(): string | null;
};

/** Streams in direct messages, where Slack shows its own stop button; elsewhere one message is updated. */
export function replyTo(asked: Asked & { thread: string }, bot: Bot, earlierTs: string | null): Reply {
  return asked.direct && earlierTs === null ? streamed(asked, bot) : updated(asked, bot, earlierTs);
}

function streamed(asked: Asked & { thread: string }, bot: Bot): Reply {
  const stream = bot.slack.stream({
    channel: asked.channel,
    thread: asked.thread,
    person: asked.asker,
    team: asked.team,
  });
  // One after the other, so that pieces arrive in their order.
  let queue: Promise<unknown> = Promise.resolve();
  const next = (work: () => Promise<void>, fault: string): void => {
    queue = queue.then(work).catch((error: unknown) => bot.needs.log.warn({ err: error }, fault));
  };
  let said = '';
  /** The newest step that is not shown yet: what was overtaken need not be. */
  let step: Step | null = null;
  let showing: NodeJS.Timeout | undefined;
  const showStep = async () => {
    const shown = step;
    step = null;
    if (shown) await stream.task(STEPS[shown], false);
  };
  return {
    open: () => stream.task(STEPS.understanding, false),
    working(newest) {
      if (newest === 'understanding') return;
      step = newest;
      showing ??= setTimeout(() => {
        showing = undefined;
        next(showStep, 'a task line was not shown');
      }, SHOWN_AFTER_MS);
    },
    say(piece) {
      if (said.length + piece.length > SPOKEN) return;
      next(async () => {
        await stream.say(escapeMarkdown(piece));
        said += piece;
      }, 'a sentence was not shown as it came');
    },
    async finish(message, spoken) {
      clearTimeout(showing);
      step = null;
      await queue;
      const isAnswer = message.blocks.some((block) => block.block_id === 'rating');
      const { markdown, blocks } = streamedParts(message, spoken, said);
      return stream.end(markdown, blocks, isAnswer ? DONE.checked : DONE.read);
    },
    async withdraw() {
      clearTimeout(showing);
      const ts = await stream.end('', []);
      await bot.slack.remove(asked.channel, ts);
    },
    ts: () => stream.ts(),
  };
}

/** What is done sooner than that is not worth a call to Slack, for which the answer would have to wait. */
const SHOWN_AFTER_MS = 400;

const SPOKEN = 2500;
const MARKDOWN = 4000;

/** A stream's running text comes first and takes the place of the headline; the blocks follow. */
export function streamedParts(
  message: SlackMessage,
  spoken: string,
  /** What the stream has of it already. */
  said = '',
): { markdown: string; blocks: Block[] } {
  const markdown = markdownOf(said && spoken.startsWith(said) ? spoken.slice(said.length) : spoken, said);
  const rest = message.blocks.filter((block) => block.block_id !== 'headline');
  const room = LIMITS.blocksJson - markdown.length - escapeMarkdown(said).length;
  const { blocks } = fitMessage({ text: message.text, blocks: rest }, room);
  return { markdown, blocks };
}

/** After what was said comes its end, or something else in a paragraph of its own. */
function markdownOf(rest: string, said: string): string {
  if (said && rest.trim() === '') return '';
  const whole = escapeMarkdown(cut(rest, SPOKEN));
  const markdown = whole.length <= MARKDOWN ? whole : escapeMarkdown(cut(rest, MARKDOWN / 8));
  return said && !rest.startsWith(' ') ? `\n\n${markdown}` : markdown;
}

function updated(asked: Asked & { thread: string }, bot: Bot, earlierTs: string | null): Reply {
  const { slack } = bot;
  const place = { channel: asked.channel, thread: asked.thread };
  let ts = earlierTs;
  let saidAt = 0;
  return {
    async open() {
      saidAt = performance.now();
      ts ??= await slack.post(place, working('understanding', asked));
    },
    working(step) {
      if (!ts || performance.now() - saidAt < LEAST_BETWEEN_MS) return;
      saidAt = performance.now();
      aside(slack.update(asked.channel, ts, working(step, asked)), bot.needs.log, 'a status was not shown');
    },
    // People with different rights read here: the whole answer comes at once.
    say() {},
    async finish(message) {
      if (!ts) return slack.post(place, message);
      const isThere = await slack.update(asked.channel, ts, message);
      return isThere ? ts : slack.post(place, message);
    },
    async withdraw() {
      if (ts) await slack.remove(asked.channel, ts);
    },
    ts: () => ts,
  };
}

/** A channel takes about one message or change a second. */
const LEAST_BETWEEN_MS = 1200;

function working(step: Step, asked: Asked): SlackMessage {
  return {
    text: WORDS.thinking,
    blocks: [
      ...context('status', [WORDS.status(STATUSES[step])]),
      ...actions('tools', [button(ACTIONS.stop, BUTTONS.stop, `${asked.asker} ${asked.key}`)]),
    ],
  };
}
