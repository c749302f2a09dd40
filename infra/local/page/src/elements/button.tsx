import { useBlockPlace } from '../blocks/block-context.ts';
import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { safeUrl } from '../text/safe-link.tsx';
import { plainWords } from '../text/text-object.tsx';
import { useConfirm } from './confirm.tsx';

export function Button({ blockId, element }: { blockId: string; element: Json }) {
  const { act, busy } = useBlockPlace();
  const { dialog, confirmed } = useConfirm(element.confirm as Json | undefined);
  const key = `${blockId} ${asText(element.action_id)}`;
  const press = () =>
    confirmed(() => {
      const url = safeUrl(asText(element.url ?? ''));
      if (url) window.open(url.href, '_blank', 'noopener');
      void act(blockId, element, {});
    });
  return (
    <>
      <button
        type="button"
        className={`button${element.style ? ` button-${asText(element.style)}` : ''}`}
        aria-label={element.accessibility_label ? asText(element.accessibility_label) : undefined}
        aria-busy={busy === key}
        disabled={busy === key}
        onClick={press}
      >
        {element.type === 'icon_button' && '🗑️ '}
        {plainWords(element.text)}
      </button>
      {dialog}
    </>
  );
}
