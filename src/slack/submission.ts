/** A form that a person sent: what of Slack's payload matters. */
export type Submission = {
  user: string;
  team: string;
  /** Different for each opening of a form. */
  viewId: string;
  /** By input; several choices are joined by commas. */
  values: Record<string, string>;
  /** What the form carried along. */
  carried: Record<string, string | null | undefined>;
};

type Body = { user?: { id?: string; team_id?: string }; team?: { id?: string } | null };
type View = {
  id?: string;
  private_metadata?: string;
  state?: {
    values?: Record<
      string,
      Record<
        string,
        {
          value?: string | null;
          selected_option?: { value?: string } | null;
          selected_time?: string | null;
          selected_options?: { value?: string }[];
        }
      >
    >;
  };
};

export function readSubmission(rawBody: unknown, rawView: unknown): Submission {
  const body = rawBody as Body;
  const view = rawView as View;
  const values: Record<string, string> = {};
  for (const inputs of Object.values(view.state?.values ?? {}))
    for (const [id, input] of Object.entries(inputs)) {
      const several = input.selected_options?.map((option) => option.value ?? '').join(',');
      const value = input.selected_option?.value ?? input.selected_time ?? several ?? input.value;
      if (value) values[id] = value;
    }
  return {
    user: body.user?.id ?? '',
    team: body.team?.id ?? body.user?.team_id ?? '',
    viewId: view.id ?? '',
    values,
    carried: view.private_metadata ? JSON.parse(view.private_metadata) : {},
  };
}
