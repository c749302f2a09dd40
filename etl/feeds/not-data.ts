import type { FeedSet } from './feed.ts';
import { nameFits } from './match-feed.ts';

const KINDS: [RegExp, string][] = [
  [/\.(png|jpe?g|gif|webp|heic|bmp|tiff?|svg|ico)$/i, 'a picture'],
  [/\.(pdf|docx?|odt|rtf|pptx?|md|html?)$/i, 'a document'],
  [/\.(ya?ml|toml|ini|cfg|lock|sql|py|r|js|ts|ipynb|sh|bat)$/i, 'a declaration or a program'],
  [/\.(mp[34]|mov|avi|wav|ttf|woff2?)$/i, 'sound, film or a font'],
  [
    /(^|\/)(_SUCCESS|Thumbs\.db|desktop\.ini|\.[^/]*|__MACOSX\/.*)$/,
    'a mark of the system that wrote the files',
  ],
  [/(^|\/)(readme|licen[cs]e|changelog|md5sums?|sha256sums?)(\.txt)?$/i, 'a note'],
];

/** What a file is that is clearly no data and that no feed asks for by its name; null for any other. */
export function notData(name: string, sets: readonly FeedSet[]): string | null {
  const kind = KINDS.find(([pattern]) => pattern.test(name));
  if (!kind) return null;
  const patterns = sets.flatMap((set) => [
    ...set.feeds.flatMap((feed) => feed.match),
    ...Object.values(set.lookups).flatMap((lookup) => lookup.match ?? []),
  ]);
  // A pattern that takes any name asks for none.
  const asked = patterns.some((pattern) => /[^*?.]/.test(pattern) && nameFits(name, pattern));
  return asked ? null : kind[1];
}
