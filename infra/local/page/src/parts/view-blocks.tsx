import { useState } from 'react';
import { useActions } from '../actions.ts';
import { BlockContext, type Values } from '../blocks/block-context.ts';
import { Blocks } from '../blocks/blocks.tsx';
import type { Json } from '../contract.ts';
import { stateOf } from '../elements/initial-value.ts';
import { asText } from '../text/as-text.ts';

/** Blocks of a form or of the Home tab. */
export function ViewBlocks({
  viewId,
  blocks,
  values,
  setValue,
  errors,
}: {
  viewId: string;
  blocks: Json[];
  values: Values;
  setValue: (blockId: string, element: Json, value: Json) => void;
  errors: Record<string, string>;
}) {
  const { ask } = useActions();
  const [busy, setBusy] = useState<string | null>(null);
  return (
    <BlockContext.Provider
      value={{
        values,
        errors,
        busy,
        setValue,
        async act(blockId, element, chosen) {
          setBusy(`${blockId} ${asText(element.action_id)}`);
          const held = stateOf(blocks, values);
          await ask('click', {
            on: { view: viewId },
            blockId,
            actionId: asText(element.action_id),
            chosen,
            values:
              blockId in held
                ? {
                    ...held,
                    [blockId]: {
                      ...held[blockId],
                      ...(asText(element.action_id) in (held[blockId] ?? {})
                        ? { [asText(element.action_id)]: { type: element.type, ...chosen } }
                        : {}),
                    },
                  }
                : held,
          });
          setBusy(null);
        },
      }}
    >
      <Blocks blocks={blocks} />
    </BlockContext.Provider>
  );
}
