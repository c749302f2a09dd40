import { z } from 'zod';
import { apiError } from '../api-error.ts';
import { shareFiles } from '../file-sharing.ts';
import { wireFile } from '../wire-shapes.ts';
import { BOT } from '../workspace-data.ts';
import { contentsOf } from './chat.ts';
import { arg, type Method, method } from './method.ts';
import { threadRoot, writableChannel } from './places.ts';

/** Slack takes files to 1 GB; here less is kept, since it goes through memory. */
const MAX_UPLOAD_BYTES = 200 * 1024 * 1024;

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': method({
    scopes: ['files:write'],
    args: {
      filename: z.string().min(1),
      length: arg.number,
      alt_text: arg.optionalText,
      alt_txt: arg.optionalText,
      snippet_type: arg.optionalText,
    },
    run(args, parts) {
      if (!(args.length > 0)) throw apiError('invalid_arguments', ['[ERROR] length must be above 0']);
      if (args.length > MAX_UPLOAD_BYTES) throw apiError('file_upload_size_restricted');
      const id = parts.workspace.newId('F');
      const altText = args.alt_text ?? args.alt_txt;
      parts.workspace.files.set(id, {
        id,
        name: args.filename,
        title: args.filename,
        mimetype: mimetypeOf(args.filename),
        sizeBytes: args.length,
        user: BOT.userId,
        createdAt: Math.floor(parts.workspace.now().getTime() / 1000),
        shares: [],
        ...(altText ? { altText } : {}),
      });
      return { upload_url: `${parts.baseUrl()}/upload/v1/${id}`, file_id: id };
    },
  }),

  'files.completeUploadExternal': method({
    scopes: ['files:write'],
    args: {
      files: arg.json,
      channel_id: arg.optionalText,
      channels: arg.optionalText,
      thread_ts: arg.optionalText,
      initial_comment: arg.optionalText,
      blocks: arg.json.optional(),
    },
    async run(args, parts) {
      const wanted = z
        .array(z.object({ id: z.string(), title: z.string().optional() }))
        .min(1)
        .safeParse(args.files);
      if (!wanted.success) throw apiError('invalid_arguments');
      for (const { id, title } of wanted.data) {
        const file = parts.workspace.files.get(id);
        if (!file || file.user !== BOT.userId) throw apiError('file_not_found');
        if (!(await parts.workspace.storage.readFile(id))) throw apiError('file_update_failed');
        parts.workspace.putFile({ ...file, title: title ?? file.title });
      }
      const ids = wanted.data.map((file) => file.id);
      const channelIds = [args.channel_id, ...(args.channels?.split(',') ?? [])].filter(
        (id) => id !== undefined,
      );
      for (const channelId of channelIds) {
        const channel = writableChannel(parts, channelId);
        const content =
          args.blocks === undefined
            ? { text: args.initial_comment ?? '' }
            : contentsOf({ text: '', blocks: args.blocks }, parts, 4000);
        shareFiles(parts, {
          ids,
          channel: channel.id,
          user: BOT.userId,
          ...content,
          ...(args.thread_ts ? { threadTs: threadRoot(parts, channel, args.thread_ts) } : {}),
        });
      }
      return { files: ids.flatMap((id) => wireFileFor(parts, id)) };
    },
  }),

  'files.info': method({
    scopes: ['files:read'],
    args: {
      file: arg.text,
      count: arg.number.optional(),
      cursor: arg.optionalText,
      limit: arg.number.optional(),
      page: arg.number.optional(),
    },
    run(args, parts) {
      const file = parts.workspace.files.get(args.file);
      const seen = file?.shares.some((share) =>
        parts.workspace.channels.get(share.channel)?.members.includes(BOT.userId),
      );
      if (!file || (file.user !== BOT.userId && !seen && !file.givenToApp)) throw apiError('file_not_found');
      return { file: wireFile(parts.baseUrl(), file), comments: [] };
    },
  }),

  'files.delete': method({
    scopes: ['files:write'],
    args: { file: arg.text },
    run(args, parts) {
      const file = parts.workspace.files.get(args.file);
      if (!file) throw apiError('file_not_found');
      if (file.user !== BOT.userId) throw apiError('cant_delete_file');
      parts.workspace.files.delete(file.id);
      return {};
    },
  }),
};

function wireFileFor(parts: Parameters<Method['run']>[1], id: string) {
  const file = parts.workspace.files.get(id);
  return file ? [wireFile(parts.baseUrl(), file)] : [];
}

const MIMETYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  gz: 'application/gzip',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  pdf: 'application/pdf',
  png: 'image/png',
  sql: 'text/plain',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
};

export function mimetypeOf(name: string): string {
  return MIMETYPES[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
