import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptIn } from '../../../src/adapters/compiled-readings.ts';
import { createSpreadsheetReader } from '../../../src/adapters/spreadsheet-reader.ts';
import { spreadsheetWork } from '../../../src/adapters/spreadsheet-work.ts';

const RUN = fileURLToPath(new URL('../../../infra/run.js', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-compiled-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = () => ({ PATH: process.env['PATH'], PLUMBLINE_HOME: join(folder, 'home'), LOG_LEVEL: 'silent' });

async function program(...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [RUN, 'src/cli.ts', ...args], {
    env: env(),
  });
  return JSON.parse(stdout);
}

describe('a program that was compiled', () => {
  it('reads a spreadsheet in its worker as the source does', async () => {
    const path = join(folder, 'costs.csv');
    writeFileSync(path, 'Date;Account;Amount\n03.01.2026;4000;12,50\n04.01.2026;4010;7,25\n');
    const bytes = new Uint8Array(
      Buffer.from('Date;Account;Amount\n03.01.2026;4000;12,50\n04.01.2026;4010;7,25\n'),
    );
    const preview = await createSpreadsheetReader({ work: spreadsheetWork }).preview(
      { name: 'costs.csv', bytes },
      {},
    );
    expect(preview.sheets[0]?.rowsRead).toBe(2);
    expect(await program('inspect', path, '--json')).toEqual(JSON.parse(JSON.stringify(preview)));
  });

  it('opens a warehouse, its reader and the records of a new home, and finds its files', async () => {
    expect(await program('runs', '--json')).toEqual([]);
  });
});

it('what a command prints is whole for a reader that is slower than the command', async () => {
  const queries = Array.from({ length: 2_000 }, (_, id) => JSON.stringify({ id, sql: 'select 1 as one' }));
  const path = join(folder, 'queries.jsonl');
  writeFileSync(path, queries.join('\n'));
  // A pipe holds 64 kB; the reader begins when the command has long done all else.
  const { stdout } = await promisify(execFile)(
    'sh',
    ['-c', '"$0" "$@" < "$QUERIES" | (sleep 2; cat)', process.execPath, RUN, 'src/cli.ts', 'vet', '--json'],
    { env: { ...env(), QUERIES: path }, maxBuffer: 10_000_000 },
  );
  const answers = stdout.trimEnd().split('\n');
  expect(stdout.length).toBeGreaterThan(65_536);
  expect(answers.map((line) => (JSON.parse(line) as { id: unknown }).id)).toEqual(queries.map((_, id) => id));
});

describe('readings that are kept', () => {
  it('are made once for the same texts, and anew for others', () => {
    const kept = keptIn(folder);
    let made = 0;
    const read = (text: string) => kept('words', [text], () => ({ text, times: ++made }));
    expect(read('a')).toEqual({ text: 'a', times: 1 });
    expect(read('a')).toEqual({ text: 'a', times: 1 });
    expect(read('b')).toEqual({ text: 'b', times: 2 });
  });

  it('tell texts apart by where each of them ends', () => {
    const kept = keptIn(folder);
    expect(kept('parts', ['ab', 'c'], () => 1)).toBe(1);
    expect(kept('parts', ['a', 'bc'], () => 2)).toBe(2);
  });

  it('are not kept where they would not come back as they were, or failed, or were cut off', () => {
    const kept = keptIn(folder);
    const odd = () => kept('odd', ['x'], () => new Map([[1, 2]]));
    expect(odd()).toEqual(new Map([[1, 2]]));
    expect(odd()).toEqual(new Map([[1, 2]]));
    expect(() =>
      kept('failed', ['x'], () => {
        throw new Error('line 3 is wrong');
      }),
    ).toThrow('line 3 is wrong');
    expect(kept('failed', ['x'], () => 'right now')).toBe('right now');
  });
});
