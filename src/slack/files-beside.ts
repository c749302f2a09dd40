import type { Answer } from '../domain/answer.ts';
import type { AnswerMessage } from './answer-message.ts';
import type { Bot } from './bot.ts';
import { altText } from './chart-block.ts';
import { fileName, toCsv } from './csv.ts';
import { aside } from './ending-in-a-sentence.ts';
import { escapeMrkdwn } from './escape.ts';
import type { Place } from './slack-client.ts';
import { WORDS } from './words.ts';

/** The picture and the CSV file that belong to an answer but do not fit into its message. */
export async function sendFilesBeside(
  message: AnswerMessage,
  answer: Answer,
  place: Place,
  bot: Bot,
): Promise<void> {
  if (answer.kind !== 'answered') return;
  const { charts, log } = bot.needs;
  if (message.needsPicture && answer.chart && charts) {
    const spec = answer.chart;
    const locale = await bot.needs.locale();
    aside(
      charts.draw(spec, answer.table).then((bytes) =>
        bot.slack.upload(place, {
          name: fileName(spec.title, 'png'),
          bytes,
          altText: altText(spec, answer.table, locale),
        }),
      ),
      log,
      'a picture could not be sent',
    );
  }
  if (message.needsCsv)
    aside(
      bot.slack.upload(place, {
        name: fileName(answer.understood.line, 'csv'),
        bytes: toCsv(answer.table),
        comment: WORDS.csvComment(escapeMrkdwn(answer.understood.line)),
      }),
      log,
      'a CSV file could not be sent',
    );
}
