import { dayInWords } from '../domain/period.ts';
import { STAGED_FEEDS, type StagedFeed } from '../uploads/staged-feeds.ts';
import type { Upload } from '../uploads/upload.ts';
import { type Block, cut, section } from './block.ts';
import type { Bot } from './bot.ts';
import { UPLOAD_STATES, UPLOAD_WORDS } from './upload-words.ts';

/** A person's newest uploads and what became of each; for Home and `/plumbline uploads`. */
export async function uploadLines(
  person: string,
  most: number,
  said: { at(instant: string): string; count(number: number): string },
  bot: Bot,
): Promise<Block[]> {
  const uploads = ((await bot.needs.uploads?.mine(person)) ?? []).slice(0, most);
  if (uploads.length === 0) return [section('no-uploads', UPLOAD_WORDS.noUploads)];
  return uploads.map((upload, index) => section(`upload-${index}`, uploadInWords(upload, said)));
}

function uploadInWords(
  upload: Upload,
  said: { at(instant: string): string; count(number: number): string },
): string {
  const { sign, words } = UPLOAD_STATES[upload.state];
  const rows = upload.totals.map(
    ({ feed, rows: count }) => `${said.count(count)} ${STAGED_FEEDS[feed as StagedFeed]?.title ?? 'rows'}`,
  );
  const days = upload.period
    ? UPLOAD_WORDS.period(dayInWords(upload.period.from), dayInWords(upload.period.to))
    : '';
  const about = [rows.join(' and '), days, upload.batch ? `batch ${upload.batch}` : ''].filter(
    (each) => each !== '',
  );
  return UPLOAD_WORDS.line(
    sign,
    cut(upload.file.name, 120),
    words,
    about.length > 0 ? ` (${about.join(', ')})` : '',
    said.at(upload.endedAt ?? upload.confirmedAt ?? upload.createdAt),
  );
}
