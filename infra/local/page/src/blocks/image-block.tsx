import { useActions } from '../actions.ts';
import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { safeUrl } from '../text/safe-link.tsx';
import { plainWords } from '../text/text-object.tsx';

export function ImageBlock({ block }: { block: Json }) {
  return (
    <figure className="image-block">
      {Boolean(block.title) && <figcaption>{plainWords(block.title)}</figcaption>}
      <BlockImage image={block} className="image-picture" />
    </figure>
  );
}

/** An image from the web, or a file of the workspace. */
export function BlockImage({ image, className }: { image: Json; className: string }) {
  const { fileUrl } = useActions();
  const file = image.slack_file as { id?: string; url?: string } | undefined;
  const id = file?.id ?? /files-pri\/[^/]*-([A-Z0-9]+)\//.exec(file?.url ?? '')?.[1];
  const source = id ? fileUrl(id) : safeUrl(asText(image.image_url ?? file?.url ?? ''))?.href;
  if (!source) return null;
  return <img className={className} src={source} alt={asText(image.alt_text ?? '')} loading="lazy" />;
}
