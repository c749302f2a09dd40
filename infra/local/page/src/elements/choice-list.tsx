import type { Json } from '../contract.ts';
import { TextObject } from '../text/text-object.tsx';
import type { InnerInput } from './input.tsx';

/** Radio buttons and checkboxes. */
export function ChoiceList({ element, id, value, change }: InnerInput) {
  const single = element.type === 'radio_buttons';
  const options = element.options as Json[];
  const held = single
    ? [String((value.selected_option as Json | null)?.value ?? '')]
    : ((value.selected_options ?? []) as Json[]).map((option) => String(option.value));
  return (
    <div
      className="choice-list"
      role={single ? 'radiogroup' : 'group'}
      aria-labelledby={`${id}-label`}
      id={id}
    >
      {options.map((option) => (
        <label key={String(option.value)} className="tick-line">
          <input
            type={single ? 'radio' : 'checkbox'}
            name={id}
            checked={held.includes(String(option.value))}
            onChange={(event) => {
              if (single) return change({ selected_option: option });
              const ids = event.target.checked
                ? [...held, String(option.value)]
                : held.filter((each) => each !== option.value);
              change({ selected_options: options.filter((each) => ids.includes(String(each.value))) });
            }}
          />
          <span>
            <TextObject text={option.text} />
            {Boolean(option.description) && (
              <small>
                <TextObject text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
