import { ALL_RIGHTS, sharedRights } from '../access/rights-for.ts';
import type { DigestScope } from '../digests/digest.ts';
import { makeDigest } from '../digests/make-digest.ts';
import { AppError } from '../domain/app-error.ts';
import { isDay } from '../domain/day.ts';
import { localeOf } from '../questions/answer-words.ts';
import { digestMessage } from '../slack/digest-blocks.ts';
import type { Plumbline } from '../wiring.ts';
import { printJson, say } from './output.ts';

export type DigestOptions = {
  date?: string;
  channel?: string;
  branch?: string;
  category?: string;
  dryRun?: boolean;
  json?: boolean;
};

/**
 * Makes a digest and prints it. It is sent by the program that is connected to Slack (`start`), at the hours of its
 * subscriptions or with 'send now'; from a terminal there is nobody to send it to, so this is a dry run in any case.
 */
export async function digestCommand(options: DigestOptions, plumbline: Plumbline): Promise<void> {
  if (options.date !== undefined && !isDay(options.date))
    throw new AppError('usage.wrong', {
      detail: `--date wants a day as YYYY-MM-DD; it is '${options.date}'.`,
    });
  const { questions } = plumbline;
  const scope = await scopeOf(options, plumbline);
  const digest = await makeDigest(
    {
      ...(options.date ? { day: options.date } : {}),
      scope,
      rights: options.channel ? channelRights(plumbline) : ALL_RIGHTS,
    },
    questions,
  );
  const message = digestMessage(digest, localeOf(await questions.facts(), questions));
  if (options.json)
    printJson({
      ...message,
      date: digest.day,
      complete: digest.complete,
      warnings: digest.warnings,
      standsOut: digest.standsOut,
      sent: false,
    });
  else say(digest.text);
}

/** Who is in a channel is known to Slack alone; here it is what everyone may see by the policy. */
function channelRights(plumbline: Plumbline) {
  return sharedRights([ALL_RIGHTS, plumbline.rightsFor({ user: '', groups: [], outsider: false })]);
}

async function scopeOf(options: DigestOptions, plumbline: Plumbline): Promise<DigestScope> {
  if (options.category) return { kind: 'category', category: options.category };
  if (!options.branch) return { kind: 'company' };
  const found = await plumbline.warehouse.read({
    sql: 'select branch_id, name from branches where branch_id = :branch or lower(name) = lower(:branch)',
    params: { branch: options.branch },
    schema: 'retail',
    maxRows: 1,
    timeoutMs: 10_000,
  });
  const [row] = found.rows;
  if (!row) throw new AppError('usage.wrong', { detail: `There is no branch '${options.branch}'.` });
  return { kind: 'branch', branch: String(row[0]), name: String(row[1]) };
}
