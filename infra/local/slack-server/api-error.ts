/** A refusal with Slack's own error name; `messages` become response_metadata.messages. */
export type ApiError = Error & { slackError: string; messages: string[]; extra: Record<string, unknown> };

export function apiError(
  name: string,
  messages: string[] = [],
  extra: Record<string, unknown> = {},
): ApiError {
  return Object.assign(new Error(name), { slackError: name, messages, extra });
}

export function isApiError(thrown: unknown): thrown is ApiError {
  return thrown instanceof Error && 'slackError' in thrown;
}
