import type { Json } from '../contract.ts';
import { Element } from '../elements/element.tsx';
import { asText } from '../text/as-text.ts';
import { TextObject } from '../text/text-object.tsx';
import { BlockImage } from './image-block.tsx';

export function SectionBlock({ block }: { block: Json }) {
  const fields = (block.fields ?? []) as Json[];
  const accessory = block.accessory as Json | undefined;
  return (
    <div className="section-block">
      <div className="section-words">
        {Boolean(block.text) && (
          <p>
            <TextObject text={block.text} />
          </p>
        )}
        {fields.length > 0 && (
          <div className="section-fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields never move
              <p key={index}>
                <TextObject text={field} />
              </p>
            ))}
          </div>
        )}
      </div>
      {accessory?.type === 'image' ? (
        <BlockImage image={accessory} className="section-image" />
      ) : (
        accessory && <Element blockId={asText(block.block_id)} element={accessory} />
      )}
    </div>
  );
}
