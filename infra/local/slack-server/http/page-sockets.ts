import { WebSocket } from 'ws';
import type { PageCommand, PagePush, PageShortcut } from '../page-contract.ts';
import { personById } from '../people/interaction.ts';
import { pushFor, snapshotFor } from '../people/page-view.ts';
import type { ServerParts } from '../server-parts.ts';

export type PageSockets = {
  accept(socket: WebSocket, person: string): void;
  /** Shows on every page whether the app is there. */
  tellConnected(): void;
  close(): void;
};

/** Live pages: each gets all that its person sees, then what changes. */
export function pageSockets(
  parts: ServerParts,
  offer: { commands: () => PageCommand[]; shortcuts: () => PageShortcut[]; connected: () => boolean },
): PageSockets {
  const pages = new Map<WebSocket, string>();
  const send = (socket: WebSocket, push: PagePush) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(push));
  };
  const stopListening = parts.workspace.onChange((change) => {
    for (const [socket, person] of pages) {
      const push = pushFor(parts, person, change);
      if (push) send(socket, push);
    }
  });
  return {
    accept(socket, personId) {
      const person = personById(parts, personId);
      if (!person) return socket.close(4403, 'no such person');
      pages.set(socket, personId);
      socket.on('close', () => pages.delete(socket));
      socket.on('error', () => socket.terminate());
      send(
        socket,
        snapshotFor(parts, person, {
          commands: offer.commands(),
          shortcuts: offer.shortcuts(),
          connected: offer.connected(),
        }),
      );
    },
    tellConnected() {
      for (const socket of pages.keys()) send(socket, { type: 'connected', connected: offer.connected() });
    },
    close() {
      stopListening();
      for (const socket of pages.keys()) socket.terminate();
    },
  };
}
