import type { AccountKind, LedgerSettings } from '../ledger/ledger-settings.ts';
import { type MoneyRecord, RECORD_KINDS } from '../ledger/money-record.ts';
import type { Actor, LedgerNeeds } from '../ledger/needs.ts';
import type { FieldProblems, RecordFields } from '../ledger/read-form.ts';
import { newRecordId } from '../ledger/record-money.ts';
import { FORMS } from './action-ids.ts';
import { type Block, form, plain, type SlackForm, textInput } from './block.ts';
import { RECORD_WORDS as W } from './record-words.ts';
import type { Submission } from './submission.ts';
import { BUTTONS } from './words.ts';

const FILE_TYPES = [
  'pdf',
  'png',
  'jpg',
  'jpeg',
  'heic',
  'gif',
  'csv',
  'xlsx',
  'xls',
  'ods',
  'docx',
  'odt',
  'txt',
];
const MOST_OPTIONS = 100;

/** The form of a new entry, or of one that corrects another. Its id goes with it: sent twice, it is one record. */
export async function recordForm(
  of: { corrects?: MoneyRecord; actor: Actor },
  needs: LedgerNeeds,
): Promise<SlackForm> {
  const { corrects: old } = of;
  const [company, branches] = await Promise.all([needs.companyCurrency(), needs.branches()]);
  const { settings } = needs;
  const own = branches.filter(({ id }) => !of.actor.branches || of.actor.branches.includes(id));
  return form({
    callbackId: FORMS.record,
    title: old ? W.correctTitle : W.title,
    submit: W.submit,
    close: BUTTONS.close,
    carries: JSON.stringify({ id: newRecordId(needs), corrects: old?.id ?? null }),
    blocks: [
      select('kind', W.kind, kindOptions(), { chosen: old?.kind ?? 'expense' }),
      textInput('amount', W.amount, { max: 30, ...(old ? { initial: old.amount } : {}) }),
      grouped('account', W.account, settings, W.accountHint, old?.account),
      grouped('counterAccount', W.counterAccount, settings, W.counterAccountHint, old?.counterAccount),
      ...taxInput(settings, old),
      ...branchInput(own, !of.actor.branches, old),
      {
        type: 'input',
        block_id: 'date',
        label: plain(W.date, 2000),
        element: { type: 'datepicker', action_id: 'date', initial_date: old?.date ?? needs.clock.today() },
      },
      textInput('text', W.text, { max: 300, ...(old ? { initial: old.text } : {}) }),
      textInput('counterparty', W.counterparty, {
        optional: true,
        max: 200,
        ...(old?.counterparty ? { initial: old.counterparty } : {}),
      }),
      textInput('documentNo', W.documentNo, {
        optional: true,
        max: 80,
        ...(old?.documentNo ? { initial: old.documentNo } : {}),
      }),
      {
        type: 'input',
        block_id: 'attachment',
        optional: true,
        label: plain(W.attachment, 2000),
        element: { type: 'file_input', action_id: 'attachment', filetypes: FILE_TYPES, max_files: 1 },
      },
      ...(settings.taxes.length > 0 ? [taxAmountInput()] : []),
      ...currencyInputs(settings, company, old),
    ],
  });
}

export function reverseForm(record: MoneyRecord, needs: LedgerNeeds): SlackForm {
  return form({
    callbackId: FORMS.reverseRecord,
    title: W.reverseTitle,
    submit: W.buttons.reverse,
    close: BUTTONS.close,
    carries: JSON.stringify({ id: newRecordId(needs), reverses: record.id }),
    blocks: [
      {
        type: 'input',
        block_id: 'date',
        label: plain(W.reversalDate, 2000),
        element: { type: 'datepicker', action_id: 'date', initial_date: needs.clock.today() },
      },
      textInput('text', W.reason, { multiline: true, max: 280 }),
    ],
  });
}

export function declineForm(record: MoneyRecord): SlackForm {
  return form({
    callbackId: FORMS.declineRecord,
    title: W.declineTitle,
    submit: W.buttons.decline,
    close: BUTTONS.close,
    carries: JSON.stringify({ id: record.id }),
    blocks: [textInput('reason', W.reason, { multiline: true, max: 500, hint: W.reasonHint })],
  });
}

export function fieldsOf({ values }: Submission): RecordFields {
  const of = (name: keyof RecordFields) => values[name] ?? '';
  return {
    kind: of('kind'),
    amount: of('amount'),
    currency: of('currency'),
    rate: of('rate'),
    tax: of('tax') === NONE ? '' : of('tax'),
    taxAmount: of('taxAmount'),
    account: of('account'),
    counterAccount: of('counterAccount'),
    branch: of('branch') === NONE ? '' : of('branch'),
    date: of('date'),
    documentNo: of('documentNo'),
    counterparty: of('counterparty'),
    text: of('text'),
  };
}

/** Slack shows a sentence beside an input that the form has; what belongs to another is said at the amount. */
export function besideInputs(problems: FieldProblems, { shown }: Submission): Record<string, string> {
  const told: Record<string, string> = {};
  for (const [field, sentence] of Object.entries(problems)) {
    const place = shown.includes(field) ? field : (shown[0] ?? field);
    told[place] = told[place] ? `${told[place]} ${sentence}` : sentence;
  }
  return told;
}

/** A select may not give nothing once something is chosen, so nothing is a choice. */
const NONE = 'none';

function kindOptions(): { name: string; value: string }[] {
  return RECORD_KINDS.map((kind) => ({ name: W.kinds[kind], value: kind }));
}

function currencyInputs(settings: LedgerSettings, company: string, old: MoneyRecord | undefined): Block[] {
  const codes = [...new Set([company, ...settings.currencies])];
  if (codes.length < 2) return [];
  const options = codes.map((code) => ({ name: code, value: code }));
  return [
    select('currency', W.currency, options, { chosen: old?.currency ?? company }),
    textInput('rate', W.rate, {
      optional: true,
      max: 20,
      hint: W.rateHint(company),
      ...(old?.rate ? { initial: old.rate } : {}),
    }),
  ];
}

function taxInput(settings: LedgerSettings, old: MoneyRecord | undefined): Block[] {
  if (settings.taxes.length === 0) return [];
  const options = [
    { name: '–', value: NONE },
    ...settings.taxes.map(({ code, name }) => ({ name: `${name} (${code})`, value: code })),
  ];
  return [select('tax', W.tax, options, { chosen: old?.tax?.code ?? NONE, hint: W.taxHint })];
}

function taxAmountInput(): Block {
  return textInput('taxAmount', W.taxAmount, { optional: true, max: 30, hint: W.taxAmountHint });
}

function branchInput(
  branches: readonly { id: string; name: string }[],
  mayBeNone: boolean,
  old: MoneyRecord | undefined,
): Block[] {
  if (branches.length === 0) return [];
  if (branches.length >= MOST_OPTIONS)
    return [
      textInput('branch', W.branch, {
        optional: mayBeNone,
        max: 64,
        ...(old?.branch ? { initial: old.branch } : {}),
      }),
    ];
  const options = [
    ...(mayBeNone ? [{ name: W.noBranch, value: NONE }] : []),
    ...branches.map(({ id, name }) => ({ name: `${name} (${id})`, value: id })),
  ];
  return [select('branch', W.branch, options, { chosen: old?.branch ?? options[0]?.value ?? NONE })];
}

type Option = { text: Block; value: string };

function optionOf({ name, value }: { name: string; value: string }): Option {
  return { text: plain(name, 75) as unknown as Block, value };
}

function select(
  id: string,
  label: string,
  choices: { name: string; value: string }[],
  more: { chosen: string; hint?: string },
): Block {
  const options = choices.map(optionOf);
  const initial = options.find(({ value }) => value === more.chosen);
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 2000),
    ...(more.hint ? { hint: plain(more.hint, 2000) } : {}),
    element: {
      type: 'static_select',
      action_id: id,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
}

/** The chart of accounts, by kind: what is spent on first, then what is earned, then where money is. */
function grouped(id: string, label: string, settings: LedgerSettings, hint: string, chosen?: string): Block {
  const kinds: AccountKind[] =
    id === 'account'
      ? ['expense', 'income', 'asset', 'liability', 'equity']
      : ['asset', 'liability', 'equity'];
  const groups = kinds
    .map((kind) => ({
      label: plain(W.accountKinds[kind], 75),
      options: settings.accounts
        .filter((account) => account.kind === kind)
        .map(({ code, name }) => optionOf({ name: `${code} ${name}`, value: code })),
    }))
    .filter(({ options }) => options.length > 0);
  const initial = groups.flatMap(({ options }) => options).find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 2000),
    hint: plain(hint, 2000),
    element: {
      type: 'static_select',
      action_id: id,
      option_groups: groups,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
}
