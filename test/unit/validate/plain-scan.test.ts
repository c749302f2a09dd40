import { describe, expect, it } from 'vitest';
import { type CellKind, compilePlainScan, type PlainScan } from '../../../etl/stages/plain-scan.ts';
import { scanTypedText } from '../../../etl/stages/plain-typed.ts';
import { randomFrom } from '../../support/random.ts';

const FORMS: Record<Exclude<CellKind, 'text'>, RegExp> = {
  number: /^-?[0-9]{1,13}(\.[0-9]{1,4})?$/,
  integer: /^-?[0-9]{1,9}$/,
  day: /^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$/,
  timestamp: /^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/,
};

/** What the automaton is to say, by another way. */
function isPlain(kind: CellKind, cell: string): boolean {
  if (cell === '') return true;
  if (kind === 'text') return cell.trim() === cell && !/[\n\t,"]/.test(cell);
  return FORMS[kind].test(cell) && (kind === 'number' || kind === 'integer' || isDay(cell.slice(0, 10)));
}

function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}

async function scanned(kinds: CellKind[], text: string, pieces = 1): Promise<boolean> {
  const bytes = Buffer.from(text);
  const size = Math.ceil(bytes.length / pieces);
  const chunks = async function* () {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  };
  const found = await scanTypedText(chunks(), { scanFor: () => scanOf(kinds), mostBytes: 1e6 });
  if (found) expect(found.lines).toBe(text.replace(/\n$/, '').split('\n').length);
  return found !== null;
}

const scans = new Map<string, PlainScan>();

function scanOf(kinds: CellKind[]): PlainScan {
  const known = scans.get(kinds.join()) ?? compilePlainScan(kinds, { delimiter: ',', quote: '"' });
  scans.set(kinds.join(), known);
  return known;
}

const KINDS: CellKind[] = ['text', 'number', 'integer', 'day', 'timestamp'];
const CELLS = [
  '',
  '0',
  '-0',
  '-',
  '--1',
  '+1',
  '1.',
  '.5',
  '1.5',
  '1.12345',
  '1.1234',
  '1e5',
  '1_000',
  ' 1',
  '1 ',
  '007',
  '1234567890123',
  '12345678901234',
  '-1234567890123.4567',
  '123456789',
  '1234567890',
  'NaN',
  'inf',
  '1,5',
  '2024-02-29',
  '2023-02-29',
  '1900-02-29',
  '2000-02-29',
  '2100-02-29',
  '2196-02-29',
  '2026-04-31',
  '2026-12-31',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-01-32',
  '1899-12-31',
  '2200-01-01',
  '2026-1-1',
  '2026-11-21 00:00:00',
  '2026-11-21 23:59:59',
  '2026-11-21 24:00:00',
  '2026-11-21 10:60:00',
  '2026-11-21T10:00:00',
  '2026-11-21 10:00',
  '2026-11-21 10:00:00.5',
  'Schön und gut',
  'a "b"',
  ' a',
  'a ',
  'a  b',
  'x\ty',
  '2026-11-21 ',
];

describe('the automaton over the bytes of a file', () => {
  it('takes the cells of each kind, and no others', async () => {
    for (const kind of KINDS)
      for (const cell of CELLS.filter((one) => !one.includes(',')))
        for (const [kinds, line] of [
          [[kind, 'text'], `${cell},x`],
          [['text', kind], `x,${cell}`],
        ] as [CellKind[], string][])
          expect(await scanned(kinds, `a,b\n${line}\n`, 3), `${kind}: ${line}`).toBe(isPlain(kind, cell));
  });

  it('says of every day of four centuries whether there is such a day', async () => {
    const random = randomFrom(7);
    for (let year = 1890; year < 2210; year += 1) {
      const days = Array.from(
        { length: 40 },
        () => `${year}-${two(random.upTo(14))}-${two(random.upTo(33))}`,
      ).concat([`${year}-02-28`, `${year}-02-29`]);
      for (const day of days)
        expect(await scanned(['day', 'text'], `a,b\n${day},\n`), day).toBe(isPlain('day', day));
    }
  });

  it('wants the header’s cells in each line, and no open end', async () => {
    const kinds: CellKind[] = ['text', 'number', 'text'];
    for (const good of ['a,b,c\nx,1,y\n', 'a,b,c\nx,1,y', 'a,b,c\nx,1,\n,,\n', 'a,b,c\n', 'a,"b",c\nx,2,y\n'])
      expect(await scanned(kinds, good), good).toBe(true);
    for (const bad of [
      'a,b,c\nx,1\n',
      'a,b,c\nx,1,y,\n',
      'a,b,c\n\n',
      'a,b,c\nx,1,y\n\nx,1,y\n',
      'a,b,c\nx,1',
      'a',
    ])
      expect(await scanned(kinds, bad), bad).toBe(false);
  });
});

function two(number: number): string {
  return String(number).padStart(2, '0');
}
