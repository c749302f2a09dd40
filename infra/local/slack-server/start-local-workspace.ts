import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { isApiError } from './api-error.ts';
import { createAppLink } from './app-link.ts';
import { isForeign } from './http/guard.ts';
import { createMischief, type Mischief } from './http/mischief.ts';
import { pageApi } from './http/page-api.ts';
import { findPageFolder, pageFiles } from './http/page-files.ts';
import { pageSockets } from './http/page-sockets.ts';
import { readArguments, readBody } from './http/read-body.ts';
import { replyJson, replyText } from './http/reply.ts';
import { webApi } from './http/web-api.ts';
import { downloadForApp, downloadForPerson, receiveUpload } from './http/workspace-files.ts';
import { createHttpTransport } from './http-transport.ts';
import { ALL_SCOPES } from './methods/all-methods.ts';
import type { PageCommand, PageShortcut } from './page-contract.ts';
import { createResponseUrls, respond } from './response-urls.ts';
import type { ServerParts } from './server-parts.ts';
import { createSocketTransport } from './socket-transport.ts';
import { createTriggers } from './triggers.ts';
import { createWorkspace } from './workspace.ts';
import { CHANNELS, GROUP_MESSAGES, PEOPLE, USER_GROUPS } from './workspace-data.ts';
import { openWorkspaceStorage } from './workspace-storage.ts';
import type { Channel, Json, Person, UserGroup } from './workspace-types.ts';

export type LocalWorkspaceOptions = {
  /** 0 or nothing: any free one. */
  port?: number;
  /** Where messages and files are kept; null keeps them in memory. */
  dataFolder?: string | null;
  people?: readonly Person[];
  channels?: readonly Channel[];
  userGroups?: readonly UserGroup[];
  /** What the bot was granted; everything unless told. */
  scopes?: readonly string[];
  /** Slash commands and message shortcuts that the page offers. */
  commands?: readonly PageCommand[];
  /** What the page's dashboard shows a person, as JSON; without it there is none. */
  dashboard?: (person: string) => Promise<unknown>;
  shortcuts?: readonly PageShortcut[];
  /** Send signed HTTP requests there instead of socket mode. */
  requestUrl?: string;
  ackTimeoutMs?: number;
  retryDelaysMs?: readonly number[];
  triggerLifetimeMs?: number;
  now?: () => Date;
};

type Call = { method: string; args: Json; result: Json };

export type LocalWorkspace = {
  /** The page. */
  url: string;
  /** For `clientOptions.slackApiUrl`; ends with '/api/'. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  /** For tests: the parts behind the server, the calls that came, and faults on demand. */
  parts: ServerParts;
  calls: Call[];
  mischief: Mischief;
  /** Open sockets of the app. */
  connections(): number;
  /** Asks the app to connect anew, as Slack does now and then. */
  refreshConnections(): void;
  /** Switches to signed HTTP requests, once the app listens. */
  sendRequestsTo(requestUrl: string): void;
  close(): Promise<void>;
};

const CALLS_KEPT = 2000;

/** Starts the local workspace on loopback: Slack's Web API, socket mode or HTTP events, and the page. */
export async function startLocalWorkspace(options: LocalWorkspaceOptions = {}): Promise<LocalWorkspace> {
  const now = options.now ?? (() => new Date());
  const storage = await openWorkspaceStorage(options.dataFolder ?? null);
  const tokens = { bot: `xoxb-local-${secret()}`, app: `xapp-1-A0PLUMB001-${secret()}` };
  const signingSecret = secret();
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000;
  const scopes = new Set(options.scopes ?? ALL_SCOPES);
  const tickets = new Set<string>();
  const calls: Call[] = [];
  const mischief = createMischief();
  let port = 0;
  const baseUrl = () => `http://127.0.0.1:${port}`;

  const sockets = createSocketTransport({ ackTimeoutMs, onConnected: () => app.wake() });
  const overHttp = (requestUrl: string) =>
    createHttpTransport({ requestUrl, signingSecret, ackTimeoutMs, now });
  let http = options.requestUrl ? overHttp(options.requestUrl) : undefined;
  const app = createAppLink({
    transport: () => http ?? sockets,
    retryDelaysMs: options.retryDelaysMs ?? [0, 60_000, 300_000],
  });
  const parts: ServerParts = {
    workspace: createWorkspace({
      people: options.people ?? PEOPLE,
      channels: [...(options.channels ?? CHANNELS), ...(options.channels ? [] : GROUP_MESSAGES)],
      userGroups: options.userGroups ?? USER_GROUPS,
      storage,
      now,
    }),
    app,
    triggers: createTriggers({ lifetimeMs: options.triggerLifetimeMs ?? 3000, now }),
    responseUrls: createResponseUrls({ baseUrl, now }),
    tokens,
    signingSecret,
    baseUrl,
  };

  const noteCall = (method: string, args: Json, result: Json) => {
    calls.push({ method, args, result });
    if (calls.length > CALLS_KEPT) calls.shift();
  };
  const openConnection = () => {
    const ticket = secret();
    tickets.add(ticket);
    return `ws://127.0.0.1:${port}/link/?ticket=${ticket}`;
  };
  let pageFolder = findPageFolder();

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isForeign(request, port))
      return replyText(response, 403, 'This server answers its own machine only.');
    const url = new URL(request.url ?? '/', baseUrl());
    const [, first = '', second = '', third = ''] = url.pathname.split('/').map(decodeURIComponent);
    const person = url.searchParams.get('as') ?? '';
    if (request.method === 'POST') {
      if (first === 'api')
        return webApi(request, response, second, { parts, scopes, mischief, openConnection, noteCall });
      if (first === 'respond') return answerResponseUrl(request, response, second, parts);
      if (first === 'upload') return receiveUpload(request, response, third, parts);
      if (first === 'page') return pageApi(request, response, second, person, parts);
    }
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (first === 'api')
        return webApi(request, response, second, { parts, scopes, mischief, openConnection, noteCall });
      if (first === 'files-pri')
        return downloadForApp(request, response, second.split('-')[1] ?? '', parts, scopes.has('files:read'));
      if (first === 'page' && second === 'files') return downloadForPerson(response, third, person, parts);
      if (
        first === 'page' &&
        second === 'dashboard' &&
        options.dashboard &&
        parts.workspace.people.has(person)
      )
        return replyJson(response, 200, await options.dashboard(person));
      if (first === 'page' && second === 'people')
        return replyJson(response, 200, {
          people: [...parts.workspace.people.values()].filter((each) => each.kind !== 'bot'),
        });
      pageFolder ??= findPageFolder();
      return pageFiles(response, url.pathname, pageFolder);
    }
    replyText(response, 405, 'This cannot be done here.');
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      process.emitWarning(error instanceof Error ? error : String(error));
      if (!response.headersSent) replyText(response, 500, 'Something went wrong in the local workspace.');
      else response.end();
    });
  });

  const upgrades = new WebSocketServer({ noServer: true });
  const pages = pageSockets(parts, {
    commands: () => [...(options.commands ?? [])],
    shortcuts: () => [...(options.shortcuts ?? [])],
    connected: () => (http ?? sockets).ready(),
  });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', baseUrl());
    const isApp = url.pathname === '/link/' && tickets.delete(url.searchParams.get('ticket') ?? '');
    const isPage = url.pathname === '/page/live';
    if (isForeign(request, port) || (!isApp && !isPage)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      if (isApp) {
        sockets.accept(webSocket);
        pages.tellConnected();
        webSocket.on('close', () => pages.tellConnected());
      } else pages.accept(webSocket, url.searchParams.get('as') ?? '');
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;

  return {
    url: `${baseUrl()}/`,
    apiUrl: `${baseUrl()}/api/`,
    botToken: tokens.bot,
    appToken: tokens.app,
    signingSecret,
    parts,
    calls,
    mischief,
    connections: () => sockets.count(),
    refreshConnections: () => sockets.refresh(),
    sendRequestsTo(requestUrl) {
      http = overHttp(requestUrl);
      app.wake();
    },
    async close() {
      app.close();
      pages.close();
      await sockets.close();
      upgrades.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await storage.settle();
    },
  };
}

async function answerResponseUrl(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  parts: ServerParts,
): Promise<void> {
  const body = await readBody(request, 1024 * 1024);
  const args = body && (await readArguments(request.headers['content-type'] ?? '', body));
  if (!args) return replyText(response, 400, 'invalid_payload');
  try {
    respond(parts, parts.responseUrls.take(id), args);
    replyText(response, 200, 'ok');
  } catch (error) {
    if (!isApiError(error)) throw error;
    replyText(response, 404, error.slackError);
  }
}

function secret(): string {
  return randomBytes(16).toString('hex');
}
