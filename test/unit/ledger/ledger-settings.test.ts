import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '../../../src/domain/app-error.ts';
import { readLedgerSettings } from '../../../src/ledger/ledger-settings.ts';
import { LEDGER_FILE } from '../../support/a-ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(change: (text: string) => string): string {
  const file = join(folder, 'ledger.yaml');
  writeFileSync(file, change(readFileSync(LEDGER_FILE, 'utf8')));
  try {
    readLedgerSettings(file);
  } catch (error) {
    if (error instanceof AppError && error.code === 'config.invalid') return error.detail ?? '';
    throw error;
  }
  return 'none';
}

const lineOf = (words: string) =>
  readFileSync(LEDGER_FILE, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1;

test('the settings that come with it are whole', () => {
  const { accounts, taxes } = readLedgerSettings(LEDGER_FILE);
  expect(new Set(accounts.map(({ kind }) => kind)).size).toBe(5);
  expect(accounts.find(({ code }) => code === '6100')?.name).toBe('Rent');
  expect(taxes.map(({ rate }) => rate)).toEqual(['20', '5', '0']);
});

test.each([
  [
    'an account twice',
    'code: 1100',
    (text: string) => text.replace('code: 1100', 'code: 1000'),
    'account 1000 is there twice',
  ],
  [
    'a tax on no account',
    'code: R5',
    (text: string) => text.replace('rate: 5, account: 2200', 'rate: 5, account: 9999'),
    'there is no account 9999',
  ],
  [
    'a kind that there is not',
    'name: Stock',
    (text: string) => text.replace('name: Stock, kind: asset', 'name: Stock, kind: goods'),
    'Invalid option',
  ],
  [
    'a role that there is not',
    'mayClose',
    (text: string) => text.replace('mayClose: [accountant', 'mayClose: [boss'),
    'Invalid option',
  ],
  [
    'a limit that is no amount',
    'accountant: 1000',
    (text: string) => text.replace('accountant: 1000', 'accountant: much'),
    'must be an amount such as 1000',
  ],
])('%s is told with its line', (_, words, change, sentence) => {
  const told = problemsOf(change);
  expect(told).toContain(sentence);
  expect(told).toContain(`ledger.yaml:${lineOf(words)}:`);
});
