import type { IncomingMessage, ServerResponse } from 'node:http';
import { isApiError } from '../api-error.ts';
import { ALL_METHODS } from '../methods/all-methods.ts';
import type { Method } from '../methods/method.ts';
import type { ServerParts } from '../server-parts.ts';
import type { Json } from '../workspace-types.ts';
import type { Mischief } from './mischief.ts';
import { readArguments, readBody } from './read-body.ts';
import { replyJson, replyText } from './reply.ts';

const MAX_CALL_BYTES = 4 * 1024 * 1024;

export type WebApiNeeds = {
  parts: ServerParts;
  scopes: ReadonlySet<string>;
  mischief: Mischief;
  openConnection: () => string;
  /** Told of every call, for tests. */
  noteCall: (method: string, args: Json, result: Json) => void;
};

/** POST /api/<method>: checks token, scope and arguments as Slack does, then runs the method. */
export async function webApi(
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
  needs: WebApiNeeds,
): Promise<void> {
  const body = await readBody(request, MAX_CALL_BYTES);
  const args =
    body && (await readArguments(request.headers['content-type'] ?? '', body).catch(() => undefined));
  const trick = needs.mischief.take(name);
  if (trick?.kind === 'hang') return;
  if (trick?.kind === 'rate-limit') {
    replyJson(
      response,
      429,
      { ok: false, error: 'ratelimited' },
      { 'retry-after': String(trick.retryAfterSeconds) },
    );
    return;
  }
  if (trick?.kind === 'http-status') {
    replyText(response, trick.status, 'upstream error');
    return;
  }
  const result: Json =
    trick?.kind === 'error'
      ? { ok: false, error: trick.error }
      : args
        ? await call(name, args, bearer(request, args), needs)
        : { ok: false, error: 'invalid_form_data' };
  const { token: _, ...noted } = args ?? {};
  needs.noteCall(name, noted, result);
  replyJson(response, 200, result, {
    'x-oauth-scopes': [...needs.scopes].join(','),
    'x-slack-req-id': needs.parts.workspace.newId('req'),
  });
}

async function call(name: string, given: Json, token: string | undefined, needs: WebApiNeeds): Promise<Json> {
  if (name === 'apps.connections.open') return openConnection(token, needs);
  const found: Method | undefined = Object.hasOwn(ALL_METHODS, name) ? ALL_METHODS[name] : undefined;
  if (!found) return { ok: false, error: 'unknown_method', req_method: name };
  if (token === undefined) return { ok: false, error: 'not_authed' };
  if (token !== needs.parts.tokens.bot)
    return { ok: false, error: token === needs.parts.tokens.app ? 'not_allowed_token_type' : 'invalid_auth' };
  if (found.scopes.length > 0 && !found.scopes.some((scope) => needs.scopes.has(scope)))
    return {
      ok: false,
      error: 'missing_scope',
      needed: found.scopes.join(','),
      provided: [...needs.scopes].join(','),
    };
  // The SDK adds the team to every call of an app that is installed in one.
  const { token: _, team_id: __, ...args } = given;
  const checked = found.args.safeParse(args);
  if (!checked.success)
    return {
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: checked.error.issues.map(
          (issue) => `[ERROR] ${issue.message} [json-pointer:/${issue.path.map(String).join('/')}]`,
        ),
      },
    };
  try {
    return { ok: true, ...(await found.run(checked.data as never, needs.parts)) };
  } catch (error) {
    if (!isApiError(error)) throw error;
    return {
      ok: false,
      error: error.slackError,
      ...error.extra,
      ...(error.messages.length > 0 ? { response_metadata: { messages: error.messages } } : {}),
    };
  }
}

function openConnection(token: string | undefined, needs: WebApiNeeds): Json {
  if (token === undefined) return { ok: false, error: 'not_authed' };
  if (token !== needs.parts.tokens.app)
    return { ok: false, error: token === needs.parts.tokens.bot ? 'not_allowed_token_type' : 'invalid_auth' };
  return { ok: true, url: needs.openConnection() };
}

function bearer(request: IncomingMessage, args: Json): string | undefined {
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? (typeof args.token === 'string' ? args.token : undefined);
}
