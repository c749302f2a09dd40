import type { AuthorizeSourceData } from '@slack/bolt';

/** Who we are to Slack, as `auth.test` says. */
export type OwnWorkspace = { teamId: string; enterpriseId: string | undefined };

/** What an interaction says of where our app is installed; `team` is the clicking person's in a channel shared with others. */
type Interaction = {
  view?: { app_installed_team_id?: string };
  message?: { team?: string };
};

/**
 * Whether a request comes through the workspace that this Plumbline works for. An app that is installed in several gets
 * the requests of all of them under one signing secret, and here only one of them may ask. People of other workspaces in
 * a channel that is shared with ours come through ours.
 */
export function isOwnWorkspace(
  { teamId, enterpriseId, isEnterpriseInstall }: AuthorizeSourceData<boolean>,
  body: unknown,
  own: OwnWorkspace,
): boolean {
  if (isEnterpriseInstall) return own.enterpriseId !== undefined && enterpriseId === own.enterpriseId;
  const { view, message } = (body ?? {}) as Interaction;
  return (view?.app_installed_team_id ?? message?.team ?? teamId) === own.teamId;
}
