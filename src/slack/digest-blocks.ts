import type { Digest } from '../digests/digest.ts';
import type { Locale } from '../questions/format-value.ts';
import { ACTIONS } from './action-ids.ts';
import {
  actions,
  type Block,
  button,
  context,
  cut,
  headline,
  plain,
  type SlackMessage,
  section,
} from './block.ts';
import { chartBlock } from './chart-block.ts';
import { escapeMrkdwn } from './escape.ts';
import { DIGEST_WORDS } from './telling-words.ts';

/** A digest as a message: what is missing first, then the day, its tiles, a picture, what stands out. */
export function digestMessage(
  digest: Digest,
  locale: Locale,
  /** `key` stays in the message, so that it is found again when the sender died right after it. */
  sent?: { subscription: string; key: string },
): SlackMessage {
  const chart = digest.course && chartBlock(digest.course.chart, digest.course.table, locale);
  return {
    text: digest.text,
    blocks: [
      { type: 'header', block_id: 'title', text: plain(digest.title, 150) },
      ...digest.warnings.map((warning, index) => section(`warning-${index}`, `⚠️ ${warning}`)),
      headline('headline', digest.headline),
      ...tileBlocks(digest),
      ...(chart ? [chart] : []),
      ...(digest.sentences.length > 0 ? [section('sentences', digest.sentences.join('\n'))] : []),
      ...standsOutBlocks(digest),
      ...context(sent?.key ?? 'state', [digest.dataLine]),
      ...actions(
        'tools',
        sent
          ? [
              button(ACTIONS.changeDigest, DIGEST_WORDS.change, sent.subscription),
              button(ACTIONS.pauseDigest, DIGEST_WORDS.pause, sent.subscription),
            ]
          : [],
      ),
    ],
  };
}

function tileBlocks(digest: Digest): Block[] {
  const fields = digest.tiles.slice(0, 10).map((tile) => ({
    type: 'mrkdwn',
    verbatim: true,
    text: cut(
      [
        `*${escapeMrkdwn(tile.label)}*`,
        escapeMrkdwn(tile.value),
        ...(tile.sameWeekday ? [escapeMrkdwn(DIGEST_WORDS.onWeekday(tile.sameWeekday))] : []),
        ...(tile.dayBefore ? [escapeMrkdwn(DIGEST_WORDS.onDayBefore(tile.dayBefore))] : []),
      ].join('\n'),
      2000,
    ),
  }));
  return fields.length > 0 ? [{ type: 'section', block_id: 'tiles', fields }] : [];
}

function standsOutBlocks(digest: Digest): Block[] {
  if (digest.standsOut.length === 0)
    return digest.complete ? context('nothing-stands-out', [DIGEST_WORDS.nothing]) : [];
  return [
    { type: 'header', block_id: 'stands-out', text: plain(DIGEST_WORDS.standsOut, 150) },
    ...digest.standsOut.map((found, index) => ({
      ...section(`stands-out-${index}`, `${found.headline}. ${found.sentences.join(' ')}`),
      accessory: button(`ask.follow-up.${index}`, DIGEST_WORDS.why, found.why, {
        spoken: `${DIGEST_WORDS.why} ${found.headline}`,
      }),
    })),
  ];
}
