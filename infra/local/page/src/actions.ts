import { createContext, useContext } from 'react';
import type { PageReply, PageRequests } from './contract.ts';
import type { WorkspaceState } from './workspace-store.ts';

/** What every part of the page needs: what there is, who looks, and how to do things. */
export type Workspace = {
  state: WorkspaceState;
  ask: <N extends keyof PageRequests>(name: N, request: PageRequests[N]) => Promise<PageReply>;
  upload: (files: File[], fields: { channel: string; text: string; threadTs?: string }) => Promise<PageReply>;
  /** Keeps files for a form's file input and gives their ids. */
  keepFiles: (files: File[]) => Promise<string[]>;
  toast: (text: string) => void;
  openThread: (channel: string, threadTs: string) => void;
  fileUrl: (id: string) => string;
};

export const WorkspaceContext = createContext<Workspace | null>(null);

export function useActions(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('outside the workspace');
  return workspace;
}

export async function post(
  path: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<PageReply> {
  try {
    const response = await fetch(path, { method: 'POST', body, headers });
    return (await response.json()) as PageReply;
  } catch {
    return { ok: false, reason: 'Plumbline cannot be reached. Is it still running?' };
  }
}
