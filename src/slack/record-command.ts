import type { LedgerPeriod } from '../domain/ledger-period.ts';
import { findRecords, maySeeRecords, waitingRecords } from '../ledger/find-records.ts';
import type { MoneyRecord } from '../ledger/money-record.ts';
import { has, type LedgerNeeds } from '../ledger/needs.ts';
import { closePeriod, listPeriods, type PeriodOutcome, reopenPeriod } from '../ledger/periods.ts';
import { putRecord } from '../ledger/settle-record.ts';
import { ACTIONS } from './action-ids.ts';
import { actions, type Block, button, context, section } from './block.ts';
import type { Bot } from './bot.ts';
import { sentence } from './click.ts';
import type { Command, Tell } from './commands.ts';
import { escapeMrkdwn } from './escape.ts';
import { openRecordForm, sendExport } from './record-actions.ts';
import { recordItem, waitingItem } from './record-blocks.ts';
import { actorOf, viewFor } from './record-notices.ts';
import { RECORD_WORDS as W } from './record-words.ts';

const SHOWN = 15;

/** /record: the form; list, find TEXT, waiting, export, close and reopen a month, months. */
export async function onRecord(command: Command, tell: Tell, bot: Bot): Promise<void> {
  const { ledger } = bot.needs;
  if (!ledger) return tell(sentence(W.off));
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(command.text.trim()) ?? [];
  switch (word.toLowerCase()) {
    case '': {
      const refusal = await openRecordForm({ user: command.user, trigger: command.id }, bot);
      return refusal ? tell(sentence(refusal)) : undefined;
    }
    case 'list':
      return tellRecords('', command, tell, bot, ledger);
    case 'find':
      return tellRecords(rest, command, tell, bot, ledger);
    case 'waiting':
      return tellWaiting(command, tell, bot, ledger);
    case 'export':
      return tell(sentence(escapeMrkdwn(await sendExport(command.user, rest.trim(), bot))));
    case 'close':
    case 'reopen':
      return tell(sentence(await changeMonth(word.toLowerCase(), rest.trim(), command.user, bot, ledger)));
    case 'months':
      return tell(sentence(escapeMrkdwn(await monthsText(command.user, bot, ledger))));
    default:
      return tell(helpMessage());
  }
}

async function tellRecords(
  text: string,
  command: Command,
  tell: Tell,
  bot: Bot,
  ledger: LedgerNeeds,
): Promise<void> {
  const actor = await actorOf(command.user, bot);
  if (!maySeeRecords(actor, ledger)) return tell(sentence(W.notForYou));
  const records = await findRecords({ actor, text, limit: SHOWN + 1 }, ledger);
  if (records.length === 0) return tell(sentence(text ? escapeMrkdwn(W.noneFound(text)) : W.none));
  const view = await viewFor(command.user, bot);
  const title = text ? W.foundTitle(text) : W.listTitle;
  await tell({
    text: escapeMrkdwn(title),
    blocks: [
      section('title', title),
      ...records.slice(0, SHOWN).flatMap((record, index) => recordItem(record, view, `record-${index}`)),
      ...(records.length > SHOWN ? context('more', [W.more(SHOWN)]) : []),
      ...actions('list-tools', [
        ...(has(actor, ledger.settings.mayRecord)
          ? [button(ACTIONS.newRecord, W.buttons.record, 'list')]
          : []),
        button(ACTIONS.exportRecords, W.buttons.export, 'all'),
      ]),
    ],
  });
}

async function tellWaiting(command: Command, tell: Tell, bot: Bot, ledger: LedgerNeeds): Promise<void> {
  const actor = await actorOf(command.user, bot);
  if (!maySeeRecords(actor, ledger)) return tell(sentence(W.notForYou));
  const [mine, all] = await Promise.all([
    waitingRecords({ actor, mine: true }, ledger),
    waitingRecords({ actor, mine: false }, ledger),
  ]);
  if (all.length === 0) return tell(sentence(W.nothingWaits));
  const view = await viewFor(command.user, bot);
  const canDecide = (record: MoneyRecord) => mine.some(({ id }) => id === record.id);
  await tell({
    text: W.waitingTitle,
    blocks: [
      section('title', `${W.waitingTitle}: ${all.length}`),
      ...all
        .slice(0, SHOWN)
        .flatMap((record, index) =>
          (canDecide(record) ? waitingItem : recordItem)(record, view, `waiting-${index}`),
        ),
      ...(all.length > SHOWN ? context('more', [W.more(SHOWN)]) : []),
    ],
  });
}

async function changeMonth(
  word: string,
  rest: string,
  user: string,
  bot: Bot,
  ledger: LedgerNeeds,
): Promise<string> {
  const [month = '', ...reason] = rest.split(/\s+/);
  const actor = await actorOf(user, bot);
  if (word === 'reopen' && reason.length === 0 && /^\d{4}-\d{2}$/.test(month)) return W.reopenWhy;
  const outcome: PeriodOutcome =
    word === 'close'
      ? await closePeriod(month, actor, { ...ledger, settle: (id) => putRecord(id, ledger) })
      : await reopenPeriod(month, reason.join(' '), actor, ledger);
  if (outcome.outcome !== 'done') return escapeMrkdwn(outcome.reason);
  return word === 'close' ? W.closed(month) : W.reopened(month);
}

async function monthsText(user: string, bot: Bot, ledger: LedgerNeeds): Promise<string> {
  if (!maySeeRecords(await actorOf(user, bot), ledger)) return W.notForYou;
  const view = await viewFor(user, bot);
  const periods = await listPeriods(ledger);
  const said = ({ history }: LedgerPeriod) =>
    history
      .slice(-3)
      .map(
        ({ what, byName, at, reason }) =>
          `${W.periodHistory[what]} ${byName}, ${view.at(at)}${reason ? ` (${reason})` : ''}`,
      )
      .join('; ');
  return (
    periods.map((period) => W.periodLine(period.month, period.state, said(period))).join('\n') || W.noPeriods
  );
}

function helpMessage(): { text: string; blocks: Block[] } {
  return { text: W.help[0], blocks: W.help.map((line, index) => section(`line-${index}`, line)) };
}
