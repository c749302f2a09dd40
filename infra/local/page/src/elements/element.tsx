import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { Button } from './button.tsx';
import { Input } from './input.tsx';
import { Overflow } from './overflow.tsx';

/** An interactive element outside an input block: acts at once. */
export function Element({ blockId, element }: { blockId: string; element: Json }) {
  switch (element.type) {
    case 'button':
    case 'icon_button':
    case 'workflow_button':
      return <Button blockId={blockId} element={element} />;
    case 'overflow':
      return <Overflow blockId={blockId} element={element} />;
    default:
      return (
        <Input
          blockId={blockId}
          element={element}
          id={`${blockId}-${asText(element.action_id)}`}
          dispatches
        />
      );
  }
}
