import { App, type HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { type Announcer, createAnnouncer } from './announcer.ts';
import type { Bot } from './bot.ts';
import { downloadFile } from './download-file.ts';
import { aside } from './ending-in-a-sentence.ts';
import { handleQuestion, leaseMs } from './handle-question.ts';
import { httpReceiver } from './http-receiver.ts';
import type { SlackNeeds } from './needs.ts';
import { isOwnWorkspace } from './own-workspace.ts';
import { pacedFetch } from './paced-fetch.ts';
import { carryOnAllRecords } from './record-notices.ts';
import { registerDoors } from './register-doors.ts';
import { resumeQuestions } from './resume-questions.ts';
import { createRunning } from './running.ts';
import { slackClient } from './slack-client.ts';
import { createTeller, type Teller } from './teller.ts';
import { tellExpiredUploads } from './upload-sweep.ts';
import { whoListens } from './who-listens.ts';

export type SlackConnection = {
  botToken: string;
  /** Socket mode. */
  appToken?: string;
  /** HTTP, when there is no app token. */
  signingSecret?: string;
  /** Another Slack: the local workspace, or a test. */
  apiUrl?: string | undefined;
};

export type SlackApp = {
  /** HTTP only: the port to listen on; requests come to /slack/events. */
  start(port?: number): Promise<void>;
  /** Ready once started. */
  announcer: Announcer;
  /** Posts digests, alerts and restatements; ready once started. */
  teller: Teller;
  /** Ends uploads that waited too long, with a word; it does so by itself every minute, too. */
  sweepUploads(): Promise<void>;
  /** Lets the answers that are on their way end, stops those that do not. */
  stop(): Promise<void>;
};

const API_CALL = { timeoutMs: 15_000, tries: 5, longestWaitMs: 60_000 };
const SWEEP_EVERY_MS = 60_000;
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

/** Plumbline in Slack: Slack's own framework and client, our handlers. */
export function createSlackApp({ slack, needs }: { slack: SlackConnection; needs: SlackNeeds }): SlackApp {
  const running = createRunning();
  const clientOptions = {
    ...(slack.apiUrl ? { slackApiUrl: slack.apiUrl } : {}),
    fetch: pacedFetch(API_CALL) as never,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 100,
    logLevel: LogLevel.ERROR,
  };
  const web = new WebClient(slack.botToken, clientOptions);
  let app: App | undefined;
  let bot: Bot | undefined;
  let resuming: NodeJS.Timeout | undefined;
  let sweeping: NodeJS.Timeout | undefined;

  return {
    announcer: createAnnouncer(() => bot, needs),
    teller: createTeller(() => bot),
    async start(port) {
      const me = await web.auth.test();
      const identity = {
        botToken: slack.botToken,
        botId: me.bot_id ?? '',
        botUserId: me.user_id ?? '',
        teamId: me.team_id ?? '',
      };
      const client = slackClient(web, { teamId: identity.teamId, workspaceUrl: me.url ?? null });
      bot = {
        slack: client,
        needs,
        who: whoListens(client, needs, { userId: identity.botUserId }, () => needs.clock.now().getTime()),
        running,
        userId: identity.botUserId,
        teamId: identity.teamId,
        download: (file) =>
          downloadFile(file, { botToken: slack.botToken, apiUrl: slack.apiUrl, maxBytes: MAX_UPLOAD_BYTES }),
      };
      app = new App({
        receiver: receiverFor(slack),
        authorize: async (source, body) => {
          const own = { teamId: identity.teamId, enterpriseId: me.enterprise_id };
          if (!isOwnWorkspace(source, body, own)) throw new Error('It comes from another workspace.');
          return identity;
        },
        clientOptions,
        logLevel: LogLevel.ERROR,
        ignoreSelf: true,
        // What a thread was about is kept in the record store.
        convoStore: false,
      });
      const connected = bot;
      registerDoors(app, connected);
      await app.start(port ?? 0);
      const resume = () => resumeQuestions(connected, handleQuestion);
      resuming = setInterval(
        () => aside(resume(), needs.log, 'questions were not resumed'),
        leaseMs(needs.settings),
      );
      resuming.unref();
      const carryOn = () =>
        aside(carryOnAllRecords(connected), needs.log, 'money records were not carried on');
      sweeping = setInterval(() => {
        aside(tellExpiredUploads(connected), needs.log, 'uploads were not swept');
        carryOn();
      }, SWEEP_EVERY_MS);
      sweeping.unref();
      await resume();
      carryOn();
    },
    sweepUploads: async () => {
      if (bot) await tellExpiredUploads(bot);
    },
    async stop() {
      clearInterval(resuming);
      clearInterval(sweeping);
      await app?.stop();
      const late = setTimeout(() => running.stopAll(), needs.settings.stopWithinMs);
      await running.idle();
      clearTimeout(late);
      app = undefined;
      bot = undefined;
    },
  };
}

function receiverFor(slack: SlackConnection): SocketModeReceiver | HTTPReceiver {
  if (slack.appToken)
    return new SocketModeReceiver({
      appToken: slack.appToken,
      logLevel: LogLevel.ERROR,
      ...(slack.apiUrl ? { installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } } } : {}),
    });
  return httpReceiver(slack.signingSecret ?? '');
}
