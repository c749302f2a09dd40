import type { PlannerReply } from '../domain/plan.ts';
import { keepUnderstood } from './plan-choices.ts';

type Lone = { said: RegExp; text: string; wordings: readonly string[] };

const WHOSE = '(?:(?:the|our|my|any|some|your) )?';
const PAPER = '(?:reports?|figures|numbers|data|stats|statistics|overview|summary|update|sheet)';

/** One noun of the trade and nothing else: what is wanted of it is asked, with the usual questions to choose from. */
const LONE: readonly Lone[] = [
  {
    said: new RegExp(
      `^(?:show me |give me |get me )?${WHOSE}(?:(?:branch(?:es)?|shops?|stores?) ${PAPER}|${PAPER} (?:on|of|for|about) (?:the |our )?(?:branch(?:es)?|shops?|stores?)|branch|shop|store)$`,
      'i',
    ),
    text: 'Which figure of the branches, and when?',
    wordings: [
      'revenue by branch last month',
      'revenue by branch this month vs last month',
      'orders by branch last month',
      'revenue vs revenue budget by branch last month',
      'which branches do we have',
    ],
  },
  {
    said: new RegExp(`^${WHOSE}(?:delivery )?(?:delays?|lateness|late|late ones|backlogs?)$`, 'i'),
    text: 'What about late or open orders would you like to know?',
    wordings: [
      'late orders last month',
      'share of late orders last month',
      'orders not yet delivered',
      'average delivery time last month',
    ],
  },
  {
    said: new RegExp(`^${WHOSE}(?:customer |customers[’'] )?complaints?$`, 'i'),
    text: 'Complaints are not recorded, but why things were refunded is. Would one of these do?',
    wordings: [
      'refund reasons last month',
      'refund reasons this year',
      'number of refunds last month',
      'return rate last month',
    ],
  },
  {
    said: /^(?:is|are|has|have) (?:it|things|this|that|we) (?:been )?(?:getting|got|become|becoming) (?:any |a bit )?(?:slower|faster|quicker)$/i,
    text: 'The time until delivery, until dispatch or until a refund?',
    wordings: [
      'average delivery time by month this year',
      'average time to ship by month this year',
      'average days to refund by month this year',
    ],
  },
  {
    said: /^(?:is|are|has|have) (?:it|things|we|the shops?|business) (?:been )?(?:getting|got|become|becoming) (?:any |a bit )?(?:busier|quieter)$/i,
    text: 'Busy by which figure?',
    wordings: ['orders by month this year', 'revenue by month this year', 'units sold by month this year'],
  },
  {
    said: /^(?:did|has|have) (?:the |our |this |that |last )?(?:promo|promotion|campaign|sale|offer|discount|coupon)s? (?:work|worked|pay off|paid off|do well|done well)(?: out| well)?$/i,
    text: 'Which figure should show it?',
    wordings: [
      'orders with a coupon by month this year',
      'discounts by month this year',
      'revenue this month vs last month',
      'orders this month vs last month',
    ],
  },
];

export function askOfLoneWords(
  question: string,
  alone: (text: string) => PlannerReply,
): PlannerReply | undefined {
  const bare = question.replace(/[\s?.!]+$/, '').trim();
  const found = LONE.find(({ said }) => said.test(bare));
  if (!found) return undefined;
  const wordings = found.wordings.map((text) => ({
    label: text.charAt(0).toUpperCase() + text.slice(1),
    question: text,
  }));
  const choices = keepUnderstood(wordings, alone);
  return choices.length < 2 ? undefined : { kind: 'clarify', text: found.text, choices, unknownWords: [] };
}
