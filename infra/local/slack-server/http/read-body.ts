import type { IncomingMessage } from 'node:http';
import type { Json } from '../workspace-types.ts';

/** The whole body, or undefined when it is longer than allowed. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Arguments of a Web API call: a form, JSON, or (for uploads) parts. Undefined when it is none of these. */
export async function readArguments(contentType: string, body: Buffer): Promise<Json | undefined> {
  if (body.byteLength === 0) return {};
  if (contentType.startsWith('application/json')) {
    try {
      const value: unknown = JSON.parse(body.toString());
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Json)
        : undefined;
    } catch {
      return undefined;
    }
  }
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body.toString()));
  if (contentType.startsWith('multipart/form-data'))
    return Object.fromEntries((await readForm(contentType, body)).entries());
  return undefined;
}

export function readForm(contentType: string, body: Buffer): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
}

/** The bytes of an uploaded file: the body itself, or the first file among its parts. */
export async function readUpload(contentType: string, body: Buffer): Promise<Buffer | undefined> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  for (const value of (await readForm(contentType, body)).values())
    if (typeof value !== 'string') return Buffer.from(await value.arrayBuffer());
  return undefined;
}
