import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { RichText } from '../text/rich-text.tsx';
import { plainWords, TextObject } from '../text/text-object.tsx';
import { Blocks } from './blocks.tsx';
import { BlockImage } from './image-block.tsx';

export function ContainerBlock({ block }: { block: Json }) {
  const head = (
    <div className="container-head">
      {Boolean(block.icon) && <BlockImage image={block.icon as Json} className="card-icon" />}
      <div>
        {block.rich_text_title ? (
          <RichText block={block.rich_text_title as Json} />
        ) : (
          <strong>{plainWords(block.title)}</strong>
        )}
        {Boolean(block.subtitle) && (
          <p className="card-subtitle">
            <TextObject text={block.subtitle} />
          </p>
        )}
      </div>
    </div>
  );
  const inside = <Blocks blocks={block.child_blocks as Json[]} />;
  const className = `container container-${asText(block.width ?? 'standard')}`;
  if (block.is_collapsible !== true)
    return (
      <section className={`${className}${block.has_header_divider === true ? ' container-divided' : ''}`}>
        {head}
        {inside}
      </section>
    );
  return (
    <details className={className} open={block.default_collapsed !== true}>
      <summary>{head}</summary>
      {inside}
    </details>
  );
}
