import type { z } from 'zod';
import type { RefusalReason } from '../domain/answer.ts';
import type { Provenance } from '../domain/plan.ts';
import type { Role } from '../domain/rights.ts';
import type { RunOutcome } from '../domain/run.ts';

/** Every sentence of Plumbline's in Slack that is not part of an answer itself. Short, friendly, no jargon. */

/** Where an answer comes from: sign and words, so that neither colour nor picture is needed. */
export const BADGES: Record<Provenance, string> = {
  vetted: '✅ Vetted query',
  composed: '🧩 Composed from the business definitions',
  live: '⚡ Live figures',
  drafted: '✏️ Drafted by a language model, not vetted',
};

export const STEPS = {
  understanding: 'Understanding the question',
  'asking the model': 'Asking the language model',
  reading: 'Reading the data',
  checking: 'Checking the figures',
  wording: 'Putting it into words',
} as const;

/** What stays above a streamed answer. */
export const DONE = { checked: 'Figures checked', read: 'Question read' } as const;

/** For the status line: 'Plumbline is reading the data ...'. */
export const STATUSES = {
  understanding: 'is understanding the question …',
  'asking the model': 'is asking the language model …',
  reading: 'is reading the data …',
  checking: 'is checking the figures …',
  wording: 'is putting it into words …',
} as const;

export const BUTTONS = {
  stop: 'Stop',
  showSql: 'Show SQL',
  csv: 'CSV',
  change: 'Change',
  chartType: 'Chart type',
  vet: 'Send for vetting',
  right: 'Right',
  wrong: 'Wrong',
  askAgain: 'Ask again',
  chooseOne: 'Choose one',
  runAgain: 'Run it again',
  approve: 'Approve',
  correct: 'Correct',
  dismiss: 'Dismiss',
  sendHeld: 'Send the answer',
  rerun: 'Re-run',
  rerunOverNewer: 'Load over newer rows',
  undo: 'Undo',
  refusedRows: 'Show refused rows',
  mute: 'Mute this feed for a day',
  log: 'Log',
  tellDataOwner: 'Tell the data owner',
  refresh: 'Refresh',
  ask: 'Ask',
  close: 'Close',
  send: 'Send',
} as const;

export const CHART_NAMES = {
  line: 'Line',
  bar: 'Bars',
  area: 'Area',
  pie: 'Pie',
  'stacked-bar': 'Stacked bars',
} as const;

export const WORDS = {
  thinking: 'One moment …',
  stopped: 'Stopped, as you asked.',
  stopping: 'All right, I stop.',
  nothingToStop: 'There is nothing to stop: everything is finished.',
  onlyAskerStops: 'Only the person who asked can stop this.',
  tookTooLong: 'That took too long, so I stopped. Try a shorter period or fewer details.',
  restarted: 'I was restarted while I was at it. Please ask again.',
  complete: (day: string) => `Data complete through ${day}.`,
  notComplete: 'No day is wholly loaded yet.',
  reconciled: 'Reconciled with its sources.',
  offBy: (amount: string) => `Off by ${amount} against its control totals.`,
  unreconciled: 'Not reconciled with its sources.',
  receipt: (id: string) => `Receipt ${id}`,
  tableCut: (shown: number, total: string) =>
    `The first ${shown} of ${total} rows; all of them are in the CSV file below.`,
  listCut: (shown: number, total: string) => `The first ${shown} of ${total}; CSV has all of them.`,
  columnsCut: (shown: number, total: number) =>
    `The first ${shown} of ${total} columns; the CSV file has all.`,
  csvComment: (title: string) => `All rows of: ${title}`,
  csvChanged: 'The data has changed since that answer: this file has the newer figures.',
  chartComment: 'As a picture:',
  nothingToShow: 'There is no query behind this answer.',
  nothingToDraw: 'This answer has too little for a chart of that kind.',
  unknownWords: (words: string) => `I did not understand: ${words}.`,
  chosen: (label: string) => `You chose: ${label}`,
  asked: (person: string, question: string) => `<@${person}> asked: ${question}`,
  askedBy: (name: string, question: string) => `${name} asked: ${question}`,
  changeTitle: 'Change the question',
  changeLabel: 'Your question',
  changeHint: 'Edit it and press Ask. The answer comes in the same thread.',
  sqlTitle: 'How it was answered',
  sqlUnderstood: 'Understood as',
  sqlParams: 'With these values',
  sqlCut: 'The query is longer than fits here.',
  sqlFacts: (rows: string, ms: number) => `${rows} rows in ${ms} ms`,
  batches: (count: number, some: string) =>
    count === 0 ? 'No load batches.' : `Loaded by ${count} ${count === 1 ? 'batch' : 'batches'}: ${some}`,
  notForAllHere: 'Not everyone in this channel may see this, so I answered you privately.',
  privateIntro: (rule: string) => `Only you can see this. ${rule}`,
  sharedPart: (rule: string) => `${rule} Whoever asked has the whole answer privately.`,
  thanks: 'Thank you, noted.',
  wrongTitle: 'What is wrong?',
  wrongLabel: 'What did you expect?',
  wrongHint: 'It goes to the data owner together with the question and the query.',
  sentToOwner: 'Sent to the data owner. You will be told what comes of it.',
  noQueue: 'No channel is set for the data owner here. Please tell them yourself.',
  ownersOnly: 'Only a data owner can do this.',
  operatorsOnly: 'You need the right to operate pipelines for this.',
  queueTitles: {
    wrong: 'An answer was called wrong',
    unanswered: 'A question was not answered',
    drafted: 'A drafted query waits for vetting',
    held: 'An answer is held until one of you has looked at it',
  },
  queueSure: (percent: number) => `How sure I am of what was meant: ${percent} %`,
  held: 'I am not sure enough that I understood this, so a data owner looks at the answer first. It will come here.',
  heldSent: (name: string) => `${name} has looked at this answer and sent it.`,
  sentBy: (person: string) => `Sent by <@${person}>.`,
  queueAsked: (person: string, channel: string) => `Asked by <@${person}> in <#${channel}>`,
  queueAskedDirectly: (person: string) => `Asked by <@${person}> in a direct message`,
  queueComment: (comment: string) => `They say: ${comment}`,
  approveTitle: 'Approve',
  correctTitle: 'Correct',
  dismissTitle: 'Dismiss',
  approveWhat: 'What should it become?',
  approveTemplate: 'A vetted query',
  approveSynonym: 'A synonym',
  approveName: 'Name of the query (lower case, hyphens)',
  approveQuestions: 'Questions that it answers, one a line',
  approveSql: 'SQL',
  synonymWord: 'Word that people use',
  synonymOf: 'Metric or dimension that it means (name in the model)',
  correctionLabel: 'The right answer, in your words',
  dismissLabel: 'Why (the asker reads this)',
  notInModel: 'The semantic model has no metric or dimension of this name.',
  threeQuestions: 'Three questions or more, one a line, so that the query is found by its words.',
  badName: 'Lower-case letters, digits and hyphens, please.',
  needed: 'This is needed.',
  notOneSelect: 'One SELECT statement, please.',
  approvedIn: (person: string) =>
    `Approved by <@${person}>. The patch is in the thread: apply it with git apply.`,
  correctedIn: (person: string) => `Corrected by <@${person}>.`,
  dismissedIn: (person: string) => `Dismissed by <@${person}>.`,
  patchComment: 'Ready to apply: save it and run git apply --check on it first.',
  tellApproved: (question: string) =>
    `The data owner has vetted your question “${question}”. It will be answered by a vetted query soon.`,
  tellTaught: (question: string) =>
    `The data owner is teaching me a word of your question “${question}”. I will know it soon.`,
  tellCorrected: (question: string, correction: string) =>
    `The data owner about your question “${question}”: ${correction}`,
  tellDismissed: (question: string, why: string) =>
    `The data owner looked at your question “${question}”. ${why}`,
  uploadsOff: 'Uploads are not switched on here.',
  uploadNotPermitted: 'You may not upload files here. Ask the data owner for access.',
  uploadTooLarge: (mb: number) => `This file is larger than ${mb} MB, which is more than I take.`,
  uploadNotHosted: 'This file is not kept in Slack, so I cannot read it. Please upload the file itself.',
  uploadUnreadable: 'I could not get this file from Slack. Is the files:read scope granted?',
  uploadKinds: 'I take spreadsheets and CSV files: xlsx, xls, ods, csv, tsv, txt, and these in zip or gz.',
  help: [
    'Ask me about the business: in a direct message, by mentioning me, or with /ask.',
    'In a thread that I answered in, just go on: “and by country?”, “only shoes”, “as a chart”, “why?”.',
    '/ask revenue last week by category',
    '/kpi shows the latest figures; /kpi shoes asks for one category.',
    '/plumbline catalog: what you can ask. /plumbline runs: how the loads went.',
    '/plumbline uploads: your files. /plumbline subscriptions: your digests. /plumbline digest: a new one.',
    '“Tell me when returns of boots go above 8 % in a week”: an alert of your own. /plumbline alerts: all of yours.',
    '/plumbline receipt ID: what is behind an answer.',
    '/record: expenses, income, transfers and refunds, for those who keep the books.',
    '/plumbline settings: for data owners.',
  ],
  unknownCommand: (word: string) => `I do not know “/plumbline ${word}”. This is what I can do:`,
  receiptWhich:
    'Which receipt? Its number starts with rcp- and is under Show SQL of an answer: /plumbline receipt rcp-...',
  orTry: 'Or try one of these:',
  askWhat: 'What would you like to know? For example: /ask revenue last week',
  noRuns: 'No files have been loaded yet.',
  noSubscriptions: 'You have no digests here. They are not switched on in this installation.',
  noQuestions: 'You have not asked anything yet.',
  noKpis: 'There are no figures for recent days yet.',
  againTitle: 'The same, now',
  againSame: 'Run again just now: exactly the same figures.',
  againDiffers: 'Run again just now: the figures have changed since.',
  againOtherRights:
    'You may see other rows than the one who asked, so the figures may differ for that alone.',
  againChange: (label: string, was: string, is: string) => `${label}: was ${was}, is ${is}`,
  receiptElsewhere: 'This receipt is not from this channel. Ask me for it in a direct message.',
  receiptNotYours: 'It may belong to somebody else.',
  kpisNotForYou: 'The figures of the whole company are not for you. Ask for your branch in a message.',
  nothingForYou: "You may not see the company's figures. Ask the data owner for access.",
  answeredInDm: 'I am not in this channel, so I answered in our direct messages.',
  undoSure: 'Everything that this batch loaded is taken back, and what it replaced is put back.',
  overNewerSure: 'Rows that came newer since are replaced by those of this older run.',
  noRefusedRows: 'No rows of this run were refused.',
  refusedRows: 'The refused rows, each with its reason:',
  sentPrivately: 'I have sent it to you in our direct messages.',
  doneBy: (person: string, what: string) => `${what} (asked for by <@${person}>)`,
  switchedOff: 'This is not switched on here.',
  working: 'On it …',
  movedOn: 'This button is no longer in use.',
  kpiDay: (of: string, day: string) =>
    `${of || 'The whole company'}, ${day}, against the day before. The bars are the days up to it.`,
  up: '▲ up',
  down: '▼ down',
  level: '■ level',
  kpiNames: {
    revenue: 'Revenue',
    orders: 'Orders',
    units: 'Items sold',
    returnRate: 'Return rate',
    customers: 'Customers',
    orderValue: 'Average order value',
  },
  runLine: (sign: string, feed: string, outcome: string, loaded: string, refused: string, at: string) =>
    `${sign} ${feed}: ${outcome}, ${loaded} rows, ${refused} refused, ${at}`,
  undone: '(undone)',
  status: (what: string) => `⏳ Plumbline ${what}`,
  settings: {
    title: 'Settings',
    save: 'Save',
    queue: 'Channel for questions that went wrong',
    queueHint: 'By name. Empty: nobody is asked. I have to be in it.',
    quiet: 'Channels that I answer only when mentioned',
    quietHint:
      'Names with commas between. Elsewhere, replies in a thread that I answered in need no mention.',
    noChannel: (name: string) => `There is no channel “${name}” that I know of. Invite me first.`,
    hold: 'Hold answers that I am less sure of than (%)',
    holdHint:
      'They wait in that channel until a data owner sends, corrects or dismisses them. Empty: none. 85 holds what a language model read or wrote; 95 also what I read loosely.',
    noPercent: 'A whole number from 0 to 100, please.',
    holdNeedsQueue: 'They need a channel to wait in: name one above.',
    saved: (queue: string | null, quiet: string[], hold: number) =>
      `Saved. Questions that went wrong go to ${queue ?? 'nobody'}; only when mentioned: ${quiet.join(', ') || 'nowhere'}. ${hold > 0 ? `Answers below ${hold} % wait for a data owner.` : 'No answer waits for a data owner.'}`,
  },
  home: {
    title: 'Plumbline',
    kpis: 'The latest day',
    pipelines: 'Loads and freshness',
    uploads: 'My uploads',
    questions: 'My recent questions',
    subscriptions: 'My digests',
    queue: 'Waiting for a data owner',
    outcomes: {
      answered: 'Answered',
      'needs-detail': 'Asked back',
      refused: 'Not answered',
      empty: 'Nothing found',
    },
    queueIn: (channel: string) => `Answer them in <#${channel}>.`,
    queueEmpty: 'Nothing is waiting for a data owner.',
    refreshed: (at: string) => `As of ${at}`,
  },
  alert: {
    shortcutWhat: 'Ask about this',
    shortcutHint: 'For example: why? and by branch? the same for last year?',
    shortcutLabel: 'What would you like to know about it?',
  },
} as const;

/** Signs of how a run went; the words beside them say the same. */
export const RUN_SIGNS: Record<RunOutcome, string> = {
  running: '⏳',
  loaded: '✅',
  'partly-refused': '⚠️',
  failed: '❌',
  duplicate: '♻️',
};

export const RUN_WORDS = {
  again: (count: number, since: string, last: string) =>
    `This has now happened ${count.toLocaleString('en-GB')} times since ${since}; the last time was ${last}. It is told here and not again.`,
  recovered: (feed: string, count: number, since: string) =>
    `${feed} loads again. It had failed ${count === 1 ? 'once' : `${count.toLocaleString('en-GB')} times`} since ${since}.`,
  ownerCalled: (headline: string) => `${headline}.`,
  summary: (total: number, counts: string) =>
    `${total.toLocaleString('en-GB')} more runs ended in this minute: ${counts}.`,
  summaryRest: (more: number) =>
    more > 0
      ? `and ${more.toLocaleString('en-GB')} more. /plumbline runs and the terminal's “plumbline runs” have every one.`
      : '/plumbline runs has every one.',
  muted: (feed: string) => `${feed} is muted for a day. Its runs are recorded, and told together afterwards.`,
  muteOver: (feed: string, counts: string) => `While ${feed} was muted: ${counts}.`,
} as const;

/** Which rule kept something back, by what differs. */
export const RULES = {
  guests: 'There are guests or people from other companies in this channel.',
  tooMany: 'This channel has too many members to know what each may see.',
  unknown: 'I could not find out who is in this channel.',
  rows: (columns: string) => `Some people here may see only their own ${columns}.`,
  metrics: 'Some people here may not see all figures.',
  personal: 'Some people here may not see personal data.',
  other: 'Some people here may see less than you.',
} as const;

export const REFUSALS: Record<z.infer<typeof RefusalReason>, string> = {
  'off-topic': '💬',
  'cannot-answer': '🤷',
  'not-permitted': '🔒',
  'would-write': '✋',
  unsafe: '✋',
  'limit-reached': '⏳',
  'too-costly': '⏳',
};

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
