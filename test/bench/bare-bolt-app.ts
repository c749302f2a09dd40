/** Entry point of a process: a Bolt app that acknowledges everything and does nothing else. */
import { App, LogLevel } from '@slack/bolt';

const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = process.env;
const app = new App({
  token: SLACK_BOT_TOKEN ?? '',
  appToken: SLACK_APP_TOKEN ?? '',
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
});
app.message(async () => undefined);
await app.start();
