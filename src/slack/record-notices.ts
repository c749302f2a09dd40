import type { MoneyRecord } from '../ledger/money-record.ts';
import { type Actor, has, type LedgerNeeds, sees } from '../ledger/needs.ts';
import { changeRecord } from '../ledger/record-store.ts';
import { finishRecord, putRecord } from '../ledger/settle-record.ts';
import { sweepRecords } from '../ledger/sweep-records.ts';
import type { Bot } from './bot.ts';
import { sentence } from './click.ts';
import { escapeMrkdwn } from './escape.ts';
import { postedUnder, postOnce } from './post-once.ts';
import { approverMessage, type RecordView, recorderMessage } from './record-blocks.ts';
import { RECORD_WORDS } from './record-words.ts';
import { saidIn } from './said-in.ts';

const MOST_APPROVERS = 20;

/** A person as the ledger knows them. A row filter on anything but branches hides all records. */
export async function actorOf(user: string, bot: Bot): Promise<Actor> {
  const [rights, person] = await Promise.all([bot.who.rightsOf(user), bot.who.person(user)]);
  const filters = Object.keys(rights.rowFilters);
  const branches = filters.some((column) => column !== 'branch_id') ? [] : rights.rowFilters['branch_id'];
  return { user, name: person.name, roles: rights.roles, branches };
}

/**
 * Tells who is concerned of what became of a record, then puts its files: in this order, so that the receipt of the
 * load finds the thread. Each step may be done again; the sweeper does those that a death left out.
 */
export async function carryOnRecord(record: MoneyRecord, bot: Bot, ledger: LedgerNeeds): Promise<void> {
  const told = await tellRecord(record, bot, ledger);
  await finishRecord({ ...(await putRecord(told.id, ledger)), told: told.told }, ledger);
}

/** Regularly: records that something is still to be done for. */
export async function carryOnAllRecords(bot: Bot): Promise<void> {
  const { ledger, log } = bot.needs;
  if (!ledger) return;
  for (const record of await sweepRecords(ledger)) {
    if (record.told.includes(record.state)) continue;
    await carryOnRecord(record, bot, ledger).catch((error: unknown) =>
      log.error({ err: error, record: record.id }, 'a money record could not be told'),
    );
  }
}

async function tellRecord(record: MoneyRecord, bot: Bot, ledger: LedgerNeeds): Promise<MoneyRecord> {
  if (record.state === 'draft' || record.told.includes(record.state)) return record;
  const approvers =
    record.needsApproval && record.state !== 'refused' ? await approversOf(record, bot, ledger) : [];
  const notes = record.state === 'waiting' ? [whoIsAsked(approvers)] : [];
  const channel = await bot.slack.directMessage(record.recordedBy);
  const message = recorderMessage(record, await viewFor(record.recordedBy, bot), notes);
  const ts = await postOnce(`record/${record.id}`, { channel }, message, bot);
  if (record.decision) {
    const said = record.decision.approved
      ? RECORD_WORDS.approvedBy(record.decision.byName)
      : RECORD_WORDS.declinedBy(record.decision.byName, record.decision.reason);
    await postOnce(`record-decided/${record.id}`, { channel, thread: ts }, sentence(escapeMrkdwn(said)), bot);
  }
  for (const approver of approvers) await tellApprover(record, approver, bot);
  return changeRecord(
    record.id,
    (now) =>
      now.told.includes(record.state)
        ? null
        : { ...now, told: [...now.told, record.state], replyTo: { channel, thread: ts } },
    ledger,
  );
}

/** Asked once; when somebody has decided, the same message says so and has no buttons any more. */
async function tellApprover(record: MoneyRecord, approver: Actor, bot: Bot): Promise<void> {
  const key = `record/${record.id}/${approver.user}`;
  if (record.state !== 'waiting' && (await postedUnder(key, bot)) === null) return;
  const channel = await bot.slack.directMessage(approver.user);
  await postOnce(key, { channel }, approverMessage(record, await viewFor(approver.user, bot)), bot);
}

/** Everyone whom the policy names with a role that may approve, but the recorder. */
async function approversOf(record: MoneyRecord, bot: Bot, ledger: LedgerNeeds): Promise<Actor[]> {
  const { people, groups } = bot.needs.policy;
  const ofRole = (roles: readonly string[]) =>
    roles.some((role) => ledger.settings.mayApprove.some((each) => each === role));
  const named = Object.entries(people).flatMap(([user, grant]) => (ofRole(grant.roles) ? [user] : []));
  const inGroups = await Promise.all(
    Object.entries(groups).flatMap(([group, grant]) =>
      ofRole(grant.roles) ? [bot.slack.groupMembers(group).catch(() => [])] : [],
    ),
  );
  const users = [...new Set([...named, ...inGroups.flat()])].filter((user) => user !== record.recordedBy);
  const actors = await Promise.all(users.slice(0, 3 * MOST_APPROVERS).map((user) => actorIfThere(user, bot)));
  return actors
    .filter((actor) => actor !== null)
    .filter((actor) => has(actor, ledger.settings.mayApprove) && sees(actor, record))
    .slice(0, MOST_APPROVERS);
}

/** A policy may name people who have left. */
async function actorIfThere(user: string, bot: Bot): Promise<Actor | null> {
  try {
    return await actorOf(user, bot);
  } catch (error) {
    bot.needs.log.warn({ err: error, user }, 'an approver is not known to Slack');
    return null;
  }
}

function whoIsAsked(approvers: readonly Actor[]): string {
  return approvers.length > 0
    ? RECORD_WORDS.askedToApprove(approvers.map(({ name }) => name))
    : RECORD_WORDS.nobodyApproves;
}

export async function viewFor(user: string, bot: Bot): Promise<RecordView> {
  const [{ timeZone }, locale] = await Promise.all([bot.who.person(user), bot.needs.locale()]);
  return { locale, at: saidIn(timeZone ?? bot.needs.clock.timeZone, locale).at };
}
