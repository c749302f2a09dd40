import type { Json } from '../contract.ts';
import { asText } from '../text/as-text.ts';
import { SafeLink, safeUrl } from '../text/safe-link.tsx';
import { plainWords } from '../text/text-object.tsx';

/** Nothing foreign is embedded: the picture links to the video. */
export function VideoBlock({ block }: { block: Json }) {
  return (
    <figure className="image-block">
      <figcaption>
        <SafeLink href={asText(block.title_url ?? block.video_url)}>{plainWords(block.title)}</SafeLink>
      </figcaption>
      <SafeLink href={asText(block.video_url)}>
        <img
          className="image-picture"
          src={safeUrl(asText(block.thumbnail_url))?.href}
          alt={asText(block.alt_text)}
        />
      </SafeLink>
    </figure>
  );
}
