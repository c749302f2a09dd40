import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { Markdown } from '../text/markdown.tsx';
import { RichText } from '../text/rich-text.tsx';
import { plainWords } from '../text/text-object.tsx';
import { ActionsBlock, ContextActionsBlock } from './actions-block.tsx';
import { AlertBlock } from './alert-block.tsx';
import { CardBlock, CarouselBlock } from './card-block.tsx';
import { ChartBlock } from './chart-block.tsx';
import { ContainerBlock } from './container-block.tsx';
import { ContextBlock } from './context-block.tsx';
import { DataTableBlock } from './data-table-block.tsx';
import { ImageBlock } from './image-block.tsx';
import { InputBlock } from './input-block.tsx';
import { PlanBlock, TaskCard } from './plan-block.tsx';
import { SectionBlock } from './section-block.tsx';
import { TableBlock } from './table-block.tsx';
import { VideoBlock } from './video-block.tsx';

export function Blocks({ blocks }: { blocks: readonly Json[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <Block key={asText(block.block_id ?? index)} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: Json }) {
  switch (block.type) {
    case 'actions':
      return <ActionsBlock block={block} />;
    case 'alert':
      return <AlertBlock block={block} />;
    case 'card':
      return <CardBlock block={block} />;
    case 'carousel':
      return <CarouselBlock block={block} />;
    case 'container':
      return <ContainerBlock block={block} />;
    case 'context':
      return <ContextBlock block={block} />;
    case 'context_actions':
      return <ContextActionsBlock block={block} />;
    case 'data_table':
      return <DataTableBlock block={block} />;
    case 'data_visualization':
      return <ChartBlock block={block} />;
    case 'divider':
      return <hr className="divider" />;
    case 'file':
      return <p className="block-note">A file kept elsewhere ({asText(block.external_id)})</p>;
    case 'header':
      return <h3 className="header-block">{plainWords(block.text)}</h3>;
    case 'image':
      return <ImageBlock block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'markdown':
      return <Markdown text={asText(block.text)} />;
    case 'plan':
      return <PlanBlock block={block} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'section':
      return <SectionBlock block={block} />;
    case 'table':
      return <TableBlock block={block} />;
    case 'task_card':
      return <TaskCard task={block} />;
    case 'video':
      return <VideoBlock block={block} />;
    default:
      return <p className="block-note">This page does not know the block '{asText(block.type)}'.</p>;
  }
}
