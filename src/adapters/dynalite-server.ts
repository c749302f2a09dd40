import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { AppError } from '../domain/app-error.ts';

export type DynaliteServer = { endpoint: string; close(): Promise<void> };

/**
 * DynamoDB in this process, on a free port of this machine alone, in a folder or (null) in memory. It answers only
 * to callers with the access key, and to no web page: dynalite itself would answer to anyone on the machine, and
 * to any page in a browser on it.
 */
export async function startDynalite(options: {
  folder: string | null;
  accessKeyId: string;
}): Promise<DynaliteServer> {
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(options.folder ? { path: options.folder } : {}),
  });
  onlyFor(server, options.accessKeyId);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AppError('records.unavailable', { cause, detail: 'No port could be opened on this machine.' }),
      ),
    );
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function onlyFor(server: Server, accessKeyId: string): void {
  const [answer] = server.listeners('request') as ((request: IncomingMessage, response: unknown) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const known = (request.headers.authorization ?? '').includes(`Credential=${accessKeyId}/`);
    if (known && !request.headers.origin) return answer?.(request, response);
    request.resume();
    response.writeHead(403, { 'content-type': 'application/x-amz-json-1.0' });
    response.end('{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"not for you"}');
  });
}
