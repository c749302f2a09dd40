import type { Json } from '../contract.ts';
import { Element } from '../elements/element.tsx';
import { FeedbackButtons } from '../elements/feedback-buttons.tsx';

export function ActionsBlock({ block }: { block: Json }) {
  const blockId = String(block.block_id);
  return (
    <div className="actions-block">
      {(block.elements as Json[]).map((element) => (
        <Element key={String(element.action_id)} blockId={blockId} element={element} />
      ))}
    </div>
  );
}

export function ContextActionsBlock({ block }: { block: Json }) {
  const blockId = String(block.block_id);
  return (
    <div className="context-actions-block">
      {(block.elements as Json[]).map((element) =>
        element.type === 'feedback_buttons' ? (
          <FeedbackButtons key={String(element.action_id)} blockId={blockId} element={element} />
        ) : (
          <Element key={String(element.action_id)} blockId={blockId} element={element} />
        ),
      )}
    </div>
  );
}
