import { AppError } from '../domain/app-error.ts';
import { announceAlone, type TellingAlone } from '../slack/announce-alone.ts';
import type { Parts } from './open-parts.ts';

/** Slack, for a function that tells. Errors: config.invalid when no bot token was put into the secret. */
export function telling({ config, stores }: Parts): TellingAlone {
  if (config.slack.kind === 'local')
    throw new AppError('config.invalid', {
      detail: 'SLACK_BOT_TOKEN is not set: put it into the secret that the deployment made for it.',
    });
  const { botToken, apiUrl } = config.slack;
  return announceAlone({ botToken, apiUrl, noticeChannel: config.noticeChannel }, stores);
}
