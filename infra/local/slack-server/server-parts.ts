import type { AppLink } from './app-link.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import type { Workspace } from './workspace.ts';

/** What every part of the server works with. */
export type ServerParts = {
  workspace: Workspace;
  app: AppLink;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  tokens: { bot: string; app: string };
  signingSecret: string;
  /** 'http://127.0.0.1:PORT', without a final slash; known once the server listens. */
  baseUrl: () => string;
};
