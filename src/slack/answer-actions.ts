import type { ChartSpec } from '../domain/answer.ts';
import type { ResultTable } from '../domain/result-table.ts';
import { withoutAgreement } from '../questions/ask-before-costly.ts';
import { chooseChart } from '../questions/choose-chart.ts';
import { resultHash } from '../questions/make-receipt.ts';
import { ACTIONS, FORMS } from './action-ids.ts';
import type { Asked } from './asked.ts';
import { type Block, context, form, textInput } from './block.ts';
import type { Bot } from './bot.ts';
import { altText, chartBlock } from './chart-block.ts';
import { type Click, isDirect, placeFor, sentence, tellClicker } from './click.ts';
import { fileName, toCsv } from './csv.ts';
import { escapeMrkdwn } from './escape.ts';
import { handleQuestion } from './handle-question.ts';
import { readLeaningValue } from './leans-on.ts';
import { receiptFor } from './receipt-for.ts';
import { receiptForm } from './receipt-form.ts';
import { noteStop } from './stop-elsewhere.ts';
import { BUTTONS, WORDS } from './words.ts';

/** What the buttons under an answer do. */

export async function showSql(click: Click, bot: Bot): Promise<void> {
  const receipt = await receiptFor(click, click.value, bot);
  await bot.slack.openForm(click.trigger, receiptForm(receipt));
}

/** The rows again, with the rights of those who will see the file. */
export async function sendCsv(click: Click, bot: Bot): Promise<void> {
  const receipt = await receiptFor(click, click.value, bot);
  const { place, rights } = await placeFor(click, bot);
  const outcome = await bot.needs.readAgain(receipt, rights);
  if (outcome.kind !== 'result') return tellClicker(click, sentence(escapeMrkdwn(outcome.text)), bot);
  const changed = rights.id === receipt.rightsId && resultHash(outcome.table) !== receipt.resultHash;
  const title = escapeMrkdwn(receipt.understood.line);
  await bot.slack.upload(place, {
    name: fileName(receipt.understood.line, 'csv'),
    bytes: toCsv(outcome.table),
    comment: changed ? `${WORDS.csvComment(title)}\n${WORDS.csvChanged}` : WORDS.csvComment(title),
  });
}

/** The same figures as another kind of chart, in the same message where it can be changed. */
export async function changeChart(click: Click, bot: Bot): Promise<void> {
  const [kind = '', receiptId = ''] = click.value.split(' ');
  const receipt = await receiptFor(click, receiptId, bot);
  const { place, rights } = await placeFor(click, bot);
  const outcome = await bot.needs.readAgain(receipt, rights);
  if (outcome.kind !== 'result') return tellClicker(click, sentence(escapeMrkdwn(outcome.text)), bot);
  const usual = chooseChart(outcome.table, receipt.understood.line, '');
  const spec = usual && asKind(usual, kind);
  if (!spec) return tellClicker(click, sentence(WORDS.nothingToDraw), bot);
  const locale = await bot.needs.locale();
  const native = chartBlock(spec, outcome.table, locale);
  if (native && click.channel && click.messageTs && !click.ephemeral) {
    const blocks = withChart(click.message.blocks, native);
    await bot.slack.update(click.channel, click.messageTs, { text: click.message.text, blocks });
    return;
  }
  if (native) {
    await bot.slack.post(place, { text: escapeMrkdwn(spec.title), blocks: [native] });
    return;
  }
  await drawAndSend(spec, outcome.table, click, bot);
}

/** A form with the question, to be edited and asked again. */
export async function changeQuestion(click: Click, bot: Bot): Promise<void> {
  const receipt = await receiptFor(click, click.value, bot);
  await bot.slack.openForm(
    click.trigger,
    form({
      callbackId: FORMS.change,
      title: WORDS.changeTitle,
      submit: BUTTONS.ask,
      close: BUTTONS.close,
      carries: JSON.stringify({ channel: click.channel, thread: click.thread, receiptId: receipt.id }),
      blocks: [
        textInput('question', WORDS.changeLabel, {
          initial: receipt.question,
          multiline: true,
          hint: WORDS.changeHint,
        }),
      ],
    }),
  );
}

/** A follow-up, a choice or 'ask again': its whole question is in the button. */
export async function askFromButton(click: Click, bot: Bot): Promise<void> {
  const isChoice = click.actionId.startsWith('ask.choice') || click.actionId === ACTIONS.choose;
  const { text, leans } = readLeaningValue(click.value);
  const again = click.actionId === ACTIONS.askAgain ? `/${click.at}` : '';
  const direct = click.channel === null || isDirect(click.channel) || click.ephemeral;
  const channel =
    click.channel && !click.ephemeral ? click.channel : await bot.slack.directMessage(click.user);
  const asked: Asked = {
    key: `click/${click.channel ?? 'home'}/${click.messageTs ?? click.at}/${isChoice ? 'choice' : click.actionId}/${click.user}${again}`,
    door: click.channel === null ? 'home' : 'button',
    text,
    leans,
    asker: click.user,
    team: click.team || bot.teamId,
    channel,
    thread: click.channel && !click.ephemeral ? click.thread : null,
    direct,
  };
  if (isChoice && click.channel && click.messageTs && !click.ephemeral)
    await bot.slack.update(click.channel, click.messageTs, {
      text: click.message.text,
      blocks: withoutChoices(click.message.blocks, click.value),
    });
  await handleQuestion(asked, bot);
}

/** The question may be at work in another instance, which then sees that it is to stop. */
export async function stopAnswer(click: Click, bot: Bot): Promise<void> {
  const [asker = '', key = ''] = click.value.split(' ');
  if (asker !== click.user) return tellClicker(click, sentence(WORDS.onlyAskerStops), bot);
  if (bot.running.stop(key)) return;
  const claim = await bot.needs.conversations.claim(key, 0);
  if (claim.state === 'busy') await noteStop(key, bot.needs);
  else await tellClicker(click, sentence(WORDS.nothingToStop), bot);
}

async function drawAndSend(spec: ChartSpec, table: ResultTable, click: Click, bot: Bot): Promise<void> {
  const { charts } = bot.needs;
  if (!charts) return tellClicker(click, sentence(WORDS.nothingToDraw), bot);
  const { place } = await placeFor(click, bot);
  await bot.slack.upload(place, {
    name: fileName(spec.title, 'png'),
    bytes: await charts.draw(spec, table),
    altText: altText(spec, table, await bot.needs.locale()),
    comment: WORDS.chartComment,
  });
}

function asKind(spec: ChartSpec, kind: string): ChartSpec | null {
  switch (kind) {
    case 'line':
    case 'bar':
    case 'area':
      return { ...spec, kind };
    case 'pie':
      return { ...spec, kind, y: spec.y.slice(0, 1), series: null };
    default:
      return null;
  }
}

function withChart(blocks: Block[], chart: Block): Block[] {
  const rest = blocks.filter((block) => block.block_id !== 'chart');
  const about = rest.findIndex((block) => block.block_id === 'about');
  return [...rest.slice(0, about + 1), chart, ...rest.slice(about + 1)];
}

/** The buttons go, so that nobody wonders whether they were pressed; what was chosen stays. */
function withoutChoices(blocks: Block[], chosen: string): Block[] {
  return blocks.flatMap((block) =>
    block.block_id === 'choices' ? context('chosen', [WORDS.chosen(withoutAgreement(chosen).text)]) : [block],
  );
}
