import { homeOf, withoutAbroad } from '../vocabulary/abroad.ts';
import { accountWording, couponWording } from '../vocabulary/account-wording.ts';
import { ledgerWording } from '../vocabulary/ledger-wording.ts';
import { withNamedGoods } from '../vocabulary/named-goods.ts';
import { withOrderCodes } from '../vocabulary/order-codes.ts';
import { plain, withoutCodes, withoutSellers } from '../vocabulary/plain-question.ts';
import { sellersToBuyers } from '../vocabulary/sellers-to-buyers.ts';
import { withTownsfolk } from '../vocabulary/townsfolk.ts';
import { usualWording } from '../vocabulary/usual-wording.ts';
import { withoutOwnCurrency } from './plan-currency.ts';
import type { PlannerScope } from './planner-scope.ts';
import { withDefinedTimes } from './with-defined-times.ts';

/** A question in the words that the planner reads: what depends on the names in the data is settled here too. */
export function saidUsually(question: string, scope: PlannerScope): string {
  const isOf = (text: string, dimension: string): boolean =>
    scope.values.named(text).some((hit) => hit.dimension === dimension);
  const isValue = (text: string): boolean => scope.values.named(text).length > 0;
  const valuesOf = (dimension: string): readonly string[] => scope.values.valuesOf(dimension);
  const timed = withDefinedTimes(plain(question), scope.time);
  const usual = withTownsfolk(usualWording(withoutOwnCurrency(timed, scope.currencies)), (text) =>
    isOf(text, 'city'),
  );
  const bare = withOrderCodes(withoutCodes(usual, isValue), isValue);
  const accounts = valuesOf('account');
  const ledger = accountWording(ledgerWording(bare, accounts), accounts);
  const named = withoutAbroad(couponWording(ledger, valuesOf('coupon')), homeOf(valuesOf, scope.currencies));
  const sold = withoutSellers(named, valuesOf('seller').length > 0);
  return sellersToBuyers(
    withNamedGoods(sold, (text) => isOf(text, 'product')),
    isOf,
  );
}
