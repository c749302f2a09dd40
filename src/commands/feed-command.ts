import { existsSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { constants, gunzipSync } from 'node:zlib';
import { csvOfJsonLines } from '../../etl/feeds/json-sample.ts';
import { parseFeeds } from '../../etl/feeds/load-feeds.ts';
import { type Proposal, proposeFeed, type Wishes } from '../../etl/feeds/propose-feed.ts';
import { createTextReader } from '../../etl/stages/read-text.ts';
import { AppError } from '../domain/app-error.ts';
import { printJson, progress, say } from './output.ts';

export type FeedAddOptions = Omit<Wishes, 'fileName'> & { out?: string; force?: boolean; json?: boolean };

/** Of the sample; whole lines of it are looked at. */
const MOST_BYTES = 8_000_000;

/** Writes a declaration from a sample file by looking at it, says how sure it is, and asks on a terminal where unsure. */
export async function feedAddCommand(path: string, options: FeedAddOptions): Promise<void> {
  const text = await textOf(path);
  const fileName = basename(path);
  let wishes: Wishes = { ...options, fileName };
  let proposal = proposed(text, wishes);
  if (process.stdin.isTTY && process.stderr.isTTY && !options.json) {
    wishes = await askThem(proposal, wishes);
    proposal = proposed(text, wishes);
  }
  const set = parseFeeds(proposal.yaml, 'the proposal');
  const out = options.out ?? `${set.name}.yaml`;
  if (existsSync(out) && !options.force)
    throw new AppError('usage.wrong', {
      detail: `${out} is there already; --force replaces it, --out names another.`,
    });
  await writeFile(out, proposal.yaml);
  if (options.json) {
    printJson({
      file: out,
      target: proposal.target,
      sure: proposal.sure,
      columns: proposal.columns,
      questions: proposal.questions,
    });
    return;
  }
  say(`Wrote ${out}: rows go to ${proposal.target}; ${Math.round(100 * proposal.sure)} % sure.`);
  for (const { header, type, to, sure } of proposal.columns)
    say(
      `  ${header}: ${type}${to === null ? ', not taken' : `, ${to}`}${sure || to === null ? '' : ' (a guess)'}`,
    );
  for (const question of proposal.questions) say(`Unsure: ${question}`);
  say(`Try it: plumbline load ${path} --feeds ${out}`);
}

function proposed(text: string, wishes: Wishes): Proposal {
  const proposal = proposeFeed(text, wishes);
  if (!proposal)
    throw new AppError('feed.unknown', {
      detail: `${wishes.fileName} is not recognised as rows of ${wishes.target ?? 'any table'}: the columns that such rows need were not found by name. --target names another table; etl/feeds/README.md shows how to write a declaration.`,
    });
  return proposal;
}

async function askThem(proposal: Proposal, wishes: Wishes): Promise<Wishes> {
  const answers: Record<string, string> = {};
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (const question of proposal.questions) {
      const option = /--([a-z-]+)/.exec(question)?.[1];
      if (!option) {
        progress(question);
        continue;
      }
      const answer = (
        await lines.question(`${question.replace(/ ?(--[^.;]*|[^;.]* decides)\.?$/, '')} (empty: as taken) `)
      ).trim();
      if (answer !== '') answers[option] = answer;
    }
  } finally {
    lines.close();
  }
  return { ...wishes, ...wishesOf(answers) };
}

/** Options as they are given on the command line or answered. */
export function wishesOf(answers: Record<string, string | undefined>): Partial<Wishes> {
  const order = answers['date-order'];
  const decimal = answers['decimal'];
  if (order !== undefined && order !== 'dmy' && order !== 'mdy')
    throw new AppError('usage.wrong', { detail: '--date-order is dmy or mdy.' });
  if (decimal !== undefined && decimal !== 'comma' && decimal !== 'point')
    throw new AppError('usage.wrong', { detail: '--decimal is comma or point.' });
  return {
    ...(order ? { dateOrder: order } : {}),
    ...(decimal ? { decimal } : {}),
    ...(answers['target'] ? { target: answers['target'] } : {}),
    ...(answers['currency'] ? { currency: answers['currency'] } : {}),
    ...(answers['time-zone'] ? { timeZone: answers['time-zone'] } : {}),
  };
}

async function textOf(path: string): Promise<string> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError('usage.wrong', { detail: `There is no file ${path}.`, cause });
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    let bytes = buffer.subarray(0, bytesRead);
    if (/\.(xls[xmb]?|ods)$/i.test(path)) return await sheetOf(path);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      // A part of a larger file ends in the middle.
      bytes = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, MOST_BYTES);
    const reader = createTextReader('auto');
    const text = Buffer.concat([reader.push(bytes), reader.end()]).toString('utf8');
    const whole = bytes.length >= MOST_BYTES ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
    return csvOfJsonLines(whole) ?? whole;
  } finally {
    await file.close();
  }
}

/** The first sheet of a workbook that people see. */
async function sheetOf(path: string): Promise<string> {
  const { workbookReader } = await import('../adapters/spreadsheet-workbooks.ts');
  const { sheets } = await workbookReader().sheets({ name: basename(path), bytes: await readFile(path) });
  const shown = sheets.filter(({ hidden }) => !hidden);
  const [first] = shown;
  if (!first) throw new AppError('file.empty', { detail: `${basename(path)} has nothing in it.` });
  if (shown.length > 1)
    progress(
      `${basename(path)} has ${shown.length} sheets; '${first.name}' was looked at. Say 'sheets' in the format for the others.`,
    );
  return Buffer.from(first.csv).toString('utf8');
}
