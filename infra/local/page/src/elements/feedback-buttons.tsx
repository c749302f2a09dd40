import { useState } from 'react';
import { useBlockPlace } from '../blocks/block-context.ts';
import type { Json } from '../contract.ts';
import { Icon } from '../parts/icon.tsx';
import { asText } from '../text/as-text.ts';
import { plainWords } from '../text/text-object.tsx';

/** Right or wrong: two small buttons, of which the pressed one stays marked. */
export function FeedbackButtons({ blockId, element }: { blockId: string; element: Json }) {
  const { act } = useBlockPlace();
  const [pressed, setPressed] = useState<string | null>(null);
  const buttons = [
    [element.positive_button as Json, 'right'],
    [element.negative_button as Json, 'wrong'],
  ] as const;
  return (
    <span className="feedback">
      {buttons.map(([button, sign]) => (
        <button
          key={asText(button.value)}
          type="button"
          className="feedback-button"
          aria-pressed={pressed === button.value}
          aria-label={asText(button.accessibility_label ?? plainWords(button.text))}
          title={plainWords(button.text)}
          onClick={() => {
            setPressed(asText(button.value));
            void act(blockId, element, { value: button.value, text: button.text });
          }}
        >
          <Icon name={sign} size={15} /> {plainWords(button.text)}
        </button>
      ))}
    </span>
  );
}
