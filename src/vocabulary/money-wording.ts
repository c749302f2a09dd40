import { bookWording } from './book-wording.ts';
import { budgetWording } from './budget-wording.ts';
import { buyerWording } from './buyer-wording.ts';
import { changeWording } from './change-wording.ts';
import { couponsUsed } from './coupon-wording.ts';
import { financeWording } from './finance-wording.ts';
import { netWording } from './net-wording.ts';
import { shopperWording } from './shopper-wording.ts';

/** What finance, the owner and marketing say of money, budgets, changes and customers, in the words of the model. */
export function moneyWording(question: string): string {
  const inFull = withoutShortForms(question);
  const ofMoney = financeWording(changeWording(bookWording(budgetWording(netWording(inFull)))));
  return buyerWording(couponsUsed(shopperWording(ofMoney)));
}

/** 'we've', 'we'd', 'i.e.', 'b4'. */
function withoutShortForms(question: string): string {
  return question
    .replace(/\b(we|they|you|who|i)['’]ve\b/gi, '$1 have')
    .replace(/\b(we|they)['’]d\b(?! (?:like|love|rather|want|prefer|better))/gi, '$1 had')
    .replace(/,? ?\bi\.e\.?(?=[\s,])|(?<=[,(-] ?)\bie\b\.?(?=[\s,])/g, ',')
    .replace(/\bb4\b/gi, 'before')
    .replace(
      /\b(january|february|march|april|june|july|august|september|october|november|december)s (?=\p{L})/giu,
      "$1's ",
    );
}
