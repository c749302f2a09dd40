import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendMessageEvents } from '../../infra/local/slack-server/events.ts';
import { BOT } from '../../infra/local/slack-server/workspace-data.ts';
import type { Message } from '../../infra/local/slack-server/workspace-types.ts';
import { ACTIONS } from '../../src/slack/action-ids.ts';
import { isFinished } from '../support/a-slack-app.ts';
import { aRunningPlumbline, personId, type RunningApp } from './a-running-plumbline.ts';
import { BENCH_QUESTIONS } from './bench-questions.ts';
import { type Measure, single } from './measure.ts';
import { burst } from './serving-acks.ts';
import { DAY, prepareHome, putFiles, type ServingHome } from './serving-home.ts';

export type SoakOptions = {
  scale: number;
  people: number;
  /** How many minutes' work is done: a person asks once a minute, and files come every ten. */
  minutes: number;
};

const QUESTIONS = [
  ...BENCH_QUESTIONS,
  'why did revenue fall last month?',
  'average order value by day in the last 30 days',
  'what does return rate mean?',
  'what can I ask?',
  'revenue of shoos last month',
  'number of flamingoes per lighthouse',
  'refunds by branch since May',
  'units sold per brand in October excluding returns',
  'who won the match yesterday?',
];
const FOLLOW_UPS = ['and by branch?', 'and last month?', 'per week', 'as a chart'];
const MINUTES_A_PART = 10;
const BURST = 50;

/**
 * An hour's work of an office, done as fast as it goes: questions in direct messages and channels, follow-ups, clicks, Home tabs,
 * events that come three times, bursts, and loads. What the program holds on to, and its open files, must stay as they were after
 * the first ten minutes; each question must have one answer.
 */
export async function soakBench(options: SoakOptions): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-soak-'));
  const home: ServingHome = { folder, home: join(folder, 'home'), scale: options.scale };
  try {
    await prepareHome(home);
    const app = await aRunningPlumbline({
      home: home.home,
      today: DAY,
      people: options.people,
      inspected: true,
    });
    try {
      return await soak(app, home, options);
    } finally {
      await app.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Mark = { heldMb: number; memoryMb: number; files: number };

async function soak(
  app: RunningApp,
  home: ServingHome,
  { people, minutes }: SoakOptions,
): Promise<Measure[]> {
  const parts = Math.max(2, Math.round(minutes / MINUTES_A_PART));
  const marks: Mark[] = [];
  const asked: Message[] = [];
  for (let part = 0; part < parts; part += 1) {
    await putFiles(part, home);
    await Promise.all([
      burst(app, BURST),
      ...Array.from({ length: people }, (_, person) => aPerson(app, person, part, asked)),
    ]);
    marks.push(await markOf(app));
    const { heldMb, memoryMb, files } = marks.at(-1) as Mark;
    process.stderr.write(
      `soak, part ${part + 1} of ${parts}: ${asked.length} questions, ${heldMb.toFixed(1)} MB held, ${memoryMb.toFixed(0)} MB resident, ${files} files open\n`,
    );
  }
  const [first, last] = [marks[0], marks.at(-1)] as [Mark, Mark];
  const wrong = asked.filter((question) => answersTo(app, question).length !== 1);
  for (const question of wrong)
    process.stderr.write(
      `'${question.text}' got: ${answersTo(app, question)
        .map(({ text }) => `'${text}'`)
        .join(', ')}\n`,
    );
  return [
    single(
      'soak: memory held at the end (against after the first part)',
      'MB',
      last.heldMb,
      first.heldMb,
      parts,
    ),
    single(
      'soak: resident memory at the end (against after the first part)',
      'MB',
      last.memoryMb,
      first.memoryMb,
      parts,
    ),
    single(
      'soak: open files at the end (against after the first part)',
      'files',
      last.files,
      first.files,
      parts,
    ),
    single(
      'soak: questions without exactly one answer (of all as baseline)',
      'questions',
      wrong.length,
      asked.length,
      parts,
    ),
  ];
}

/** Ten minutes of one person: a question a minute, each way that there is. */
async function aPerson(app: RunningApp, person: number, part: number, asked: Message[]): Promise<void> {
  const { workspace } = app;
  const id = personId(person);
  for (let minute = 0; minute < MINUTES_A_PART; minute += 1) {
    const turn = person + minute + part * MINUTES_A_PART;
    const text = QUESTIONS[turn % QUESTIONS.length] as string;
    const inChannel = turn % 5 === 4;
    const question = workspace.says(
      id,
      inChannel ? '#general' : `@${id}`,
      inChannel ? `@plumbline ${text}` : text,
    );
    asked.push(question);
    if (turn % 4 === 1)
      for (let again = 0; again < 2; again += 1) void sendMessageEvents(workspace.parts, question);
    const answer = await answerTo(app, question);
    if (turn % 3 === 2) {
      const next = workspace.says(
        id,
        question.channel,
        FOLLOW_UPS[turn % FOLLOW_UPS.length] as string,
        question.ts,
      );
      // Words of a thread in a channel may not be for us.
      if (!inChannel) {
        asked.push(next);
        await answerTo(app, next);
      }
    }
    if (turn % 6 === 3) await lookAtSql(app, id, answer);
    if (turn % 10 === 7) workspace.opensHome(id);
  }
}

async function lookAtSql({ workspace }: RunningApp, person: string, answer: Message): Promise<void> {
  const offered = JSON.stringify(answer.blocks ?? []).includes(ACTIONS.showSql);
  if (!offered) return;
  await workspace.clicks(person, answer, ACTIONS.showSql);
  await workspace
    .waitFor('a form', () => workspace.form(person) !== undefined, WAIT_MS)
    .catch(() => undefined);
  if (workspace.form(person)) await workspace.closesForm(person);
}

const WAIT_MS = 120_000;

async function answerTo(app: RunningApp, question: Message): Promise<Message> {
  return app.workspace.waitFor(
    `an answer to '${question.text}'`,
    () => answersTo(app, question).find((each) => isFinished(each) && !each.stream?.open),
    WAIT_MS,
  );
}

/**
 * What the bot said in the question's thread after it, and before the next words of a person there; without the files that may
 * stand beside an answer, and without what tells later that its figures have changed.
 */
function answersTo({ workspace }: RunningApp, question: Message): Message[] {
  const thread = question.threadTs ?? question.ts;
  const later = workspace
    .messages(question.channel)
    .filter((each) => each.threadTs === thread && each.ts > question.ts && !each.ephemeralFor);
  const next = later.find((each) => each.user !== BOT.userId)?.ts ?? '~';
  return later.filter((each) => each.user === BOT.userId && each.ts < next && !isBeside(each));
}

function isBeside({ files, text }: Message): boolean {
  return Boolean(files?.length) || text.startsWith('🔁');
}

const SETTLED_MS = 20_000;

/** When nothing has been going on for a while: what is kept for seconds is gone then. */
async function markOf(app: RunningApp): Promise<Mark> {
  await sleep(SETTLED_MS);
  return { heldMb: await app.heldMb(), memoryMb: app.memoryMb(), files: app.openFiles() };
}
