import type { SlackNeeds } from './needs.ts';
import type { Running } from './running.ts';
import type { SlackClient, SlackFile } from './slack-client.ts';
import type { WhoListens } from './who-listens.ts';

/** What every handler works with. */
export type Bot = {
  slack: SlackClient;
  needs: SlackNeeds;
  who: WhoListens;
  running: Running;
  userId: string;
  teamId: string;
  download(file: SlackFile): Promise<Uint8Array>;
};
