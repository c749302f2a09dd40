import type { AlertNeeds } from '../alerts/send-alerts.ts';
import type { FindingsNeeds } from '../alerts/tell-findings.ts';
import type { Restatement } from '../digests/restatements.ts';
import type { DigestPost } from '../digests/send-digests.ts';
import type { Subscription } from '../digests/subscriptions.ts';
import type { LateFeedsNeeds } from '../digests/tell-late-feeds.ts';
import { AppError } from '../domain/app-error.ts';
import { dayInWords } from '../domain/period.ts';
import type { Rights } from '../domain/rights.ts';
import type { RulePoster } from '../rules/tell-rules.ts';
import type { MutedNeeds } from '../runs/mute-feed.ts';
import { alertMessage, alertOverMessage, signedNote } from './alert-blocks.ts';
import type { SlackMessage } from './block.ts';
import { blockKey, context, headline, section } from './block.ts';
import type { Bot } from './bot.ts';
import { digestMessage } from './digest-blocks.ts';
import { rulePoster } from './rule-poster.ts';
import { RUN_WORDS } from './run-words.ts';
import { ALERT_WORDS, FINDING_WORDS, LATE_WORDS, RESTATED_WORDS } from './telling-words.ts';
import { WORDS } from './words.ts';

/** Posts digests, alerts and restatements. Errors: slack.unavailable, slack.rejected. */
export type Teller = {
  digests: DigestPost;
  /** In this channel. */
  alertsIn(channel: string): AlertNeeds['poster'];
  lateFeedsIn(channel: string): LateFeedsNeeds['poster'];
  findingsIn(channel: string): FindingsNeeds['poster'];
  muteEndsIn(channel: string): MutedNeeds['poster'];
  rules: RulePoster;
  restate(restatement: Restatement, earlier: string | null): Promise<string>;
  findRestated(restatement: Restatement): Promise<string | null>;
  /** What everyone who reads there may see: a channel's members, or the person. */
  rightsAt(to: string): Promise<Rights>;
  /** The channel of alerts; null when there is none of this name. */
  channelNamed(name: string): Promise<string | null>;
};

export function createTeller(bot: () => Bot | undefined): Teller {
  const connected = (): Bot => {
    const found = bot();
    if (!found) throw new AppError('slack.unavailable', { detail: 'Plumbline is not connected to Slack.' });
    return found;
  };
  const placeOf = async (to: string): Promise<string> =>
    /^[UW]/.test(to) ? connected().slack.directMessage(to) : to;
  const findPosted = async (
    channel: string,
    key: string,
    thread: { channel: string; ts: string } | null,
  ): Promise<{ channel: string; ts: string } | null> => {
    const place = thread ?? { channel, ts: undefined };
    const ts = await connected().slack.messageWithBlock(place.channel, blockKey(key), place.ts);
    return ts ? { channel: place.channel, ts } : null;
  };
  return {
    digests: {
      async post(subscription: Subscription, digest, key) {
        const { slack, needs } = connected();
        const message = digestMessage(digest, await needs.locale(), { subscription: subscription.id, key });
        return slack.post({ channel: await placeOf(subscription.to) }, message);
      },
      findPosted: async (subscription, key) =>
        connected().slack.messageWithBlock(await placeOf(subscription.to), key),
    },
    alertsIn: (channel) => ({
      async post(alert, day, key) {
        const { slack, needs } = connected();
        const message = alertMessage(alert, WORDS.complete(dayInWords(day)), await needs.locale(), key);
        return { channel, ts: await slack.post({ channel }, message) };
      },
      async postOver(state, key) {
        const message = alertOverMessage({
          headline: state.headline,
          sentence: ALERT_WORDS.over(state.headline),
          key,
        });
        const place = state.place ?? { channel, ts: undefined };
        return connected().slack.post({ channel: place.channel, thread: place.ts }, message);
      },
      findPosted: (key, thread) => findPosted(channel, key, thread),
    }),
    lateFeedsIn: (channel) => ({
      async post({ kind, sentence }, key, thread) {
        const place = thread ?? { channel, ts: undefined };
        const sign = kind === 'late' ? LATE_WORDS.sign : ALERT_WORDS.overSign;
        const message = signedNote(sign, sentence, key, kind === 'late' ? LATE_WORDS.means : '');
        const ts = await connected().slack.post({ channel: place.channel, thread: place.ts }, message);
        return { channel: place.channel, ts };
      },
      findPosted: (key, thread) => findPosted(channel, key, thread),
    }),
    findingsIn: (channel) => ({
      async post({ feed, batch, sentences }, key) {
        const said = [FINDING_WORDS.of(feed, batch), ...sentences].join(' ');
        const message = signedNote(FINDING_WORDS.sign, said, key, FINDING_WORDS.means);
        return connected().slack.post({ channel }, message);
      },
      findPosted: async (key) => (await findPosted(channel, key, null))?.ts ?? null,
    }),
    muteEndsIn: (channel) => ({
      async post({ feed }, runs, key) {
        const counts = new Map<string, number>();
        for (const run of runs) counts.set(run.outcome, (counts.get(run.outcome) ?? 0) + 1);
        const said = [...counts].map(([outcome, count]) => `${count} ${outcome.replaceAll('-', ' ')}`);
        const message = signedNote('🔔', RUN_WORDS.muteOver(feed, said.join(', ')), key, feed);
        return connected().slack.post({ channel }, message);
      },
      findPosted: async (key) => (await findPosted(channel, key, null))?.ts ?? null,
    }),
    rules: rulePoster(connected, placeOf),
    async restate(restatement, earlier) {
      const { slack } = connected();
      const message = restatedMessage(restatement);
      if (earlier && (await slack.update(restatement.channel, earlier, message))) return earlier;
      return slack.post({ channel: restatement.channel, thread: restatement.thread }, message);
    },
    async findRestated({ channel, thread, key }) {
      return (await findPosted(channel, key, { channel, ts: thread }))?.ts ?? null;
    },
    async rightsAt(to) {
      const { who } = connected();
      return /^[UW]/.test(to) ? who.rightsOf(to) : (await who.audienceOf(to)).rights;
    },
    channelNamed: (name) => connected().slack.channelNamed(name.replace(/^#/, '')),
  };
}

export function restatedMessage({ lines, sentence, key }: Restatement): SlackMessage {
  const questions = [...new Set(lines.map((line) => line.question))];
  const said = questions.flatMap((question) => [
    RESTATED_WORDS.asked(question),
    ...lines
      .filter((line) => line.question === question)
      .map((line) => RESTATED_WORDS.was(line.label, line.was, line.is)),
  ]);
  return {
    text: `${RESTATED_WORDS.sign} ${sentence} ${said.join(' ')}`,
    blocks: [
      headline('headline', `${RESTATED_WORDS.sign} ${sentence}`),
      section('changes', said.join('\n')),
      ...context(blockKey(key), [
        [...new Set(lines.map((line) => line.receipt))].slice(0, 5).map(WORDS.receipt).join(', '),
      ]),
    ],
  };
}
