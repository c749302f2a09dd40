export type {
  PageFile,
  PageMessage,
  PagePush,
  PageReply,
  PageRequests,
  PageSnapshot,
  PageView,
} from '../../slack-server/page-contract.ts';
export type { AssistantThread, Channel, Json, Person } from '../../slack-server/workspace-types.ts';
