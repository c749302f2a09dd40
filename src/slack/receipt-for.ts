import { AppError } from '../domain/app-error.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Bot } from './bot.ts';
import type { Click } from './click.ts';
import { WORDS } from './words.ts';

/** The receipt, when this person may look at it: their own, or shown in this channel, or as a data owner. */
export async function receiptFor(
  click: Pick<Click, 'user' | 'channel'>,
  id: string,
  bot: Bot,
): Promise<Receipt> {
  const receipt = await bot.needs.receipts.find(id);
  if (!receipt) throw new AppError('receipt.not-found', { detail: 'It may no longer be kept.' });
  if (receipt.asker === click.user || (receipt.channel !== null && receipt.channel === click.channel))
    return receipt;
  const rights = await bot.who.rightsOf(click.user);
  if (rights.roles.includes('data-owner')) return receipt;
  throw new AppError('receipt.not-found', { detail: WORDS.receiptNotYours });
}
