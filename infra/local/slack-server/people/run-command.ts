import { isApiError } from '../api-error.ts';
import { respond } from '../response-urls.ts';
import type { ServerParts } from '../server-parts.ts';
import { BOT, TEAM } from '../workspace-data.ts';
import {
  channelName,
  channelOf,
  DONE,
  NO_ANSWER,
  type PersonOutcome,
  personById,
  refuse,
} from './interaction.ts';

/** A person types a slash command. What comes back with the acknowledgement is shown to that person. */
export async function runCommand(
  parts: ServerParts,
  running: { person: string; channel: string; command: string; text: string },
): Promise<PersonOutcome> {
  const person = personById(parts, running.person);
  const channel = channelOf(parts, running.channel, running.person);
  if (!person || !channel) return refuse('You are not in this channel.');
  const result = await parts.app.ask('slash_commands', {
    token: 'local-verification-token',
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: channel.id,
    channel_name: channelName(channel).name,
    user_id: person.id,
    user_name: person.name,
    command: running.command,
    text: running.text,
    api_app_id: BOT.appId,
    is_enterprise_install: 'false',
    response_url: parts.responseUrls.issue({ channel: channel.id, person: person.id }),
    trigger_id: parts.triggers.issue(person.id),
  });
  if (!result.acknowledged) return NO_ANSWER;
  if (!result.response) return DONE;
  try {
    respond(parts, { channel: channel.id, person: person.id }, result.response);
    return DONE;
  } catch (error) {
    if (!isApiError(error)) throw error;
    return refuse(`Plumbline answered with something that cannot be shown (${error.slackError}).`);
  }
}
