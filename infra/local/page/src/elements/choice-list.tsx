import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { TextObject } from '../text/text-object.tsx';
import type { InnerInput } from './input.tsx';

/** Radio buttons and checkboxes. */
export function ChoiceList({ element, id, value, change }: InnerInput) {
  const single = element.type === 'radio_buttons';
  const options = element.options as Json[];
  const held = single
    ? [asText((value.selected_option as Json | null)?.value ?? '')]
    : ((value.selected_options ?? []) as Json[]).map((option) => asText(option.value));
  return (
    <div
      className="choice-list"
      role={single ? 'radiogroup' : 'group'}
      aria-labelledby={`${id}-label`}
      id={id}
    >
      {options.map((option) => (
        <label key={asText(option.value)} className="tick-line">
          <input
            type={single ? 'radio' : 'checkbox'}
            name={id}
            checked={held.includes(asText(option.value))}
            onChange={(event) => {
              if (single) return change({ selected_option: option });
              const ids = event.target.checked
                ? [...held, asText(option.value)]
                : held.filter((each) => each !== option.value);
              change({ selected_options: options.filter((each) => ids.includes(asText(each.value))) });
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
