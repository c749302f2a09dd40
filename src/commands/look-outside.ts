import type { Config } from '../config.ts';
import { AppError } from '../domain/app-error.ts';
import type { Check } from './doctor-command.ts';

const WITHIN_MS = 10_000;

/** Whether Slack takes the bot's token; on one machine with the local workspace there is nobody to ask. */
export async function slackAnswers({ slack }: Config): Promise<Check> {
  const name = 'Slack';
  if (slack.kind === 'local') return { name, ok: true, advice: 'local workspace' };
  const url = `${(slack.apiUrl ?? 'https://slack.com/api/').replace(/\/+$/, '')}/auth.test`;
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}` },
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    const { ok, error = String(reply.status), team } = (await reply.json()) as SlackReply;
    if (ok) return { name, ok, advice: `${slack.kind} mode, ${team ?? 'connected'}` };
    return { name, ok: false, advice: SLACK_ADVICE[error] ?? `Slack says '${error}'.` };
  } catch {
    return { name, ok: false, advice: `${new URL(url).host} cannot be reached from here.` };
  }
}

type SlackReply = { ok: boolean; error?: string; team?: string };

const NEW_TOKEN =
  "Take the bot token (xoxb-...) from the app's page under OAuth & Permissions, set SLACK_BOT_TOKEN, and start the bot again.";
const SLACK_ADVICE: Record<string, string> = {
  invalid_auth: `Slack does not know this token. ${NEW_TOKEN}`,
  not_authed: `No token was sent. ${NEW_TOKEN}`,
  token_expired: `The token has expired. ${NEW_TOKEN}`,
  token_revoked: `The token was revoked. ${NEW_TOKEN}`,
  account_inactive: `The app was taken out of the workspace. Install it again. ${NEW_TOKEN}`,
  ratelimited: 'Slack holds requests back. Try again in a minute.',
};

/** Whether the language model's server takes the key; lists its models, which costs nothing. */
export async function modelAnswers({ model }: Config): Promise<Check> {
  const name = 'language model';
  if (!model) return { name, ok: true, advice: 'not set: the deterministic planner answers alone' };
  const url = `${(model.baseUrl ?? 'https://api.openai.com/v1').replace(/\/+$/, '')}/models`;
  const reply = await fetch(url, {
    headers: { authorization: `Bearer ${model.apiKey}` },
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch(() => undefined);
  if (!reply)
    return {
      name,
      ok: false,
      advice: `${new URL(url).host} cannot be reached; until it is, the deterministic planner answers alone.`,
    };
  if (reply.status === 401 || reply.status === 403)
    return {
      name,
      ok: false,
      advice: 'The server refuses the key. Set OPENAI_API_KEY to one that is valid.',
    };
  return { name, ok: true, advice: `${model.name}, asked only when needed` };
}

/** What the login of questions may do, as the warehouse itself says; `read` asks as that login. */
export async function readerMayOnlyRead(
  read: (sql: string) => Promise<{ rows: unknown[][] }>,
): Promise<string> {
  const { rows } = await read(GRANTS_SQL);
  const found = rows.map(([schema, mayCreate]) => ({
    schema: String(schema),
    mayCreate: Number(mayCreate) === 1,
  }));
  const open = found.filter(({ schema }) => !schema.startsWith('policy'));
  const creates = found.filter(({ mayCreate }) => mayCreate);
  if (open.length + creates.length > 0)
    throw new AppError('warehouse.write-refused', {
      detail: [
        open.length > 0
          ? `The login of questions may use ${open.map(({ schema }) => schema).join(', ')}.`
          : '',
        creates.length > 0 ? `It may create in ${creates.map(({ schema }) => schema).join(', ')}.` : '',
        'Set REDSHIFT_READER_SECRET_ARN to the login of plumbline_reader and run `warehouse migrate` as the owner; if it is, revoke by hand what `warehouse diff` shows.',
      ].join(' '),
    });
  return `${found.length} policy schemas, and nothing else`;
}

/** Schemas that the login may use at all; those of the engine are everybody's. */
const GRANTS_SQL = `select nspname as schema_name, case when has_schema_privilege(nspname, 'create') then 1 else 0 end as may_create
from pg_namespace
where has_schema_privilege(nspname, 'usage')
  and nspname not like 'pg_%' and nspname not in ('information_schema', 'catalog_history', 'public')
order by 1`;
