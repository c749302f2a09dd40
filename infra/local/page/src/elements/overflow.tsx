import { useRef } from 'react';
import { useBlockPlace } from '../blocks/block-context.ts';
import type { Json } from '../contract.ts';
import { Icon } from '../parts/icon.tsx';
import { asText } from '../text/as-text.ts';
import { safeUrl } from '../text/safe-link.tsx';
import { plainWords } from '../text/text-object.tsx';
import { useConfirm } from './confirm.tsx';

/** The menu behind three dots. */
export function Overflow({ blockId, element }: { blockId: string; element: Json }) {
  const { act } = useBlockPlace();
  const menu = useRef<HTMLDetailsElement>(null);
  const { dialog, confirmed } = useConfirm(element.confirm as Json | undefined);
  return (
    <details
      className="menu"
      ref={menu}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
      }}
    >
      <summary className="button" aria-label="More">
        <Icon name="more" />
      </summary>
      <div className="menu-list">
        {(element.options as Json[]).map((option) => (
          <button
            key={asText(option.value)}
            type="button"
            onClick={() => {
              if (menu.current) menu.current.open = false;
              confirmed(() => {
                const url = safeUrl(asText(option.url ?? ''));
                if (url) window.open(url.href, '_blank', 'noopener');
                void act(blockId, element, { selected_option: option });
              });
            }}
          >
            {plainWords(option.text)}
            {Boolean(option.description) && <small>{plainWords(option.description)}</small>}
          </button>
        ))}
      </div>
      {dialog}
    </details>
  );
}
