import type { App } from '@slack/bolt';
import { ACTIONS, CHOICE, FOLLOW_UP } from './action-ids.ts';
import {
  askFromButton,
  changeChart,
  changeQuestion,
  sendCsv,
  showSql,
  stopAnswer,
} from './answer-actions.ts';
import type { Bot } from './bot.ts';
import { type Click, readClick, sentence, tellClicker } from './click.ts';
import { endingInASentence } from './ending-in-a-sentence.ts';
import { type MessageEvent, onMention, onMessage } from './question-events.ts';
import { rerunRun, showRefusedRows, undoBatch } from './run-actions.ts';

type EventHandler = (event: never, bot: Bot) => Promise<void>;
type ClickHandler = (click: Click, bot: Bot) => Promise<void>;

/** Events, by Slack's names. The manifest is made from the same list. */
export const EVENT_HANDLERS: Record<string, EventHandler> = {
  message: (event: MessageEvent, bot) => onMessage(event, bot),
  app_mention: (event: MessageEvent, bot) => onMention(event, bot),
};

export const CLICK_HANDLERS: [id: string | RegExp, handler: ClickHandler][] = [
  [ACTIONS.stop, stopAnswer],
  [ACTIONS.showSql, showSql],
  [ACTIONS.csv, sendCsv],
  [ACTIONS.change, changeQuestion],
  [ACTIONS.chartType, changeChart],
  [ACTIONS.askAgain, askFromButton],
  [ACTIONS.choose, askFromButton],
  [FOLLOW_UP, askFromButton],
  [CHOICE, askFromButton],
  [ACTIONS.rerun, rerunRun],
  [ACTIONS.undo, undoBatch],
  [ACTIONS.refusedRows, showRefusedRows],
];

export type Registrar = Pick<App, 'event' | 'action' | 'command' | 'view' | 'shortcut'>;

/** Tells Slack's framework what we listen to. Everything is acknowledged before any work. */
export function registerDoors(app: Registrar, bot: Bot): void {
  const { log } = bot.needs;
  for (const [name, handler] of Object.entries(EVENT_HANDLERS))
    app.event(name, async ({ event }) => {
      await endingInASentence(() => handler(event as never, bot), nobodyToTell, log);
    });
  for (const [id, handler] of CLICK_HANDLERS)
    app.action(id, async ({ ack, body }) => {
      await ack();
      const click = readClick(body);
      await endingInASentence(
        () => handler(click, bot),
        (text) => tellClicker(click, sentence(text), bot),
        log,
      );
    });
}

async function nobodyToTell(): Promise<void> {}
