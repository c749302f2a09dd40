import { setTimeout as sleep } from 'node:timers/promises';
import { elementsOf } from '../../infra/local/slack-server/blocks/check-blocks.ts';
import { click, runMessageShortcut } from '../../infra/local/slack-server/people/click.ts';
import type { PersonOutcome } from '../../infra/local/slack-server/people/interaction.ts';
import { runCommand } from '../../infra/local/slack-server/people/run-command.ts';
import {
  changeMembership,
  keepFile,
  openAppHome,
  openAssistant,
  react,
  say,
  stopAnswer,
  upload,
} from '../../infra/local/slack-server/people/say.ts';
import {
  closeForm,
  type FormOutcome,
  submitForm,
} from '../../infra/local/slack-server/people/submit-form.ts';
import {
  type LocalWorkspace,
  type LocalWorkspaceOptions,
  startLocalWorkspace,
} from '../../infra/local/slack-server/start-local-workspace.ts';
import { topView } from '../../infra/local/slack-server/views.ts';
import { BOT, CHANNELS, directMessageId, PEOPLE } from '../../infra/local/slack-server/workspace-data.ts';
import type { Json, Message } from '../../infra/local/slack-server/workspace-types.ts';

/** People and places by name: 'mara' and '#sales', or their ids. '@mara' as a channel is her DM with Plumbline. */
export type WorkspaceForTests = LocalWorkspace & {
  person(name: string): string;
  channel(name: string): string;
  says(user: string, channel: string, text: string, thread?: string): Message;
  uploads(
    user: string,
    channel: string,
    files: Record<string, string | Uint8Array>,
    text?: string,
    thread?: string,
  ): Promise<Message>;
  /** Clicks the element with this action id (or visible label) on a message, or in the open form or Home tab of the user. */
  clicks(user: string, on: Message | 'form' | 'home', action: string, chosen?: Json): Promise<PersonOutcome>;
  runsCommand(user: string, channel: string, command: string, text?: string): Promise<PersonOutcome>;
  runsShortcut(user: string, on: Message, callbackId: string): Promise<PersonOutcome>;
  /** Answers by action id; plain text is put into Slack's shape for the element. */
  submitsForm(user: string, answers: Record<string, unknown>): Promise<FormOutcome>;
  closesForm(user: string): Promise<PersonOutcome>;
  opensHome(user: string): void;
  opensAssistant(user: string, besideChannel?: string): Message;
  stopsAnswer(user: string, channel: string, thread: string): void;
  reacts(user: string, on: Message, name: string): void;
  joins(user: string, channel: string): void;
  /** Everything there, oldest first, with what only one person sees. */
  messages(channel: string): Message[];
  replies(root: Message): Message[];
  /** The newest that only this person sees there, as JSON of its text and blocks; waits for one. */
  shownTo(user: string, channel: string): Promise<string>;
  form(user: string): Json | undefined;
  home(user: string): Json | undefined;
  /** The next message of Plumbline after `after` that fits; waits for streams to end. Fails after the time-out. */
  waitForReply(after: Message, fits?: (message: Message) => boolean, timeoutMs?: number): Promise<Message>;
  waitFor<T>(what: string, find: () => T | undefined | false, timeoutMs?: number): Promise<T>;
};

/** Starts the local workspace on a free loopback port, for one test. Close it at the end. */
export async function aWorkspace(options: LocalWorkspaceOptions = {}): Promise<WorkspaceForTests> {
  const server = await startLocalWorkspace({
    triggerLifetimeMs: 30_000,
    retryDelaysMs: [0, 200, 400],
    ...options,
  });
  const { parts } = server;
  const { workspace } = parts;
  const person = (name: string) => named(PEOPLE, name) ?? name;
  const channel = (name: string) =>
    name.startsWith('@')
      ? directMessageId(person(name.slice(1)))
      : (named(CHANNELS, name.replace(/^#/, '')) ?? name);

  const self: WorkspaceForTests = {
    ...server,
    person,
    channel,
    says: (user, place, text, thread) =>
      asMessage(
        say(parts, {
          person: person(user),
          channel: channel(place),
          text,
          ...(thread ? { threadTs: thread } : {}),
        }),
      ),
    uploads: async (user, place, files, text = '', thread) =>
      asMessage(
        await upload(parts, {
          person: person(user),
          channel: channel(place),
          text,
          files: Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) })),
          ...(thread ? { threadTs: thread } : {}),
        }),
      ),
    clicks(user, on, action, chosen) {
      const id = person(user);
      const place = placeOf(self, id, on);
      const { block, element } = findElement(place.blocks, action);
      return click(parts, {
        person: id,
        on: place.on,
        blockId: String(block.block_id),
        actionId: String(element.action_id),
        ...(chosen ? { chosen } : {}),
      });
    },
    runsCommand: (user, place, command, text = '') =>
      runCommand(parts, { person: person(user), channel: channel(place), command, text }),
    runsShortcut: (user, on, callbackId) =>
      runMessageShortcut(parts, { person: person(user), channel: on.channel, ts: on.ts, callbackId }),
    async submitsForm(user, answers) {
      const id = person(user);
      const open = topView(parts, id);
      if (!open) throw new Error(`${user} has no form open`);
      const values: Record<string, Record<string, Json>> = {};
      for (const block of open.view.blocks as Json[])
        for (const element of elementsOf(block)) {
          const actionId = String(element.action_id);
          if (block.type !== 'input' && !(actionId in answers)) continue;
          const value = await answerFor(self, id, element, answers[actionId]);
          values[String(block.block_id)] = { ...values[String(block.block_id)], [actionId]: value };
        }
      return submitForm(parts, { person: id, view: open.id, values });
    },
    closesForm(user) {
      const open = topView(parts, person(user));
      return closeForm(parts, { person: person(user), view: open?.id ?? '' });
    },
    opensHome: (user) => void openAppHome(parts, person(user), 'home'),
    opensAssistant: (user, besideChannel) =>
      openAssistant(parts, person(user), besideChannel ? channel(besideChannel) : null),
    stopsAnswer: (user, place, thread) => void stopAnswer(parts, person(user), channel(place), thread),
    reacts: (user, on, name) =>
      void react(parts, { person: person(user), channel: on.channel, ts: on.ts, name }),
    joins: (user, place) =>
      void changeMembership(parts, { person: person(user), channel: channel(place), joins: true }),
    messages: (place) => workspace.messagesIn(channel(place)),
    replies: (root) =>
      workspace.messagesIn(root.channel).filter((each) => each.threadTs === (root.threadTs ?? root.ts)),
    async shownTo(user, place) {
      const message = await self.waitFor('something private', () =>
        self.messages(place).findLast((each) => each.ephemeralFor === person(user)),
      );
      return JSON.stringify([message.text, message.blocks]);
    },
    form: (user) => topView(parts, person(user))?.view,
    home: (user) => workspace.homes.get(person(user))?.view,
    waitForReply: (after, fits = () => true, timeoutMs = 10_000) =>
      self.waitFor(
        `a reply to '${after.text.slice(0, 60)}'`,
        () =>
          workspace
            .messagesIn(after.channel)
            .find(
              (each) => each.user === BOT.userId && each.ts > after.ts && !each.stream?.open && fits(each),
            ),
        timeoutMs,
      ),
    async waitFor(what, find, timeoutMs = 10_000) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const found = find();
        if (found !== undefined && found !== false) return found;
        if (Date.now() > until) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
        await sleep(10);
      }
    },
  };
  return self;
}

function named(list: readonly { id: string; name: string }[], name: string): string | undefined {
  return list.find((each) => each.name === name)?.id;
}

function asMessage(outcome: Message | PersonOutcome): Message {
  if ('ts' in outcome) return outcome;
  throw new Error(outcome.ok ? 'nothing was posted' : outcome.reason);
}

function placeOf(
  self: WorkspaceForTests,
  person: string,
  on: Message | 'form' | 'home',
): { on: { channel: string; ts: string } | { view: string }; blocks: Json[] } {
  if (typeof on !== 'string') {
    const now = self.parts.workspace.findMessage(on.channel, on.ts) ?? on;
    return { on: { channel: on.channel, ts: on.ts }, blocks: now.blocks ?? [] };
  }
  const open = on === 'home' ? self.parts.workspace.homes.get(person) : topView(self.parts, person);
  if (!open) throw new Error(`${person} has no ${on} open`);
  return { on: { view: open.id }, blocks: open.view.blocks as Json[] };
}

function findElement(blocks: Json[], wanted: string): { block: Json; element: Json } {
  const offered: string[] = [];
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const label = (element.text as { text?: string } | undefined)?.text ?? '';
      if (element.action_id === wanted || label === wanted) return { block, element };
      offered.push(`${String(element.action_id)} (${label})`);
    }
  for (const block of blocks) {
    const inside = [block.child_blocks, block.type === 'carousel' ? block.elements : undefined].filter(
      Array.isArray,
    );
    if (inside.length > 0) return findElement(inside.flat() as Json[], wanted);
  }
  throw new Error(`no element '${wanted}'; there are: ${offered.join(', ')}`);
}

/** Puts a plain answer into the shape that Slack uses for this element; nothing given means its initial value. */
async function answerFor(
  self: WorkspaceForTests,
  person: string,
  element: Json,
  answer: unknown,
): Promise<Json> {
  const type = String(element.type);
  if (
    typeof answer === 'object' &&
    answer !== null &&
    !Array.isArray(answer) &&
    !(answer instanceof Uint8Array) &&
    type !== 'file_input'
  )
    return { type, ...(answer as Json) };
  const options = [
    ...((element.options ?? []) as Json[]),
    ...((element.option_groups ?? []) as Json[]).flatMap((group) => group.options as Json[]),
  ];
  const option = (value: unknown) => options.find((each) => each.value === value) ?? null;
  if (type === 'static_select' || type === 'radio_buttons')
    return {
      type,
      selected_option: answer === undefined ? (element.initial_option ?? null) : option(answer),
    };
  if (type === 'multi_static_select' || type === 'checkboxes')
    return {
      type,
      selected_options:
        answer === undefined ? (element.initial_options ?? []) : (answer as unknown[]).map(option),
    };
  if (type === 'datepicker') return { type, selected_date: answer ?? element.initial_date ?? null };
  if (type === 'timepicker') return { type, selected_time: answer ?? element.initial_time ?? null };
  if (type === 'users_select') return { type, selected_user: answer ?? element.initial_user ?? null };
  if (type === 'conversations_select')
    return { type, selected_conversation: answer ?? element.initial_conversation ?? null };
  if (type === 'channels_select')
    return { type, selected_channel: answer ?? element.initial_channel ?? null };
  if (type === 'multi_users_select') return { type, selected_users: answer ?? element.initial_users ?? [] };
  if (type === 'file_input') {
    const files = Object.entries((answer ?? {}) as Record<string, string | Uint8Array>);
    const ids: Json[] = [];
    for (const [name, content] of files)
      ids.push({ id: await keepFile(self.parts, person, { name, bytes: Buffer.from(content) }) });
    return { type, files: ids };
  }
  return {
    type,
    value: answer === undefined ? (element.initial_value ?? null) : `${answer as string | number}`,
  };
}
