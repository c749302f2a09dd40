import { ruleBetween } from '../access/audience.ts';
import { seesAsMuch, sharedRights } from '../access/rights-for.ts';
import type { Answer } from '../domain/answer.ts';
import type { Rights } from '../domain/rights.ts';
import { stopSignal } from '../domain/stop-signal.ts';
import type { Conversation } from '../ports/conversations.ts';
import type { Question } from '../questions/answer-question.ts';
import { type Asked, threadId } from './asked.ts';
import type { Bot } from './bot.ts';
import { leansOn } from './leans-on.ts';
import type { Step } from './reply.ts';
import { RULES, WORDS } from './words.ts';

export type Placed = Asked & { thread: string };

type Work = {
  stop: AbortSignal;
  working: (step: Step) => void;
  /** Takes the sentences as they come; left out where they are not to be shown before the end. */
  say?: (piece: string) => void;
};

export type Told =
  | {
      kind: 'answer';
      answer: Answer;
      note: string | null;
      private: { answer: Answer; rule: string } | null;
      /** How sure the planner was, 0 to 1. */
      confidence: number | null;
    }
  | { kind: 'stopped'; sentence: string };

/** The answer with the rights of those who will see it. */
export async function answerInPlace(asked: Placed, work: Work, bot: Bot): Promise<Told> {
  // Nobody waits for it but the audit, which is written when all else is done.
  const link = bot.slack.permalink(asked.channel, asked.thread).catch(() => null);
  const [own, approved, follows] = await Promise.all([
    bot.who.rightsOf(asked.asker),
    approvedPlan(asked, bot),
    leansOn(asked, bot.needs),
  ]);
  const linked = { ...asked, approved, follows, link };
  return asked.direct ? answerFor(own, linked, work, bot) : answerForAudience(own, linked, work, bot);
}

/** What was said of that reading, not of the plan: each reading says it anew. */
const OF_THE_READING = /^Only what .+ is counted\.$|^The language model worded /;

async function approvedPlan({ released }: Asked, bot: Bot): Promise<Question['approved']> {
  const receipt = released && (await bot.needs.receipts.find(released.receiptId));
  if (!receipt) return undefined;
  const { plan, planner, understood } = receipt;
  return { plan, planner, notes: understood.notes.filter((note) => !OF_THE_READING.test(note)) };
}

type Linked = Placed & {
  link: Promise<string | null>;
  follows: Conversation | null;
  approved: Question['approved'];
};

async function answerFor(
  rights: Rights,
  asked: Linked & { rule?: string },
  work: Work,
  bot: Bot,
): Promise<Told> {
  const { needs } = bot;
  const { signal, aborted, end } = stopSignal(work.stop, needs.settings.answerTimeoutMs);
  const answering = needs.answer({
    text: asked.text,
    asker: asked.asker,
    rights,
    door: asked.door,
    channel: asked.channel,
    thread: threadId(asked.channel, asked.thread),
    today: needs.clock.today(),
    planner: needs.settings.planner,
    link: asked.link,
    leansOn: asked.follows,
    ...(asked.approved ? { approved: asked.approved } : {}),
    ...(asked.rule ? { rule: asked.rule } : {}),
    readBy: asked.direct || asked.rule?.startsWith('private: ') ? 'the asker' : 'others too',
    signal,
    onProgress: work.working,
    ...(asked.direct && work.say ? { onText: work.say } : {}),
  });
  // Does not wait for a query that will not stop; what it says afterwards is of no interest.
  const ended = await Promise.race([
    answering.then(
      (done) => done,
      (thrown: unknown) => {
        // A query that hears of the stop first would say so in other words.
        if (signal.aborted) return 'aborted' as const;
        throw thrown;
      },
    ),
    aborted,
  ]).finally(end);
  if (ended !== 'aborted')
    return { kind: 'answer', answer: ended.answer, note: null, private: null, confidence: ended.confidence };
  if (work.stop.aborted)
    return { kind: 'stopped', sentence: work.stop.reason === 'restart' ? WORDS.restarted : WORDS.stopped };
  return { kind: 'stopped', sentence: WORDS.tookTooLong };
}

/**
 * What everyone in the channel may see is for the channel; the rest is for the asker alone, with the rule. The
 * question is read twice then, on purpose: rows are kept back by the views of each set of rights, and sums of fewer
 * rows cannot be had from sums of all. Each reading has its own receipt and its own line in the audit.
 */
async function answerForAudience(own: Rights, asked: Linked, work: Work, bot: Bot): Promise<Told> {
  const audience = await bot.who.audienceOf(asked.channel);
  if (seesAsMuch(audience.rights, own)) return answerFor(own, asked, work, bot);
  const between = ruleBetween(audience, own);
  const forAll = sharedRights([own, audience.rights]);
  const shared = await answerFor(forAll, { ...asked, rule: `audience: ${between}` }, work, bot);
  if (shared.kind === 'stopped') return shared;
  const fuller = await answerFor(own, { ...asked, rule: `private: ${between}` }, work, bot);
  if (fuller.kind === 'stopped') return fuller;
  if (sameContent(shared.answer, fuller.answer)) return shared;
  const rule = ruleSentence(between, own, audience.rights);
  const mine = { answer: fuller.answer, rule };
  if (shared.answer.kind === 'answered') return { ...shared, note: WORDS.sharedPart(rule), private: mine };
  const answer: Answer = { kind: 'refused', reason: 'not-permitted', text: WORDS.notForAllHere };
  return { ...shared, answer, private: mine, confidence: fuller.confidence };
}

function sameContent(a: Answer, b: Answer): boolean {
  if (a.kind === 'answered' && b.kind === 'answered')
    return JSON.stringify([a.table, a.text]) === JSON.stringify([b.table, b.text]);
  return a.kind === b.kind && a.text === b.text;
}

function ruleSentence(rule: ReturnType<typeof ruleBetween>, own: Rights, audience: Rights): string {
  if (rule !== 'rows') return rule === 'too-many' ? RULES.tooMany : RULES[rule];
  const columns = Object.keys({ ...own.rowFilters, ...audience.rowFilters });
  return RULES.rows(columns.map((column) => column.replace(/_id$/, '').replaceAll('_', ' ')).join(', '));
}
