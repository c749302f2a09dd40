import type { Described } from '../alerts/describe-unusual.ts';
import type { Locale } from '../questions/format-value.ts';
import { ACTIONS } from './action-ids.ts';
import { actions, blockKey, button, context, headline, type SlackMessage, section } from './block.ts';
import { chartBlock } from './chart-block.ts';
import { momentsInText } from './moments.ts';
import { ALERT_WORDS } from './telling-words.ts';

/** One alert: what is wrong with its evidence and picture, and what can be done with it. */
export function alertMessage(
  alert: Described & { id: string },
  dataLine: string,
  locale: Locale,
  /** Stays in the message, so that it is found again when the sender died right after it. */
  key = 'state',
): SlackMessage {
  const chart = alert.course && chartBlock(alert.course.chart, alert.course.table, locale);
  return {
    text: `${ALERT_WORDS.sign} ${alert.headline}. ${alert.sentences.join(' ')}`,
    blocks: [
      headline('headline', `${ALERT_WORDS.sign} ${alert.headline}.`),
      section('sentences', alert.sentences.join('\n')),
      ...(chart ? [chart] : []),
      ...context(blockKey(key), [dataLine]),
      ...actions('tools', [
        button('ask.follow-up.0', ALERT_WORDS.why, alert.why, { style: 'primary' }),
        button(ACTIONS.acknowledgeAlert, ALERT_WORDS.acknowledge, alert.id),
        button(ACTIONS.snoozeAlert, ALERT_WORDS.snooze, alert.id),
        button(ACTIONS.notUsefulAlert, ALERT_WORDS.notUseful, alert.id),
      ]),
    ],
  };
}

export function alertOverMessage(alert: { headline: string; sentence: string; key: string }): SlackMessage {
  return {
    text: `${ALERT_WORDS.overSign} ${alert.sentence}`,
    blocks: [
      headline('headline', `${ALERT_WORDS.overSign} ${alert.sentence}`),
      ...context(blockKey(alert.key), [alert.headline]),
    ],
  };
}

/** One sentence with its sign; `key` stays in the message. */
export function signedNote(sign: string, sentence: string, key: string, small: string): SlackMessage {
  return {
    text: momentsInText(`${sign} ${sentence}`),
    blocks: [headline('headline', `${sign} ${sentence}`), ...context(blockKey(key), [small || sign])],
  };
}
