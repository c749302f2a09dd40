import { spokenCustomers } from './spoken-customers.ts';
import { spokenFrames } from './spoken-frames.ts';
import { spokenGoods } from './spoken-goods.ts';
import { spokenMoney } from './spoken-money.ts';
import { spokenRates } from './spoken-rates.ts';

/** What people say with verbs and idioms where the model has a noun: said with that noun. */
export function spokenIdioms(question: string): string {
  return spokenGoods(spokenRates(spokenCustomers(spokenMoney(spokenFrames(question)))));
}
