import { findRecords, maySeeRecords, waitingRecords } from '../ledger/find-records.ts';
import { has } from '../ledger/needs.ts';
import { ACTIONS } from './action-ids.ts';
import { actions, type Block, button, plain, section } from './block.ts';
import type { Bot } from './bot.ts';
import { recordItem, waitingItem } from './record-blocks.ts';
import { actorOf, viewFor } from './record-notices.ts';
import { RECORD_WORDS as W } from './record-words.ts';

/** On Home, for those who keep the books or approve: what waits for them, and what was recorded last. */
export async function recordHome(user: string, bot: Bot): Promise<Block[]> {
  const { ledger } = bot.needs;
  if (!ledger) return [];
  const actor = await actorOf(user, bot);
  if (!maySeeRecords(actor, ledger)) return [];
  const [waiting, latest, view] = await Promise.all([
    waitingRecords({ actor, mine: true }, ledger),
    findRecords({ actor, limit: 4 }, ledger),
    viewFor(user, bot),
  ]);
  const shown = latest.filter((record) => !waiting.some(({ id }) => id === record.id)).slice(0, 3);
  return [
    { type: 'divider' },
    { type: 'header', block_id: 'record-title', text: plain(W.homeTitle, 150) },
    ...(waiting.length > 0 ? [section('waiting-title', `${W.waitingTitle}: ${waiting.length}`)] : []),
    ...waiting.slice(0, 5).flatMap((record, index) => waitingItem(record, view, `waiting-${index}`)),
    ...(shown.length > 0
      ? shown.flatMap((record, index) => recordItem(record, view, `record-${index}`))
      : waiting.length === 0
        ? [section('no-records', W.none)]
        : []),
    ...actions('record-tools', [
      ...(has(actor, ledger.settings.mayRecord) ? [button(ACTIONS.newRecord, W.buttons.record, 'home')] : []),
      ...(latest.length > 0 ? [button(ACTIONS.exportRecords, W.buttons.export, 'all')] : []),
    ]),
  ];
}
