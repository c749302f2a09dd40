import type { Json } from '../contract.ts';
import { Element } from '../elements/element.tsx';
import { asText } from '../text/as-text.ts';
import { TextObject } from '../text/text-object.tsx';
import { BlockImage } from './image-block.tsx';

export function CardBlock({ block }: { block: Json }) {
  const actions = (block.actions ?? []) as Json[];
  return (
    <article className="card">
      {Boolean(block.hero_image) && <BlockImage image={block.hero_image as Json} className="card-hero" />}
      <div className="card-head">
        {Boolean(block.icon) && <BlockImage image={block.icon as Json} className="card-icon" />}
        <div>
          {Boolean(block.title) && (
            <h4>
              <TextObject text={block.title} />
            </h4>
          )}
          {Boolean(block.subtitle) && (
            <p className="card-subtitle">
              <TextObject text={block.subtitle} />
            </p>
          )}
        </div>
      </div>
      {Boolean(block.body) && (
        <p className="card-body">
          <TextObject text={block.body} />
        </p>
      )}
      {Boolean(block.subtext) && (
        <p className="card-subtitle">
          <TextObject text={block.subtext} />
        </p>
      )}
      {actions.length > 0 && (
        <div className="actions-block">
          {actions.map((element) => (
            <Element key={asText(element.action_id)} blockId={asText(block.block_id)} element={element} />
          ))}
        </div>
      )}
    </article>
  );
}

export function CarouselBlock({ block }: { block: Json }) {
  return (
    <section className="carousel" aria-label="Cards">
      {(block.elements as Json[]).map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cards never move
        <CardBlock key={index} block={card} />
      ))}
    </section>
  );
}
