import { formatNumber, type Locale } from '../questions/format-value.ts';
import { runNotice } from '../runs/run-notice.ts';
import { STAGED_FEEDS, type StagedFeed } from '../uploads/staged-feeds.ts';
import type { ControlTotal, UploadReceipt } from '../uploads/upload-receipt.ts';
import { ACTIONS } from './action-ids.ts';
import {
  actions,
  type Block,
  button,
  context,
  headline,
  plain,
  type SlackMessage,
  section,
} from './block.ts';
import { escapeMrkdwn } from './escape.ts';
import { UPLOAD_WORDS as SAY } from './upload-words.ts';
import { BUTTONS } from './words.ts';

/** The verdict on an upload, for the thread where it was shared. */
export function uploadReceiptMessage(receipt: UploadReceipt, locale: Locale): SlackMessage {
  const { upload, run } = receipt;
  const title = titleOf(receipt, locale);
  const count = (rows: number) => formatNumber(String(rows), { kind: 'count' }, locale);
  const isIn = upload.state === 'loaded' && run.batch !== null;
  const { sentences } = runNotice(run);
  return {
    text: escapeMrkdwn(title),
    blocks: [
      headline('headline', `${title}.`),
      ...(run.outcome === 'failed' || !isIn
        ? [
            ...sentences.slice(0, 6).map((each, index) => section(`said-${index}`, each)),
            ...(upload.state === 'undone' && upload.replaces
              ? [section('earlier', SAY.earlierStaysOut(upload.replaces.file))]
              : []),
          ]
        : [
            section(
              'rows',
              `${SAY.read(count(run.rows.read + upload.leftOut), count(run.rows.loaded), count(run.rows.refused + upload.leftOut))}.`,
            ),
            ...controlLines(receipt.controls, locale).map((line, index) => section(`control-${index}`, line)),
            ...(upload.replaces
              ? [section('replaced', SAY.replaced(upload.replaces.file, upload.replaces.batch))]
              : []),
            ...(receipt.touches.length > 0
              ? [section('touches', SAY.touches(receipt.touches.join(', ')))]
              : []),
            ...context('batch', [SAY.batch(run.batch ?? '', run.id)]),
          ]),
      ...actions('tools', isIn ? [undoButton(run.batch ?? '')] : againButtons(receipt)),
    ],
  };
}

function titleOf({ upload, run }: UploadReceipt, locale: Locale): string {
  const file = upload.file.name;
  if (upload.state === 'undone')
    return upload.replacedBy === null
      ? SAY.receiptUndone(file)
      : SAY.receiptReplaced(file, upload.replacedBy);
  if (run.outcome === 'duplicate') return SAY.receiptDuplicate(file);
  if (upload.state === 'failed') return SAY.receiptFailed(file);
  const what = upload.totals.map(({ feed, rows }) =>
    SAY.rows(
      formatNumber(String(rows), { kind: 'count' }, locale),
      STAGED_FEEDS[feed as StagedFeed]?.title ?? 'rows',
    ),
  );
  return SAY.receiptLoaded(file, what.join(' and '));
}

/** To the cent; rows are told by the line above unless they differ. */
function controlLines(controls: readonly ControlTotal[], locale: Locale): string[] {
  const many = new Set(controls.map(({ feed }) => feed)).size > 1;
  return controls
    .filter(({ column, agrees }) => column !== 'rows' || !agrees)
    .map(({ feed, column, file, warehouse, agrees }) => {
      const name = `${many ? `${STAGED_FEEDS[feed as StagedFeed]?.title ?? feed}, ` : ''}${column.replaceAll('_', ' ')}`;
      const said = (text: string) => formatNumber(text, { kind: 'ratio' }, locale);
      return agrees
        ? `✓ ${SAY.agrees(name, said(file))}.`
        : `✗ ${SAY.differs(name, said(file), said(warehouse))}.`;
    });
}

function againButtons({ upload }: UploadReceipt): Block[] {
  if (upload.state !== 'undone') return [];
  return [
    button(ACTIONS.uploadAgain, SAY.again, upload.id),
    ...(upload.replaces ? [button(ACTIONS.uploadEarlier, SAY.earlierAgain, upload.replaces.upload)] : []),
  ];
}

function undoButton(batch: string): Block {
  return {
    ...button(ACTIONS.uploadUndo, SAY.undo, batch, { style: 'danger' }),
    confirm: {
      title: plain(SAY.undo, 100),
      text: plain(SAY.undoSure, 300),
      confirm: plain(SAY.undo, 30),
      deny: plain(BUTTONS.close, 30),
    },
  };
}
