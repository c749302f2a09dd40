import type { SlackFile } from './slack-client.ts';

/** A form that a person sent: what of Slack's payload matters. */
export type Submission = {
  user: string;
  team: string;
  /** Different for each opening of a form. */
  viewId: string;
  /** By input; several choices are joined by commas. */
  values: Record<string, string>;
  /** By input; the bot cannot ask for files that are in no channel, so what Slack says of them here is all there is. */
  files: Record<string, SlackFile[]>;
  /** The form's inputs, in their order. */
  shown: string[];
  /** What the form carried along. */
  carried: Record<string, string | null | undefined>;
};

type FormFile = {
  id?: string;
  name?: string;
  size?: number;
  mode?: string;
  is_external?: boolean;
  url_private_download?: string;
};
type Body = { user?: { id?: string; team_id?: string }; team?: { id?: string } | null };
type View = {
  id?: string;
  blocks?: { type?: string; block_id?: string }[];
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
          selected_date?: string | null;
          files?: FormFile[];
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
  const files: Submission['files'] = {};
  for (const inputs of Object.values(view.state?.values ?? {}))
    for (const [id, input] of Object.entries(inputs)) {
      const several = input.selected_options?.map((option) => option.value ?? '').join(',');
      const picked = input.selected_option?.value ?? input.selected_time ?? input.selected_date;
      const value = picked ?? several ?? input.value;
      if (value) values[id] = value;
      if (input.files) files[id] = input.files.map(fileOf);
    }
  return {
    user: body.user?.id ?? '',
    team: body.team?.id ?? body.user?.team_id ?? '',
    viewId: view.id ?? '',
    values,
    files,
    shown: (view.blocks ?? []).flatMap(({ type, block_id: id }) => (type === 'input' && id ? [id] : [])),
    carried: view.private_metadata ? JSON.parse(view.private_metadata) : {},
  };
}

function fileOf(file: FormFile): SlackFile {
  return {
    id: file.id ?? '',
    name: file.name ?? file.id ?? 'file',
    sizeBytes: file.size ?? 0,
    mode: file.mode ?? '',
    isExternal: file.is_external === true,
    url: file.url_private_download ?? null,
    sharedIn: {},
  };
}
