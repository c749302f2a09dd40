import { describe, expect, it } from 'vitest';
import { gz, notes, PAYMENTS, tryFiles } from './support.ts';

const NESTED = `payment_id: { type: code, required: true }
order.id: { type: code, to: order_id, required: true }
method: { type: text, synonyms: [paid_by] }
amount: { type: decimal, required: true }
note: { type: text, to: null, optional: true }`;

describe('JSON lines', () => {
  it('are rows of their own lines, numbers as written, values inside objects by their path', async () => {
    const lines = [
      '{"payment_id":"p1","order":{"id":"007"},"paid_by":"card, \\"gold\\"","amount":12345678901234.5678}',
      '',
      '{"Amount":-0.50,"payment id":"p2","order":{"id":8,"x":1},"method":"cash","note":null,"list":[1,{"a":2.50}]}',
      '{"payment_id":"p3","order.id":"9","method":"two\\nlines","amount":"1.25"}',
    ];
    for (const content of [lines.join('\n'), gz(`${lines.join('\r\n')}\r\n`)]) {
      const tried = await tryFiles({ 'pay.jsonl': content }, notes(NESTED));
      const rows = await tried.rows('payments');
      expect(
        rows.map((row) => [
          row['payment_id'],
          row['order_id'],
          row['method'],
          row['amount'],
          row['source_line'],
        ]),
      ).toEqual([
        ['p1', '007', 'card, "gold"', '12345678901234.5678', '1'],
        ['p2', '8', 'cash', '-0.50', '3'],
        ['p3', '9', 'two\nlines', '1.25', '4'],
      ]);
      expect(tried.files[0]?.unused).toEqual(['order.x', 'list']);
    }
  });

  it('that are broken or lack a value are refused one by one, and shown as they came', async () => {
    const lines = [
      '{"payment_id":"p1","order_id":"1","method":"card","amount":5}',
      '{"payment_id":"p2","order_id":"2","method":"card","amount":',
      '[1,2]',
      '{"payment_id":"p4","order_id":"4","method":"card"}',
      '{"payment_id":"p5","order_id":"5","Order ID":"6","method":"card","amount":1}',
      '{"payment_id":"p\\u00006","order_id":"5","method":"card","amount":1}',
    ];
    const tried = await tryFiles({ 'pay.jsonl': lines.join('\n') }, notes(PAYMENTS));
    expect(tried.files[0]?.counts).toEqual({ read: 6, accepted: 1, refused: 5, waiting: 0 });
    const refused = await tried.refused();
    expect(refused.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      ['2', '', 'The line is not JSON.'],
      ['3', '', 'The line is not a JSON object.'],
      ['4', 'amount', 'is empty but required'],
      ['5', '', "The line names 'order_id' twice."],
      ['6', '', "'payment_id' holds a NUL character, as no text does."],
    ]);
    expect(refused[0]?.['raw']).toBe(lines[1]);
  });

  it('that never name a column which the feed needs are not loaded, and what they do name is said', async () => {
    const work = tryFiles(
      { 'pay.jsonl': '{"payment_id":"p1","order_id":"1","methd":"x","amount":1}\n' },
      notes(PAYMENTS),
    );
    await expect(work).rejects.toMatchObject({
      code: 'file.missing-column',
      detail: "pay.jsonl lacks 'method' (is it 'methd'?). What else its lines name: methd.",
    });
  });

  it('are told from a JSON list, which cannot be read as it comes', async () => {
    const list = '[\n{"payment_id":"p1","order_id":"1","method":"x","amount":1}\n]';
    await expect(tryFiles({ 'pay.json': list }, notes(PAYMENTS))).rejects.toMatchObject({
      code: 'file.not-text',
      detail: expect.stringContaining('Write one object a line'),
    });
    const broken = await tryFiles({ 'pay.jsonl': '{"payment_id":\n{"payment_id"\n' }, notes(PAYMENTS));
    expect(broken.files[0]?.counts).toMatchObject({ read: 2, refused: 2 });
  });

  it('are known by what they name where no pattern fits', async () => {
    const tried = await tryFiles(
      { 'x.ndjson': '{"payment_id":"p1","order_id":"1","method":"x","amount":1}\n' },
      notes(PAYMENTS),
    );
    expect(tried.received.feed).toBe('payments');
  });
});
