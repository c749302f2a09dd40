import { WebClient } from '@slack/web-api';
import { AppError } from '../domain/app-error.ts';
import { type Announcer, createAnnouncer } from './announcer.ts';
import type { SlackNeeds } from './needs.ts';
import { pacedFetch } from './paced-fetch.ts';
import { type SlackClient, slackClient } from './slack-client.ts';

export type TellingAlone = { announcer: Announcer; slack: SlackClient };

const API_CALL = { timeoutMs: 15_000, tries: 5, longestWaitMs: 30_000 };

/** Tells in Slack with the bot's token, from a process that is not the bot and hears nothing. */
export function announceAlone(
  options: { botToken: string; apiUrl: string | undefined; noticeChannel: string; runLogLink: string | null },
  needs: Pick<SlackNeeds, 'conversations' | 'smallRecords' | 'clock' | 'publish'>,
): TellingAlone {
  const web = new WebClient(options.botToken, {
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    fetch: pacedFetch(API_CALL) as never,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const slack = slackClient(web, { teamId: '', workspaceUrl: null });
  const { noticeChannel, runLogLink } = options;
  const locale = () => Promise.reject(new AppError('internal', { detail: 'Only the bot tells uploaders.' }));
  const { announce } = createAnnouncer(
    () => ({ slack, needs: { ...needs, locale, settings: { noticeChannel, runLogLink } } }),
    needs,
  );
  return {
    announcer: { announce: async (notice) => (notice.run.upload ? leftToTheBot() : announce(notice)) },
    slack,
  };
}

/** Who uploaded a spreadsheet gets a receipt, for which more must be known than here; the bot sees it was not told. */
function leftToTheBot(): never {
  throw new AppError('slack.unavailable', { detail: 'The bot tells of uploads.' });
}
