import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../infra/local/slack-server/workspace-types.ts';
import { type ADynamodb, aDynamodb } from '../support/a-dynamodb.ts';
import { type AnUploadDesk, anUploadDesk } from '../support/an-upload-desk.ts';

let store: ADynamodb;
let desk: AnUploadDesk;
beforeAll(async () => {
  store = await aDynamodb();
  desk = await anUploadDesk(store);
}, 60_000);
afterAll(async () => {
  await desk.close();
  await store.close();
});

const JOURNAL = `Date,Account,Account name,Description,Debit,Credit
2026-02-03,6000,Rent,Shop rent,1200.50,
2026-02-03,1200,Bank,Shop rent,,1200.50
2026-02-04,6100,Power,Light,80.25,
2026-02-04,1200,Bank,Light,,80.25
Total,,,,1280.75,1280.75
`;

/** The card or receipt in the thread of a shared file. */
async function reply(dropped: Message, words: string): Promise<Message> {
  return desk.workspace.waitFor(`a reply with '${words}'`, () =>
    desk.workspace.replies(dropped).find((each) => textOf(each).includes(words)),
  );
}

function textOf(message: Message): string {
  return `${message.text} ${JSON.stringify(message.blocks ?? [])}`;
}

const entries = () =>
  desk.pipeline.rows('select count(*), sum(debit), sum(credit) from retail.ledger_entries');

describe('a spreadsheet in Slack', () => {
  test('is shown, loaded once Load is pressed, receipted to the cent, and taken back', async () => {
    const { workspace } = desk;
    const dropped = await workspace.uploads('aisha', '#finance', { 'journal.csv': JOURNAL });
    const card = await reply(dropped, 'Nothing is loaded yet');
    expect(card.text).toContain('journal.csv: 4 ledger entries, 3 Feb 2026 to 4 Feb 2026');
    for (const said of ['6000 Rent', '1,280.75', 'left out as total', 'Shop rent'])
      expect(textOf(card)).toContain(said);
    expect(await desk.deliver()).toEqual([]);
    expect(await entries()).toEqual([['0', 'null', 'null']]);

    await workspace.clicks('aisha', card, 'Load');
    await workspace.waitFor('the bucket', async () => true);
    await reply(dropped, 'pressed Load');
    const [run] = await desk.deliver();
    expect(run).toMatchObject({ outcome: 'loaded', rows: { read: 4, loaded: 4, refused: 0 } });
    expect(await entries()).toEqual([['4', '1280.7500', '1280.7500']]);
    const receipt = await reply(dropped, 'journal.csv is loaded');
    for (const said of [
      '4 rows read = 4 loaded + 0 refused',
      'debit: 1,280.75 in the file, the same',
      String(run?.batch),
    ])
      expect(textOf(receipt)).toContain(said);

    await workspace.clicks('aisha', receipt, 'Undo');
    await reply(dropped, 'was taken back');
    expect(await entries()).toEqual([['0', 'null', 'null']]);
  });
});
