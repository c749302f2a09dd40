import type { Json } from '../contract.ts';
import { TextObject } from '../text/text-object.tsx';
import { BlockImage } from './image-block.tsx';

export function ContextBlock({ block }: { block: Json }) {
  return (
    <div className="context-block">
      {(block.elements as Json[]).map((element, index) =>
        element.type === 'image' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never move
          <BlockImage key={index} image={element} className="context-image" />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line never move
          <span key={index}>
            <TextObject text={element} />
          </span>
        ),
      )}
    </div>
  );
}
