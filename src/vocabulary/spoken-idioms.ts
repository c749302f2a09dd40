import { askersWork } from './askers-work.ts';
import { averageTimes } from './average-times.ts';
import { branchTargets } from './branch-targets.ts';
import { countsOnly } from './counts-only.ts';
import { datesAsDays } from './dates-as-days.ts';
import { differenceWording } from './difference-wording.ts';
import { figuresInWords } from './figures-in-words.ts';
import { floorFrames } from './floor-frames.ts';
import { lastSold } from './last-sold.ts';
import { moneyWording } from './money-wording.ts';
import { spokenCustomers } from './spoken-customers.ts';
import { spokenDeliveries } from './spoken-deliveries.ts';
import { spokenFrames } from './spoken-frames.ts';
import { spokenGoods } from './spoken-goods.ts';
import { spokenMoney } from './spoken-money.ts';
import { spokenRates } from './spoken-rates.ts';
import { spokenReturns } from './spoken-returns.ts';
import { spokenShops } from './spoken-shops.ts';
import { spokenSums } from './spoken-sums.ts';
import { spokenTills } from './spoken-tills.ts';
import { spokenWeekdays } from './spoken-weekdays.ts';
import { whyWording } from './why-wording.ts';

/** What people say with verbs and idioms where the model has a noun: said with that noun. */
export function spokenIdioms(question: string): string {
  const framed = ofTheFloor(figuresInWords(spokenFrames(spokenSums(timesSaid(question)))));
  return spokenGoods(spokenRates(spokenCustomers(spokenMoney(moneyWording(framed)))));
}

/** Days on average, days called dates, and times that are held against each other. */
function timesSaid(question: string): string {
  return differenceWording(
    datesAsDays(
      averageTimes(
        branchTargets(floorFrames(spokenTills(lastSold(whyWording(countsOnly(askersWork(question))))))),
      ),
    ),
  );
}

/** What branches, operations and customer service say. */
function ofTheFloor(question: string): string {
  return spokenDeliveries(spokenReturns(spokenShops(spokenWeekdays(question))));
}
