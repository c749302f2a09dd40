import { dayInWords } from '../domain/period.ts';
import type { RulePoster } from '../rules/tell-rules.ts';
import { signedNote } from './alert-blocks.ts';
import { blockKey } from './block.ts';
import type { Bot } from './bot.ts';
import { crossingMessage } from './rule-blocks.ts';
import { ALERT_WORDS, RULE_WORDS } from './telling-words.ts';
import { WORDS } from './words.ts';

/** Posts what people's own alerts found, where each wants to be told. Errors: slack.unavailable, slack.rejected. */
export function rulePoster(connected: () => Bot, placeOf: (to: string) => Promise<string>): RulePoster {
  return {
    async post(rule, described, key) {
      const { slack, needs, who } = connected();
      const channel = await placeOf(rule.to);
      const message = crossingMessage(rule, described, {
        key,
        dataLine: WORDS.complete(dayInWords(rule.last?.day ?? rule.since ?? '')),
        owner: (await who.person(rule.owner)).name,
        locale: await needs.locale(),
      });
      return { channel, ts: await slack.post({ channel }, message) };
    },
    async postOver(rule, sentence, key) {
      const place = rule.place ?? { channel: await placeOf(rule.to), ts: undefined };
      const message = signedNote(ALERT_WORDS.overSign, sentence, key, rule.words);
      return connected().slack.post({ channel: place.channel, thread: place.ts }, message);
    },
    async postForbidden(rule, why, key) {
      const channel = await placeOf(rule.owner);
      const message = signedNote('🔒', `${RULE_WORDS.forbidden(rule.words)} ${why}`, key, rule.words);
      return connected().slack.post({ channel }, message);
    },
    async findPosted(rule, key) {
      const places = [
        { channel: await placeOf(rule.to), thread: undefined },
        { channel: await placeOf(rule.owner), thread: undefined },
        ...(rule.place ? [{ channel: rule.place.channel, thread: rule.place.ts }] : []),
      ];
      for (const { channel, thread } of places) {
        const ts = await connected().slack.messageWithBlock(channel, blockKey(key), thread);
        if (ts) return { channel, ts };
      }
      return null;
    },
  };
}
