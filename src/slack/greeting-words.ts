import type { Role } from '../domain/rights.ts';

export const GREETINGS: Record<Role, string> = {
  guest: 'Hello. As a guest you can ask me what things mean; figures are for members.',
  member: 'Hello. Ask me about sales, orders, returns and products, in your own words.',
  manager: 'Hello. What would you like to know about the business today?',
  accountant: 'Hello. Ask me about the books, or drop a spreadsheet here to have it loaded.',
  'data-owner': 'Hello. Ask me anything; the questions that wait for a data owner are on the Home tab.',
  operator: 'Hello. How the loads went is on the Home tab and in /plumbline runs; ask me what things mean.',
};

type Prompt = { title: string; message: string };

const WHAT: Prompt = { title: 'What can I ask?', message: 'What can I ask?' };

/** Four a role; a test asks each of them. */
export const PROMPTS: Record<Role, Prompt[]> = {
  guest: [
    WHAT,
    { title: 'What does revenue mean?', message: 'What does revenue mean?' },
    { title: 'What is the return rate?', message: 'What does return rate mean?' },
    { title: 'What is an order?', message: 'What does orders mean?' },
  ],
  member: [
    { title: 'Best categories', message: 'Top 5 categories by units last month' },
    { title: 'Orders per week', message: 'Orders per week in the last 8 weeks' },
    { title: 'Returns', message: 'Return rate by category last month' },
    WHAT,
  ],
  manager: [
    { title: 'Revenue last week', message: 'Revenue last week compared with the week before' },
    { title: 'Best branches', message: 'Top 5 branches by revenue last month' },
    { title: 'Sales per month', message: 'Revenue per month this year' },
    { title: 'Returns', message: 'Return rate by category last month' },
  ],
  accountant: [
    { title: 'Revenue last month', message: 'Revenue last month by branch' },
    { title: 'Refunds', message: 'Refunds per month in the last 6 months' },
    { title: 'Tax', message: 'What does tax mean?' },
    { title: 'Discounts', message: 'Discount by category last month' },
  ],
  'data-owner': [
    { title: 'Orders per day', message: 'Orders per day in the last 14 days' },
    { title: 'Return rate', message: 'Return rate per month this year' },
    { title: 'Revenue by channel', message: 'Revenue by channel last month' },
    WHAT,
  ],
  operator: [
    WHAT,
    { title: 'What does revenue mean?', message: 'What does revenue mean?' },
    { title: 'What is a unit?', message: 'What does units mean?' },
    { title: 'What is the return rate?', message: 'What does return rate mean?' },
  ],
};

/** The role that a person is greeted in, when they have several. */
export const ROLE_ORDER: readonly Role[] = [
  'data-owner',
  'accountant',
  'manager',
  'operator',
  'member',
  'guest',
];
