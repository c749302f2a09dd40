import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { plainWords } from '../text/text-object.tsx';
import type { InnerInput } from './input.tsx';
import { fieldOf, useChoices } from './options.ts';

/** Several of many: a box that opens to a list of ticks. */
export function MultiSelect({ element, id, value, change }: InnerInput) {
  const choices = useChoices(element);
  const field = fieldOf(asText(element.type));
  const isOptions = field === 'selected_options';
  const held = ((value[field] ?? []) as (string | Json)[]).map((each) =>
    typeof each === 'string' ? each : asText(each.value),
  );
  const most =
    typeof element.max_selected_items === 'number' ? element.max_selected_items : Number.POSITIVE_INFINITY;
  const chosen = choices.filter((choice) => held.includes(choice.id));
  return (
    <details className="menu multi">
      <summary id={id} className="field select">
        {chosen.map((choice) => choice.label).join(', ') || plainWords(element.placeholder) || 'Choose ...'}
      </summary>
      <div className="menu-list">
        {choices.map((choice) => (
          <label key={choice.id} className="tick-line">
            <input
              type="checkbox"
              checked={held.includes(choice.id)}
              disabled={!held.includes(choice.id) && held.length >= most}
              onChange={(event) => {
                const ids = event.target.checked
                  ? [...held, choice.id]
                  : held.filter((each) => each !== choice.id);
                const next = choices.filter((each) => ids.includes(each.id));
                change({ [field]: next.map((each) => (isOptions ? each.option : each.id)) });
              }}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </details>
  );
}
