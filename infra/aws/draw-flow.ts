import type { RecordTableName } from '../../src/adapters/dynamodb-tables.ts';
import { BOT_RIGHTS, FUNCTION_RIGHTS, WORKER_RIGHTS } from './function-rights.ts';
import type { Right } from './rights.ts';

/** Tables that are one thing to whoever reads the picture. */
const GROUPS: readonly { id: string; label: string; tables: readonly RecordTableName[] }[] = [
  { id: 'runs', label: 'runs', tables: ['runs'] },
  { id: 'kpis', label: 'KPIs', tables: ['daily_kpis'] },
  { id: 'invoices', label: 'invoices, customers', tables: ['invoices'] },
  { id: 'memory', label: 'receipts, audit, threads, rules', tables: ['audit'] },
];

const STORES = [
  'ingestion[(S3 ingestion)]',
  'landing[(S3 landing)]',
  'warehouse[(Redshift)]',
  'stream[(Kinesis)]',
];

/** Which program reads and writes what, made of the rights that each is given: what is not here it cannot do. */
export function drawFlow(): string {
  const programs: [string, readonly Right[]][] = [
    ['bot', BOT_RIGHTS],
    ['workers', WORKER_RIGHTS],
    ...Object.entries(FUNCTION_RIGHTS),
    // The consumer gets its right with the stream itself.
    ['events-kinesis', [{ why: 'ReadsTheStream', stream: 'read' }]],
  ];
  const arrows = programs.flatMap(([program, rights]) => rights.flatMap((right) => arrowsOf(program, right)));
  return [
    'flowchart LR',
    ...STORES.map((store) => `  ${store}`),
    ...GROUPS.map(({ id, label }) => `  ${id}[(DynamoDB: ${label})]`),
    // 'end' alone is a word of Mermaid's.
    ...[...new Set(programs.map(([program]) => program))].map((program) => `  ${idOf(program)}[${program}]`),
    ...[...new Set(arrows)].map((arrow) => `  ${arrow}`),
  ].join('\n');
}

function idOf(program: string): string {
  return `p-${program}`;
}

function arrowsOf(name: string, right: Right): string[] {
  const program = idOf(name);
  const arrow = (reads: boolean, writes: boolean, store: string) =>
    reads && writes
      ? `${program} <--> ${store}`
      : writes
        ? `${program} --> ${store}`
        : `${store} --> ${program}`;
  if ('bucket' in right) return [arrow(right.read === true, right.write === true, right.bucket)];
  if ('warehouse' in right) return [arrow(true, true, 'warehouse')];
  if ('stream' in right) return [arrow(right.stream === 'read', right.stream === 'write', 'stream')];
  if ('tables' in right)
    return GROUPS.filter(({ tables }) => tables.some((table) => right.tables.includes(table))).map(({ id }) =>
      arrow(true, right.write === true, id),
    );
  return [];
}
