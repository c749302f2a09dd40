import { useState } from 'react';
import { useActions } from '../actions.ts';
import { BlockContext, type BlockPlace, type Values } from '../blocks/block-context.ts';
import { Blocks } from '../blocks/blocks.tsx';
import type { Json, PageMessage } from '../contract.ts';
import { stateOf } from '../elements/initial-value.ts';
import { asText } from '../text/as-text.ts';

/** Blocks in a message: their elements send clicks with the state of the message's inputs. */
export function MessageBlocks({ message, blocks }: { message: PageMessage; blocks: Json[] }) {
  const { ask } = useActions();
  const [values, setValues] = useState<Values>({});
  const [busy, setBusy] = useState<string | null>(null);
  const place: BlockPlace = {
    values,
    errors: {},
    busy,
    setValue: (blockId, element, value) => setValues((now) => withValue(now, blockId, element, value)),
    async act(blockId, element, chosen) {
      setBusy(`${blockId} ${asText(element.action_id)}`);
      await ask('click', {
        on: { channel: message.channel, ts: message.ts },
        blockId,
        actionId: asText(element.action_id),
        chosen,
        values: stateOf(blocks, values),
      });
      setBusy(null);
    },
  };
  return (
    <BlockContext.Provider value={place}>
      <Blocks blocks={blocks} />
    </BlockContext.Provider>
  );
}

export function withValue(values: Values, blockId: string, element: Json, value: Json): Values {
  return { ...values, [blockId]: { ...values[blockId], [asText(element.action_id)]: value } };
}
