import type { Fact } from '../ports/fact-topic.ts';
import type { NoticeMessage } from './notice-desk.ts';

/** A notice for people outside of Slack: the same facts as plain text. */
export function noticeFact(message: NoticeMessage): Fact {
  if (message.kind === 'summary') {
    const { counts, lines, runs, window } = message.summary;
    const said = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome.replaceAll('-', ' ')}`);
    return {
      key: `summary/${window}/${runs.at(-1) ?? ''}`,
      subject: `${runs.length} runs ended: ${said.join(', ')}`,
      text: [`${runs.length} runs ended: ${said.join(', ')}.`, ...lines, `All: ${runs.join(' ')}`].join('\n'),
      attributes: { kind: 'summary', outcome: (counts['failed'] ?? 0) > 0 ? 'failed' : 'loaded' },
    };
  }
  const { notice } = message;
  const { run } = notice;
  const subject =
    message.kind === 'recovered' ? `${run.feed} loads again: ${notice.headline}` : notice.headline;
  return {
    key: `${message.kind}/${run.id}/${run.outcome}`,
    subject,
    text: [
      `${subject}.`,
      ...notice.sentences,
      '',
      ...notice.facts.map(({ name, value }) => `${name}: ${value}`),
    ].join('\n'),
    attributes: { kind: message.kind, feed: run.feed, outcome: run.outcome },
  };
}
