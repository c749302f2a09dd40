import { createServer } from 'node:http';
import { strToU8, zipSync } from 'fflate';
import { createSpreadsheetReader } from '../../src/adapters/spreadsheet-reader.ts';
import { AppError } from '../../src/domain/app-error.ts';
import { downloadFile } from '../../src/slack/download-file.ts';
import { type Serving, serving } from '../support/serving.ts';
import { buildXlsx } from '../unit/uploads/build-xlsx.ts';
import { type Tally, tallyOf } from './tally.ts';

const TOKEN = 'xoxb-CANARY-token';

/** Addresses of files that are not Slack's: the token goes to none of them, nor does anything follow a redirect there. */
export async function attackDownloads(): Promise<Tally> {
  let thefts = 0;
  const thief = await answering((url) => {
    thefts += 1;
    return { body: `stolen from ${url}` };
  });
  const slack = await answering((path) => ({ status: 302, headers: { location: `${thief.origin}${path}` } }));
  const options = { botToken: TOKEN, apiUrl: `${slack.origin}/api/`, maxBytes: 10_000 };
  const { port } = new URL(thief.origin);
  const urls = [
    `${thief.origin}/f`,
    `http://localhost:${port}/f`,
    `http://127.1:${port}/f`,
    `http://[::ffff:127.0.0.1]:${port}/f`,
    `${slack.origin}/redirects`,
    `${slack.origin.replace('//', '//user:secret@')}/f`,
    `http://files.slack.com@127.0.0.1:${port}/f`,
    `http://127.0.0.1:${port}#.slack.com/f`,
    `http://127.0.0.1:${port}/https://files.slack.com/f`,
    'http://files.slack.com/f',
    'https://files.slack.com.evil.example/f',
    'https://evilslack.com/f',
    'https://slack.com.evil.example/f',
    'https://xn--slck-5na.com/f',
    'https://files.slаck.com/f',
    'https://slack-files.com.evil.example/f',
    'file:///etc/passwd',
    'data:text/csv,a,b',
    'javascript:alert(1)',
    'ftp://files.slack.com/f',
    '//evil.example/f',
    'http://169.254.169.254/latest/meta-data/',
    '',
  ];
  try {
    return await tallyOf(
      'addresses of files',
      urls.map((attack) => ({ kind: 'address', attack })),
      async (url) => {
        const before = thefts;
        const file = {
          id: 'F1',
          name: 'march.csv',
          sizeBytes: 4,
          mode: 'hosted',
          isExternal: false,
          url,
          sharedIn: {},
        };
        const got = await downloadFile(file, options).catch((thrown: unknown) => {
          if (!(thrown instanceof AppError)) throw thrown;
        });
        if (thefts > before) return { effect: 'the token went to another host' };
        return got ? { effect: 'it was read' } : 'stopped';
      },
    );
  } finally {
    await thief.close();
    await slack.close();
  }
}

/** Workbooks that blow up, lie about themselves or reach out: refused in time, and the process lives on. */
export async function attackWorkbooks(options: { mostMs: number }): Promise<Tally> {
  const reader = createSpreadsheetReader();
  return tallyOf('workbooks', workbooks(), async ({ name, bytes }) => {
    const made = bytes();
    const started = performance.now();
    const before = process.memoryUsage().rss;
    const outcome = await reader.preview({ name, bytes: made }, {}).then(
      (preview) => preview.outcome,
      (thrown: unknown) => {
        if (thrown instanceof AppError) return 'refused';
        throw thrown;
      },
    );
    const ms = performance.now() - started;
    if (ms > options.mostMs) return { effect: `${name} took ${Math.round(ms)} ms` };
    const grownMb = (process.memoryUsage().rss - before) / 1024 ** 2;
    if (grownMb > 700) return { effect: `${name} took ${Math.round(grownMb)} MB` };
    return outcome === 'read' ? 'harmless' : 'stopped';
  });
}

type Workbook = { name: string; bytes: () => Uint8Array };

function workbooks(): { kind: string; attack: Workbook }[] {
  const plain = [
    ['Date', 'Amount'],
    ['2026-01-01', 1],
  ];
  const rezip = (parts: Record<string, string | Uint8Array>) =>
    zipSync(
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
      ),
    );
  const sheet = (xml: string | Uint8Array) =>
    rezip({
      '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      '_rels/.rels':
        '<Relationships><Relationship Id="rId1" Type="officeDocument" Target="xl/workbook.xml"/></Relationships>',
      'xl/workbook.xml':
        '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': xml,
    });
  const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join(
    '',
  );
  const files: Record<string, () => Uint8Array> = {
    'zip-bomb.xlsx': () => sheet(new Uint8Array(400 << 20).fill(32)),
    'many-cells.xlsx': () =>
      sheet(
        `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(3_000_000)}</sheetData></worksheet>`,
      ),
    'wide-and-long.xlsx': () =>
      sheet(
        `<worksheet><sheetData>${'<row/>'.repeat(1_000_000)}<row>${'<c><v>1</v></c>'.repeat(2_000)}</row></sheetData></worksheet>`,
      ),
    'billion-laughs.xlsx': () =>
      sheet(
        `<!DOCTYPE w [<!ENTITY e0 "ha">${entities}]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e12;</t></is></c></row></sheetData></worksheet>`,
      ),
    'external-entity.xlsx': () =>
      sheet(
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>',
      ),
    'far-cell.xlsx': () =>
      sheet(
        '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
      ),
    'lying-size.xlsx': () =>
      sheet(
        '<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
      ),
    'merged-all.xlsx': () => buildXlsx([{ rows: plain, merges: ['A1:XFD1048576'] }]),
    'deep.xlsx': () => sheet(`${'<a>'.repeat(300_000)}${'</a>'.repeat(300_000)}`),
    'slip.xlsx': () => rezip({ '../../../tmp/slipped.txt': 'x', 'xl/workbook.xml': '<workbook/>' }),
    'zip-in-zip.xlsx': () => rezip({ 'inner.zip': rezip({ 'deep.txt': 'x'.repeat(1 << 20) }) }),
    'empty.xlsx': () => new Uint8Array(),
    'cut.xlsx': () => buildXlsx([{ rows: plain }]).slice(0, 300),
    'text.xlsx': () => strToU8('not a workbook'),
    'page.xls': () =>
      strToU8(
        `<html><table>${'<tr><td colspan=100000 rowspan=100000>1</td></tr>'.repeat(100)}</table></html>`,
      ),
    'old.xls': () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096, 0xff)]),
    'wide.csv': () => strToU8(`${'a,'.repeat(200_000)}\n${'1,'.repeat(200_000)}\n`),
    'one-line.csv': () => new Uint8Array(20 << 20).fill(97),
    'quotes.csv': () => strToU8('"'.repeat(2_000_001)),
    'nul.csv': () => strToU8(`a,b\n1,\0\0\0`),
  };
  return Object.entries(files).map(([name, bytes]) => ({ kind: name, attack: { name, bytes } }));
}

type Reply = { status?: number; headers?: Record<string, string>; body?: string };

function answering(reply: (path: string) => Reply): Promise<Serving> {
  return serving(
    createServer((request, response) => {
      const { status = 200, headers = {}, body = '' } = reply(request.url ?? '');
      response.writeHead(status, headers).end(body);
    }),
  );
}
