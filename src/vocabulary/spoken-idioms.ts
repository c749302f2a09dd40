import { buyerWording } from './buyer-wording.ts';
import { financeWording } from './finance-wording.ts';
import { spokenCustomers } from './spoken-customers.ts';
import { spokenFrames } from './spoken-frames.ts';
import { spokenGoods } from './spoken-goods.ts';
import { spokenMoney } from './spoken-money.ts';
import { spokenRates } from './spoken-rates.ts';
import { spokenSums } from './spoken-sums.ts';

/** What people say with verbs and idioms where the model has a noun: said with that noun. */
export function spokenIdioms(question: string): string {
  return spokenGoods(
    spokenRates(
      spokenCustomers(spokenMoney(buyerWording(financeWording(spokenFrames(spokenSums(question)))))),
    ),
  );
}
