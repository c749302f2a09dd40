import { createHash } from 'node:crypto';
import type { UploadView } from '../uploads/accept-upload.ts';
import { SKIP } from '../uploads/ask-about.ts';
import { UPLOAD_FEEDS, uploadFeed } from '../uploads/feeds.ts';
import type { SheetPreview, UploadQuestion } from '../uploads/upload-preview.ts';
import { FORMS } from './action-ids.ts';
import { type Block, form, plain, type SlackForm, section, textInput } from './block.ts';
import { UPLOAD_WORDS as SAY } from './upload-words.ts';
import { BUTTONS } from './words.ts';

type Choice = { value: string; label: string };

const NONE = '-';
const AS_FOUND = 'auto';
/** A form holds a hundred blocks; these tables and questions stay well below. */
const MOST_TABLES = 3;
const MOST_QUESTIONS = 15;

/** One field of the form: its id in Slack, which keeps what was chosen by it when the form changes, the answer that it gives, and what it shows at first. */
type Field = { id: string; answer: string; initial: string; block: Block };

/** Shown while the file is read again: Slack opens forms only within three seconds of the click. */
export function waitingForm(fileName: string): SlackForm {
  return form({
    callbackId: FORMS.upload,
    title: SAY.formTitle,
    close: BUTTONS.close,
    blocks: [section('reading', SAY.reading(fileName))],
  });
}

/** What each table is, what each column is, and all that was asked. `draft` is what was chosen in it and not sent yet. */
export function mappingForm(view: UploadView, draft: Record<string, string> = {}): SlackForm {
  return form({
    callbackId: FORMS.upload,
    title: SAY.formTitle,
    submit: SAY.formSave,
    close: BUTTONS.close,
    carries: JSON.stringify({ upload: view.upload.id, draft: JSON.stringify(draft) }),
    blocks: fieldsOf(view).map(({ block }) => block),
  });
}

/** The answers that a sent form gives: what was changed, and what had been asked. */
export function answersOfForm(view: UploadView, values: Record<string, string>): Record<string, string> {
  const asked = new Set(questionsOf(view).map(({ id }) => id));
  const answers: Record<string, string> = {};
  for (const { id, answer, initial } of fieldsOf(view)) {
    const value = values[id] ?? '';
    if (value === initial && !asked.has(answer) && view.upload.answers[answer] === undefined) continue;
    if (value === '' && initial === '') continue;
    answers[answer] = value === AS_FOUND ? '' : value;
  }
  for (const sheet of tablesOf(view)) {
    const other = answers[`feed:${sheet.key}`];
    if (other === undefined || other === sheet.feed) continue;
    // What columns were of another kind of file says nothing of this one.
    for (const id of [...Object.keys(answers), ...Object.keys(view.upload.answers)])
      if (id.startsWith(`column:${sheet.key}:`)) answers[id] = '';
  }
  return answers;
}

function fieldsOf(view: UploadView): Field[] {
  const tables = tablesOf(view);
  const keys = [...new Set(view.preview.sheets.map(({ key }) => key))];
  const own = tables.flatMap((sheet) => tableFields(sheet, keys.indexOf(sheet.key), view));
  const covered = new Set(own.map(({ answer }) => answer));
  const questions = questionsOf(view)
    .filter(({ id }) => !covered.has(id) && !CONVENTIONS.some(({ answer }) => answer === id))
    .slice(0, MOST_QUESTIONS);
  return [
    ...questions.map(questionField),
    ...CONVENTIONS.map(({ id, answer, label, choices }) =>
      select(id, answer, label, choices, view.upload.answers[answer] ?? AS_FOUND),
    ),
    ...own,
  ];
}

const CONVENTIONS = [
  {
    id: 'dates',
    answer: 'date-order',
    label: SAY.formDates,
    choices: [
      { value: AS_FOUND, label: SAY.asFound },
      { value: 'dmy', label: SAY.dayFirst },
      { value: 'mdy', label: SAY.monthFirst },
    ],
  },
  {
    id: 'decimals',
    answer: 'decimal-sign',
    label: SAY.formDecimals,
    choices: [
      { value: AS_FOUND, label: SAY.asFound },
      { value: ',', label: SAY.comma },
      { value: '.', label: SAY.dot },
    ],
  },
];

function tableFields(sheet: SheetPreview, at: number, view: UploadView): Field[] {
  const left = isLeftOut(sheet, view);
  const feed = left ? undefined : uploadFeed(sheet.feed ?? '');
  const feeds = [
    ...UPLOAD_FEEDS.map(({ name, title }) => ({ value: name, label: title })),
    { value: SKIP, label: SAY.formSkip },
  ];
  const columns = [
    { value: NONE, label: SAY.formNone },
    ...sheet.columns.slice(0, 99).map(({ column, header }, index) => {
      const example = sheet.firstRows.map((row) => row[index]).find((value) => value);
      return { value: column, label: `${header ?? column}${example ? ` (${example})` : ''}` };
    }),
  ];
  return [
    dispatching(
      select(
        `upload.feed.${at}`,
        `feed:${sheet.key}`,
        SAY.formFeed(sheet.key),
        feeds,
        left ? SKIP : (sheet.feed ?? ''),
      ),
    ),
    ...(feed?.columns ?? []).map(({ name }) =>
      select(
        // Slack keeps what was chosen in a block of the same id, and another kind of file has other columns.
        `column.${at}.${sheet.feed}.${name}`,
        `column:${sheet.key}:${name}`,
        SAY.formColumn(name.replaceAll('_', ' ')),
        columns,
        sheet.columns.find(({ mapsTo }) => mapsTo === name)?.column ?? NONE,
      ),
    ),
    ...(feed && feed.name !== 'stock_counts' && feed.name !== 'price_list'
      ? [
          select(
            `sign.${at}`,
            `sign:${sheet.key}`,
            SAY.formSign(sheet.key),
            [
              { value: AS_FOUND, label: SAY.signsKept },
              { value: 'reversed', label: SAY.signsTurned },
            ],
            view.upload.answers[`sign:${sheet.key}`] ?? AS_FOUND,
          ),
        ]
      : []),
  ];
}

/** The form is told of a choice as soon as it is made. */
function dispatching(field: Field): Field {
  return { ...field, block: { ...field.block, dispatch_action: true } };
}

function questionField({ id, question, choices }: UploadQuestion): Field {
  const field = `question.${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
  if (choices.length > 0) return select(field, id, question, choices, '');
  const block = textInput(field, question, {
    max: 100,
    ...(id.startsWith('day:') ? { hint: 'YYYY-MM-DD' } : {}),
  });
  return { id: field, answer: id, initial: '', block };
}

function select(
  id: string,
  answer: string,
  label: string,
  choices: readonly Choice[],
  initial: string,
): Field {
  const options = choices
    .slice(0, 100)
    .map((choice) => ({ text: plain(choice.label, 75), value: choice.value }));
  const chosen = options.find(({ value }) => value === initial);
  const element = {
    type: 'static_select',
    action_id: id,
    options,
    ...(chosen ? { initial_option: chosen } : {}),
  };
  return {
    id,
    answer,
    initial: chosen ? initial : '',
    block: { type: 'input', block_id: id, label: plain(label, 150), element },
  };
}

function tablesOf(view: UploadView): SheetPreview[] {
  const used = view.preview.sheets.filter((sheet) => sheet.used || isLeftOut(sheet, view));
  return [...new Map(used.map((sheet) => [sheet.key, sheet])).values()].slice(0, MOST_TABLES);
}

function isLeftOut({ key }: SheetPreview, { upload }: UploadView): boolean {
  return upload.answers[`feed:${key}`] === SKIP;
}

function questionsOf({ staged }: UploadView): UploadQuestion[] {
  return staged.outcome === 'needs-detail' ? staged.questions : [];
}
