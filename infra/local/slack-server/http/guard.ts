import type { IncomingMessage } from 'node:http';

/**
 * Only programs and pages of this machine may talk to the server. A web page elsewhere may reach loopback addresses
 * through the visitor's browser (DNS rebinding, cross-site requests): its Host or Origin gives it away.
 */
export function isForeign(request: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (!hosts.includes((request.headers.host ?? '').toLowerCase())) return true;
  const { origin } = request.headers;
  if (origin !== undefined && !hosts.some((host) => origin.toLowerCase() === `http://${host}`)) return true;
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  // A link from elsewhere may open the page; what it answers is not seen by where the link stood.
  if (request.method === 'GET' && mode === 'navigate') return false;
  return site === 'cross-site' || site === 'same-site';
}
