import type { Json } from '../contract.ts';
import { Input } from '../elements/input.tsx';
import { asText } from '../text/as-text.ts';
import { plainWords } from '../text/text-object.tsx';
import { useBlockPlace } from './block-context.ts';

export function InputBlock({ block }: { block: Json }) {
  const { errors } = useBlockPlace();
  const blockId = asText(block.block_id);
  const error = errors[blockId];
  const element = block.element as Json;
  const inputId = `${blockId}-input`;
  const isGroup = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const Label = isGroup ? 'div' : 'label';
  return (
    <div className={`input-block${error ? ' input-wrong' : ''}`}>
      <Label className="input-label" id={`${inputId}-label`} {...(isGroup ? {} : { htmlFor: inputId })}>
        {plainWords(block.label)}
        {block.optional === true && <span className="input-optional"> (optional)</span>}
      </Label>
      <Input
        blockId={blockId}
        element={element}
        id={inputId}
        dispatches={block.dispatch_action === true}
        {...(error ? { describedBy: `${inputId}-error` } : {})}
      />
      {error ? (
        <p className="input-error" id={`${inputId}-error`} role="alert">
          {error}
        </p>
      ) : (
        Boolean(block.hint) && <p className="input-hint">{plainWords(block.hint)}</p>
      )}
    </div>
  );
}
