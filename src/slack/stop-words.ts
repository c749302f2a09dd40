import type { Asked } from './asked.ts';
import type { Bot } from './bot.ts';
import { acceptedOf } from './resume-questions.ts';
import { noteStop } from './stop-elsewhere.ts';

const STOP = /^(please )?(stop|cancel|abort|never ?mind)( it| that| this)?( please)?[\s.!]*$/i;

export function isToStop(text: string): boolean {
  return STOP.test(text);
}

/** 'stop', written instead of pressed: what this person asked here is stopped, also in another instance. True when there was something. */
export async function stopTheOthers(asked: Asked, bot: Bot): Promise<boolean> {
  let stopped = false;
  for (const other of await acceptedOf(asked, bot.needs)) {
    if (bot.running.stop(other.key)) stopped = true;
    else if ((await bot.needs.conversations.claim(other.key, 0)).state === 'busy') {
      await noteStop(other.key, bot.needs);
      stopped = true;
    }
  }
  return stopped;
}
