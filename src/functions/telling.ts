import { AppError } from '../domain/app-error.ts';
import { noticeFact } from '../runs/notice-fact.ts';
import { announceAlone, type TellingAlone } from '../slack/announce-alone.ts';
import type { Parts } from './open-parts.ts';

/** Slack, for a function that tells. Errors: config.invalid when no bot token was put into the secret. */
export function telling({ config, stores }: Parts): TellingAlone {
  if (config.slack.kind === 'local')
    throw new AppError('config.invalid', {
      detail: 'SLACK_BOT_TOKEN is not set: put it into the secret that the deployment made for it.',
    });
  const { botToken, apiUrl } = config.slack;
  const { topic } = stores;
  return announceAlone(
    {
      botToken,
      apiUrl,
      noticeChannel: config.noticeChannel,
      runLogLink: config.runLogLink ?? null,
    },
    { ...stores, ...(topic ? { publish: (message) => topic.publish(noticeFact(message)) } : {}) },
  );
}
