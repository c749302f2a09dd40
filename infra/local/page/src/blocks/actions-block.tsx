import type { Json } from '../contract.ts';
import { Element } from '../elements/element.tsx';
import { FeedbackButtons } from '../elements/feedback-buttons.tsx';
import { asText } from '../text/as-text.ts';

export function ActionsBlock({ block }: { block: Json }) {
  const blockId = asText(block.block_id);
  return (
    <div className="actions-block">
      {(block.elements as Json[]).map((element) => (
        <Element key={asText(element.action_id)} blockId={blockId} element={element} />
      ))}
    </div>
  );
}

export function ContextActionsBlock({ block }: { block: Json }) {
  const blockId = asText(block.block_id);
  return (
    <div className="context-actions-block">
      {(block.elements as Json[]).map((element) =>
        element.type === 'feedback_buttons' ? (
          <FeedbackButtons key={asText(element.action_id)} blockId={blockId} element={element} />
        ) : (
          <Element key={asText(element.action_id)} blockId={blockId} element={element} />
        ),
      )}
    </div>
  );
}
