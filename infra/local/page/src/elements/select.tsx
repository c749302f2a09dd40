import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { plainWords } from '../text/text-object.tsx';
import type { InnerInput } from './input.tsx';
import { type Choice, fieldOf, useChoices } from './options.ts';

/** One of several, as the browser's own list: works with keyboard and screen reader. */
export function Select({ element, id, value, change, describedBy }: InnerInput) {
  const choices = useChoices(element);
  const field = fieldOf(asText(element.type));
  const isOption = field === 'selected_option';
  const held = value[field];
  const chosen = isOption ? asText((held as Json | null)?.value ?? '') : asText(held ?? '');
  const groups = [...new Set(choices.map((each) => each.group))];
  return (
    <select
      id={id}
      className="field select"
      value={chosen}
      aria-label={plainWords(element.placeholder) || undefined}
      aria-describedby={describedBy}
      aria-invalid={describedBy !== undefined}
      onChange={(event) => {
        const choice = choices.find((each) => each.id === event.target.value);
        change({ [field]: choice ? (isOption ? choice.option : choice.id) : null });
      }}
    >
      <option value="">{plainWords(element.placeholder) || 'Choose ...'}</option>
      {groups.map((group) =>
        group === '' ? (
          <Options key="" choices={choices.filter((each) => each.group === '')} />
        ) : (
          <optgroup key={group} label={group}>
            <Options choices={choices.filter((each) => each.group === group)} />
          </optgroup>
        ),
      )}
    </select>
  );
}

function Options({ choices }: { choices: Choice[] }) {
  return (
    <>
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.label}
        </option>
      ))}
    </>
  );
}
