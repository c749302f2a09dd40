import type { Dashboard } from '../dashboard/dashboard.ts';
import type { Run } from '../domain/run.ts';
import type { AuditEntry } from '../ports/audit-log.ts';
import { ACTIONS } from './action-ids.ts';
import { greetedAs } from './assistant-pane.ts';
import { actions, type Block, button, context, cut, plain, section } from './block.ts';
import type { Bot } from './bot.ts';
import { readChannelSettings } from './channel-settings.ts';
import type { Click } from './click.ts';
import { aside } from './ending-in-a-sentence.ts';
import { GREETINGS } from './greeting-words.ts';
import { dashboardBlocks } from './home-dashboard.ts';
import { type HomePicture, knownPicture, newPicture } from './home-picture.ts';
import { leaningValue } from './leans-on.ts';
import { openItems, type QueueItem } from './queue-store.ts';
import { recordHome } from './record-home.ts';
import { ruleListBlocks } from './rule-blocks.ts';
import { sign } from './run-blocks.ts';
import { type Said, saidIn } from './said-in.ts';
import { slackErrorName } from './slack-calls.ts';
import { subscriptionBlocks } from './telling-actions.ts';
import { RULE_WORDS } from './telling-words.ts';
import { uploadLines } from './upload-lines.ts';
import { BUTTONS, WORDS } from './words.ts';

export async function onHomeOpened(event: { user?: string; tab?: string }, bot: Bot): Promise<void> {
  if (event.user && event.tab !== 'messages') await publishHome(event.user, bot);
}

export async function refreshHome(click: Click, bot: Bot): Promise<void> {
  await publishHome(click.user, bot);
}

/** App Home as a dashboard: what this person may see, and what is theirs. */
async function publishHome(user: string, bot: Bot): Promise<void> {
  const { needs } = bot;
  const rights = await bot.who.rightsOf(user);
  const { timeZone } = await bot.who.person(user);
  const [dashboard, questions, waiting, locale] = await Promise.all([
    needs.dashboard(user, rights),
    needs.audit.list({ limit: 6, asker: user }),
    rights.roles.includes('data-owner') ? openItems(needs) : Promise.resolve(null),
    needs.locale(),
  ]);
  const zone = timeZone ?? needs.clock.timeZone;
  const said = saidIn(zone, locale);
  const at = (instant: string) => said.at(instant);
  const rest = {
    queueIn: waiting?.length ? await queueChannelOf(bot) : null,
    uploads: await uploadLines(user, 5, said, bot),
    records: await recordHome(user, bot),
    digests: (await needs.telling?.listSubscriptions(user)) ?? [],
    rules: (await needs.telling?.rules.list(user)) ?? [],
  };
  const blocks = (picture: Block | null): Block[] => [
    { type: 'header', block_id: 'title', text: plain(WORDS.home.title, 150) },
    section('greeting', GREETINGS[greetedAs(rights.roles)]),
    ...(waiting ? queueLines(waiting, at, rest.queueIn) : []),
    heading('kpi-title', WORDS.home.kpis),
    ...dashboardBlocks(dashboard, said, picture),
    { type: 'divider' },
    heading('upload-title', WORDS.home.uploads),
    ...rest.uploads,
    { type: 'divider' },
    heading('question-title', WORDS.home.questions),
    ...questionLines(questions, at),
    { type: 'divider' },
    heading('digest-title', WORDS.home.subscriptions),
    ...(needs.telling ? subscriptionBlocks(rest.digests) : [section('no-digests', WORDS.noSubscriptions)]),
    ...(needs.telling
      ? [{ type: 'divider' }, heading('rule-title', RULE_WORDS.listTitle), ...ruleListBlocks(rest.rules)]
      : []),
    ...rest.records,
    ...context('as-of', [WORDS.home.refreshed(at(needs.clock.now().toISOString()))]),
    ...actions('home-tools', [button(ACTIONS.refreshHome, BUTTONS.refresh, 'home')]),
  ];
  await publishWithPicture(user, dashboard, blocks, bot);
}

/** At once, with the picture if it is known; else again once Slack has it. A picture that Slack will not show is left out. */
async function publishWithPicture(
  user: string,
  dashboard: Dashboard,
  blocks: (picture: Block | null) => Block[],
  bot: Bot,
): Promise<void> {
  const publish = (picture: HomePicture | null) =>
    bot.slack.publishHome(user, blocks(picture?.block ?? null));
  const orPlain = async (picture: HomePicture) => {
    await publish(picture).catch(async (thrown: unknown) => {
      if (slackErrorName(thrown) === undefined) throw thrown;
      await picture.forget();
      await publish(null);
    });
  };
  const known = await knownPicture(dashboard, bot);
  if (known) return orPlain(known);
  await publish(null);
  const drawing = newPicture(dashboard, bot).then((drawn) => (drawn ? orPlain(drawn) : undefined));
  aside(bot.running.alongside(drawing), bot.needs.log, 'the picture of Home was not shown');
}

async function queueChannelOf(bot: Bot): Promise<string | null> {
  const { queueChannel } = await readChannelSettings(bot.needs);
  return queueChannel ? bot.slack.channelNamed(queueChannel.replace(/^#/, '')) : null;
}

function heading(id: string, text: string): Block {
  return { type: 'header', block_id: id, text: plain(text, 150) };
}

/** Also shown by `/plumbline runs` and `uploads`. */
export function runLines(id: string, runs: Run[], said: Said, none: string): Block[] {
  if (runs.length === 0) return [section(`no-${id}s`, none)];
  return runs.map((run, index) =>
    section(`${id}-${index}`, [runInWords(run, said), ...(run.undoneAt ? [WORDS.undone] : [])].join(' ')),
  );
}

function runInWords(run: Run, said: Said): string {
  return WORDS.runLine(
    sign(run.outcome),
    run.feed,
    run.outcome.replaceAll('-', ' '),
    said.count(run.rows.loaded),
    said.count(run.rows.refused),
    said.at(run.startedAt),
  );
}

function questionLines(entries: AuditEntry[], at: (instant: string) => string): Block[] {
  if (entries.length === 0) return [section('no-questions', WORDS.noQuestions)];
  return entries.map((entry, index) => ({
    ...section(
      `question-${index}`,
      `${cut(entry.question, 300)}\n${WORDS.home.outcomes[outcomeOf(entry)]}, ${at(entry.at)}`,
    ),
    accessory: button(
      `home.ask.${index}`,
      BUTTONS.askAgain,
      leaningValue('before', entry.receiptId, entry.question),
    ),
  }));
}

function outcomeOf({ outcome }: AuditEntry): keyof typeof WORDS.home.outcomes {
  const [kind = ''] = outcome.split(':');
  return kind in WORDS.home.outcomes ? (kind as keyof typeof WORDS.home.outcomes) : 'answered';
}

function queueLines(items: QueueItem[], at: (instant: string) => string, channel: string | null): Block[] {
  if (items.length === 0) return context('queue-title', [WORDS.home.queueEmpty]);
  return [
    heading('queue-title', `${WORDS.home.queue}: ${items.length}`),
    ...(channel
      ? [
          {
            type: 'context',
            block_id: 'queue-in',
            elements: [{ type: 'mrkdwn', text: WORDS.home.queueIn(channel), verbatim: true }],
          },
        ]
      : []),
    ...items
      .slice(0, 10)
      .map((item, index) =>
        section(
          `queue-${index}`,
          `${WORDS.queueTitles[item.kind]}: “${cut(item.question, 300)}”, ${at(item.at)}`,
        ),
      ),
    { type: 'divider' },
  ];
}
