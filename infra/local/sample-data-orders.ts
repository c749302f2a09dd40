import { addDays, type Day, daysBetween, parts } from '../../src/domain/day.ts';
import { pounds } from './sample-data-files.ts';
import { openOrderFiles } from './sample-data-order-files.ts';
import { createRandom, type Random } from './sample-data-random.ts';
import { daySeason, discountOf, monthlyChoosers, weekdayFactor } from './sample-data-season.ts';
import {
  BRANCHES,
  type Branch,
  createRange,
  FAILING_BRANCH,
  FAULTY_MODEL,
  FIRST_NAMES,
  LAST_NAMES,
  type Product,
  TOWNS,
  WEB_BRANCH,
} from './sample-data-shop.ts';

export type SampleSpan = { from: Day; until: Day };

/** Sales of one branch in one month, in pence, for the ledger and the budgets. */
export type MonthOfSales = {
  branch: string;
  month: string;
  net: number;
  tax: number;
  shipping: number;
  cost: number;
};

const RETURN_REASONS = [
  'too small',
  'too large',
  'did not like it',
  'arrived late',
  'wrong colour',
  'damaged',
];
/** Orders whose stated total is off by these pence: what a check is there to find. */
const WRONG_TOTALS = [1, -1, 250, -499, 1000, 37, -120, 5, 1999];
const TAX_PER_CENT = 20;
const FREE_SHIPPING_FROM = 5_000;
const SHIPPING_PENCE = 413;
const DAYS_FAILING = 60;
const DAYS_FAULTY = 42;
/** The bad week begins this many days before the end: the web shop's checkout was broken. */
const BAD_WEEK_BEGAN = 150;

type Customer = { id: string; since: Day };
/** `d` days from the first one, `left` days from the last one; `sale`: the share taken off marked lines. */
type Today = { d: number; day: Day; left: number; year: number; month: number; sale: number };
type OrderLine = { orderId: string; line: number; product: Product; isWeb: boolean; couponRate: number };

/** Writes customers, orders, order_items, payments and refunds. */
export function writeOrders(options: { folder: string; seed: number; span: SampleSpan; scale: number }): {
  sales: MonthOfSales[];
  orders: number;
  items: number;
} {
  const { folder, span, scale } = options;
  const random = createRandom(options.seed);
  const products = createRange(options.seed);
  const chooseIn = monthlyChoosers(products);
  const sales = new Map<string, MonthOfSales>();
  const customers: Customer[] = [];
  const days = daysBetween(span.from, span.until);
  const files = openOrderFiles(folder);
  let number = 0;
  let refunds = 0;
  let wrongLeft = 0;
  const ahead: Day[] = [];
  for (let i = 0; i <= days + 40; i += 1) ahead.push(addDays(span.from, i));

  for (let d = 0; d < days; d += 1) {
    const day = ahead[d] as Day;
    const left = days - d;
    const [year, month] = parts(day);
    const season = daySeason(day);
    const sale = discountOf(day);
    for (const branch of BRANCHES) {
      const growth = branch.kind === 'web' ? 0.78 + (0.26 * d) / days : 0.92 + (0.1 * d) / days;
      let mean = 0.91 * branch.daily * growth * weekdayFactor(branch, day) * season * scale;
      if (branch.id === FAILING_BRANCH && left <= DAYS_FAILING)
        mean *= left > DAYS_FAILING - 14 ? 0.45 : 0.12;
      if (branch.id === WEB_BRANCH && left <= BAD_WEEK_BEGAN && left > BAD_WEEK_BEGAN - 7) mean *= 0.2;
      if (month === 12 && day.endsWith('-25') && branch.kind === 'store') mean = 0;
      const orders = random.poisson(mean);
      for (let n = 0; n < orders; n += 1) writeOrder(branch, { d, day, left, year, month, sale });
    }
  }
  for (const file of Object.values(files)) file.close();
  return { sales: [...sales.values()], orders: files.orders.rows(), items: files.items.rows() };

  function writeOrder(branch: Branch, today: Today): void {
    const { d, day, left, year, month } = today;
    number += 1;
    const orderId = `PS${String(year).slice(2)}-${String(number).padStart(6, '0')}`;
    const isWeb = branch.kind === 'web';
    const customer = isWeb || random.chance(0.55) ? chooseCustomer(day) : undefined;
    const town = customer ? townOf(customer) : undefined;
    const orderedAt = `${day} ${timeOfDay(random, isWeb)}`;
    const coupon = isWeb && random.chance(0.08) ? (random.chance(0.6) ? 'WELCOME10' : 'WALK15') : '';
    const couponRate = coupon === 'WELCOME10' ? 0.1 : coupon === 'WALK15' ? 0.15 : 0;
    const lines =
      1 + (random.chance(0.48) ? 1 : 0) + (random.chance(0.22) ? 1 : 0) + (random.chance(0.1) ? 1 : 0);
    const sum = { gross: 0, discount: 0, tax: 0, cost: 0, pieces: 0, returnedLines: 0 };
    const choose = chooseIn[month - 1] as (random: Random) => Product;
    for (let line = 1; line <= lines; line += 1) {
      const written = writeLine({ orderId, line, product: choose(random), isWeb, couponRate }, today);
      sum.gross += written.gross;
      sum.discount += written.discount;
      sum.tax += written.tax;
      sum.cost += written.cost;
      sum.pieces += written.pieces;
      if (written.isReturned) sum.returnedLines += 1;
    }
    const { gross, discount, tax, pieces, returnedLines } = sum;
    const shipping = isWeb && gross - discount < FREE_SHIPPING_FROM ? SHIPPING_PENCE : 0;
    if (number % 6500 === 1500) wrongLeft += 1;
    let total = gross + tax + shipping - discount;
    if (wrongLeft > 0) {
      total += WRONG_TOTALS[Math.floor(number / 6500) % WRONG_TOTALS.length] as number;
      wrongLeft -= 1;
    }
    const delivery = isWeb ? deliver(d, left, month) : undefined;
    const status = !isWeb
      ? 'completed'
      : returnedLines === lines
        ? 'returned'
        : delivery?.deliveredAt
          ? 'delivered'
          : delivery?.shippedAt
            ? 'shipped'
            : 'processing';
    files.orders.row([
      orderId,
      customer?.id ?? '',
      branch.id,
      branch.kind,
      status,
      town?.[1] ?? 'GB',
      orderedAt,
      delivery?.shippedAt ?? '',
      delivery?.deliveredAt ?? '',
      delivery?.promisedAt ?? '',
      pounds(gross),
      pounds(discount),
      pounds(shipping),
      pounds(tax),
      pounds(total),
      pieces,
      coupon,
    ]);
    pay(orderId, orderedAt, total, isWeb);
    addToMonth(branch.id, day.slice(0, 7), { net: gross - discount, tax, shipping, cost: sum.cost });
  }

  function addToMonth(
    branch: string,
    month: string,
    sold: Pick<MonthOfSales, 'net' | 'tax' | 'shipping' | 'cost'>,
  ): void {
    const key = `${branch} ${month}`;
    const before = sales.get(key) ?? { branch, month, net: 0, tax: 0, shipping: 0, cost: 0 };
    sales.set(key, {
      ...before,
      net: before.net + sold.net,
      tax: before.tax + sold.tax,
      shipping: before.shipping + sold.shipping,
      cost: before.cost + sold.cost,
    });
  }

  function writeLine(
    { orderId, line, product, isWeb, couponRate }: OrderLine,
    { d, left, sale }: Today,
  ): { gross: number; discount: number; tax: number; cost: number; pieces: number; isReturned: boolean } {
    const quantity = product.category === 'Accessories' && random.chance(0.25) ? random.between(2, 4) : 1;
    // Prices rose by three per cent a year.
    const price = Math.round(product.pricePence * (0.94 + (0.06 * d) / days));
    const lineGross = price * quantity;
    const rate = Math.max(couponRate, sale > 0 && random.chance(0.5) ? sale : 0);
    const lineDiscount = Math.round(lineGross * rate);
    const lineTax = Math.round(((lineGross - lineDiscount) * TAX_PER_CENT) / 100);
    const unitCost = Math.round(product.costPence * (0.95 + (0.05 * d) / days));
    const faulty = left <= DAYS_FAULTY && product.name.startsWith(FAULTY_MODEL);
    const returns = faulty ? 0.38 : product.returnRate * (isWeb ? 1.5 : 0.7);
    const back = 3 + random.between(0, 16);
    const returned = random.chance(returns) && back < left ? quantity : 0;
    files.items.row([
      orderId,
      line,
      product.id,
      quantity,
      pounds(price),
      pounds(lineDiscount),
      pounds(lineTax),
      pounds(unitCost),
      returned,
    ]);
    if (returned > 0) {
      refunds += 1;
      files.refunds.row([
        `R${String(refunds).padStart(6, '0')}`,
        orderId,
        line,
        product.id,
        `${ahead[d + back]} ${timeOfDay(random, isWeb)}`,
        returned,
        pounds(lineGross - lineDiscount + lineTax),
        faulty && random.chance(0.8) ? 'sole came off' : random.pick(RETURN_REASONS),
        isWeb ? 'card' : random.pick(['card', 'cash', 'voucher']),
      ]);
    }
    return {
      gross: lineGross,
      discount: lineDiscount,
      tax: lineTax,
      cost: unitCost * quantity,
      pieces: quantity,
      isReturned: returned > 0,
    };
  }

  function deliver(d: number, left: number, month: number) {
    const shipped = random.chance(0.7) ? 1 : 2;
    const late = random.chance(month === 12 ? 0.22 : 0.07) ? random.between(3, 8) : 0;
    const delivered = shipped + random.between(1, 2) + late;
    const at = (after: number) => `${ahead[d + after]} ${timeOfDay(random, false)}`;
    return {
      promisedAt: `${ahead[d + 4]} 20:00:00`,
      shippedAt: shipped < left ? at(shipped) : undefined,
      deliveredAt: delivered < left ? at(delivered) : undefined,
    };
  }

  function pay(orderId: string, at: string, total: number, isWeb: boolean): void {
    const methods = isWeb
      ? ['card', 'card', 'card', 'paypal', 'paypal', 'invoice']
      : ['card', 'card', 'card', 'cash'];
    const voucher = total > 4_000 && random.chance(0.03) ? 2_000 : 0;
    if (voucher > 0) files.payments.row([`${orderId}-1`, orderId, 1, 'voucher', at, pounds(voucher)]);
    const sequence = voucher > 0 ? 2 : 1;
    files.payments.row([
      `${orderId}-${sequence}`,
      orderId,
      sequence,
      random.pick(methods),
      at,
      pounds(total - voucher),
    ]);
  }

  /** Two in three orders come from somebody who bought before, and early customers come back most. */
  function chooseCustomer(day: Day): Customer {
    if (customers.length > 200 * scale && random.chance(0.66))
      return customers[Math.floor(customers.length * random.next() ** 1.4)] as Customer;
    const index = customers.length + 1;
    const customer: Customer = { id: `C${String(index).padStart(5, '0')}`, since: day };
    customers.push(customer);
    const first = random.pick(FIRST_NAMES);
    const last = random.pick(LAST_NAMES);
    const [city, country, postcode] = townOf(customer);
    files.customers.row([
      customer.id,
      `${first} ${last}`,
      `${first}.${last}.${index}@example.com`.toLowerCase(),
      // Numbers that Ofcom keeps free for drama.
      `+44 7700 900${String(index % 1000).padStart(3, '0')}`,
      random.pick(['regular', 'regular', 'regular', 'family', 'trade']),
      city,
      country,
      postcode,
      day,
    ]);
    return customer;
  }
}

function townOf(customer: Customer): (typeof TOWNS)[number] {
  const number = Number(customer.id.slice(1));
  const place = (Math.imul(number, 2_654_435_761) >>> 0) / 4_294_967_296;
  return TOWNS[Math.floor(place ** 1.5 * TOWNS.length)] as (typeof TOWNS)[number];
}

function timeOfDay(random: Random, isWeb: boolean): string {
  const hour = isWeb
    ? Math.min(23, Math.max(0, Math.round(9 + (random.next() + random.next() - 0.4) * 9)))
    : 9 + Math.floor((random.next() + random.next()) * 4.5);
  const minute = random.between(0, 59);
  const second = random.between(0, 59);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
