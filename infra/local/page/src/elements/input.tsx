import { useBlockPlace } from '../blocks/block-context.ts';
import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { plainWords } from '../text/text-object.tsx';
import { ChoiceList } from './choice-list.tsx';
import { useConfirm } from './confirm.tsx';
import { FileInput } from './file-input.tsx';
import { initialValue } from './initial-value.ts';
import { MultiSelect } from './multi-select.tsx';
import { Select } from './select.tsx';

export type InputProps = {
  blockId: string;
  element: Json;
  id: string;
  /** Tells the app of each change, besides keeping it for the form. */
  dispatches: boolean;
  describedBy?: string;
};

export type InnerInput = {
  element: Json;
  id: string;
  value: Json;
  describedBy?: string | undefined;
  /** `tell` false while somebody is still typing. */
  change: (value: Json, tell?: boolean) => void;
};

/** Anything that holds an answer. */
export function Input({ blockId, element, id, dispatches, describedBy }: InputProps) {
  const place = useBlockPlace();
  const { dialog, confirmed } = useConfirm(element.confirm as Json | undefined);
  const value = place.values[blockId]?.[asText(element.action_id)] ?? initialValue(element);
  const change = (next: Json, tell = true) =>
    (dispatches && tell ? confirmed : now)(() => {
      place.setValue(blockId, element, { type: element.type, ...next });
      if (dispatches && tell) void place.act(blockId, element, next);
    });
  return (
    <>
      <Inner {...{ element, id, value, change, describedBy }} />
      {dialog}
    </>
  );
}

function now(then: () => void): void {
  then();
}

function Inner(props: InnerInput) {
  const type = asText(props.element.type);
  if (type === 'radio_buttons' || type === 'checkboxes') return <ChoiceList {...props} />;
  if (type === 'file_input') return <FileInput {...props} />;
  if (type.startsWith('multi_')) return <MultiSelect {...props} />;
  if (type.endsWith('_select')) return <Select {...props} />;
  if (type === 'plain_text_input' && props.element.multiline === true) return <TextArea {...props} />;
  if (type === 'rich_text_input') return <RichTextArea {...props} />;
  return <OneLine {...props} />;
}

const KINDS: Readonly<Record<string, [html: string, field: string]>> = {
  datepicker: ['date', 'selected_date'],
  timepicker: ['time', 'selected_time'],
  number_input: ['text', 'value'],
  email_text_input: ['email', 'value'],
  url_text_input: ['url', 'value'],
  plain_text_input: ['text', 'value'],
};

function OneLine({ element, id, value, change, describedBy }: InnerInput) {
  if (element.type === 'datetimepicker')
    return <DateAndTime {...{ element, id, value, change, describedBy }} />;
  const [html, field] = KINDS[asText(element.type)] ?? ['text', 'value'];
  const picks = html === 'date' || html === 'time';
  return (
    <input
      id={id}
      className="field"
      type={html}
      inputMode={element.type === 'number_input' ? 'decimal' : undefined}
      placeholder={plainWords(element.placeholder)}
      maxLength={typeof element.max_length === 'number' ? element.max_length : undefined}
      aria-label={picks && element.placeholder ? plainWords(element.placeholder) : undefined}
      aria-describedby={describedBy}
      aria-invalid={describedBy !== undefined}
      value={asText(value[field] ?? '')}
      onChange={(event) => change({ [field]: event.target.value || null }, picks)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !picks) change({ [field]: event.currentTarget.value || null }, true);
      }}
    />
  );
}

function DateAndTime({ id, value, change, describedBy }: InnerInput) {
  const seconds = value.selected_date_time as number | null | undefined;
  const local = seconds
    ? new Date((seconds - new Date().getTimezoneOffset() * 60) * 1000).toISOString().slice(0, 16)
    : '';
  return (
    <input
      id={id}
      className="field"
      type="datetime-local"
      aria-describedby={describedBy}
      value={local}
      onChange={(event) =>
        change({
          selected_date_time: event.target.value
            ? Math.floor(new Date(event.target.value).getTime() / 1000)
            : null,
        })
      }
    />
  );
}

function TextArea({ element, id, value, change, describedBy }: InnerInput) {
  return (
    <textarea
      id={id}
      className="field"
      rows={4}
      placeholder={plainWords(element.placeholder)}
      maxLength={typeof element.max_length === 'number' ? element.max_length : undefined}
      aria-describedby={describedBy}
      aria-invalid={describedBy !== undefined}
      value={asText(value.value ?? '')}
      onChange={(event) => change({ value: event.target.value || null }, false)}
    />
  );
}

function RichTextArea({ element, id, value, change, describedBy }: InnerInput) {
  const held = value.rich_text_value as { elements?: { elements?: { text?: string }[] }[] } | undefined;
  const text = held?.elements?.[0]?.elements?.map((each) => each.text ?? '').join('') ?? '';
  return (
    <textarea
      id={id}
      className="field"
      rows={Number(element.min_lines ?? 4)}
      aria-describedby={describedBy}
      value={text}
      onChange={(event) =>
        change(
          {
            rich_text_value: {
              type: 'rich_text',
              elements: [
                { type: 'rich_text_section', elements: [{ type: 'text', text: event.target.value }] },
              ],
            },
          },
          false,
        )
      }
    />
  );
}
