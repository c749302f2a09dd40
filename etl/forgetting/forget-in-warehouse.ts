import { type Found, sumUp, TAKEN_OUT } from '../../src/forgetting/forgetting.ts';
import { mentions, type Subject } from '../../src/forgetting/subject.ts';
import type { Statement, Warehouse } from '../../src/ports/warehouse.ts';
import { readCatalogue } from '../../src/warehouse/catalogue.ts';
import { EMPTIED } from './forgotten-steps.ts';

const NAMES = ['customer_id', 'person_id'];
const TIMEOUT_MS = 30 * 60_000;

export type WarehousePerson = { names: string[]; values: string[] };

/** Every name of the customer in the warehouse, with what is told of them; also of the same person under other numbers. */
export async function findPerson(who: string, warehouse: Warehouse): Promise<WarehousePerson> {
  const personal = EMPTIED.filter((column) => column !== 'city' && column !== 'state').join(', ');
  const people = `select customer_id, person_id, ${personal} from retail.customers
union all select customer_id, person_id, ${personal} from history.customers`;
  const asked = `lower(email) = lower(:who) or customer_id = :who or person_id = :who`;
  const { rows } = await warehouse.read({
    sql: `select distinct customer_id, person_id, ${personal} from (${people}) x
where person_id in (select person_id from (${people}) y where ${asked})`,
    params: { who },
    schema: 'retail',
    maxRows: 10_000,
    timeoutMs: TIMEOUT_MS,
  });
  const text = (cells: unknown[]) => [...new Set(cells.filter((cell) => cell !== null).map(String))];
  return {
    names: text(rows.flatMap((row) => row.slice(0, 2))),
    values: text(rows.flatMap((row) => row.slice(2))).filter((value) => value.trim() !== ''),
  };
}

/** Facts keep their rows and sums under another name; personal columns become empty. One transaction. */
export async function forgetInWarehouse(
  id: string,
  subject: Subject,
  warehouse: Warehouse,
  carryOut: boolean,
): Promise<Found[]> {
  const places = await placesOf(warehouse, [...subject.pseudonyms.keys()]);
  const refused = await refusedRows(subject, warehouse);
  const findings = await findingsOf(subject, warehouse);
  if (carryOut)
    await warehouse.write({
      token: `forget-${id}`,
      steps: [
        ...places.flatMap(({ table, column }) => renameSteps(table, column, subject)),
        ...refused.map(([run, file, line]) => ({
          sql: `update ops.refused_rows set raw = null, value = null where run_id = :run and file_name = :file and line_no = :line`,
          params: { run: String(run), file: String(file), line: Number(line) },
        })),
        ...findings.map((finding) => ({
          sql: 'update ops.findings set examples = null, sentence = :taken where finding_id = :finding',
          params: { finding, taken: TAKEN_OUT },
        })),
      ],
      timeoutMs: TIMEOUT_MS,
    });
  return sumUp([
    ...places.map(({ table, column, count }) => ({
      where: `${table}.${column}`,
      count,
      what: table.endsWith('.customers') ? 'another name, personal columns empty' : 'another name',
    })),
    { where: 'ops.refused_rows', count: refused.length, what: 'the row as it came is taken out' },
    { where: 'ops.findings', count: findings.length, what: 'examples taken out' },
  ]);
}

type Place = { table: string; column: string; count: number };

/** Tables of facts and of history with a customer in them, and how many rows are the person's. */
async function placesOf(warehouse: Warehouse, names: string[]): Promise<Place[]> {
  const { tables } = await readCatalogue();
  const columns = Object.values(tables).flatMap((table) =>
    NAMES.filter((name) => name in table.columns).map((column) => ({
      table: `${table.schema}.${table.name}`,
      column,
    })),
  );
  // What an order took of its customer is noted by the customer.
  const all = [...columns, { table: 'history.late_fills', column: 'parent_id' }];
  const params = Object.fromEntries(names.map((name, at) => [`n${at}`, name]));
  const list = names.map((_, at) => `:n${at}`).join(', ');
  const sql = all
    .map(
      ({ table, column }, at) =>
        `select ${at} as place, count(*) as rows_found from ${table} where ${column} in (${list})`,
    )
    .join('\nunion all\n');
  const { rows } = await warehouse.read({
    sql,
    params,
    schema: 'retail',
    maxRows: 1_000,
    timeoutMs: TIMEOUT_MS,
  });
  const counts = new Map(rows.map(([at, count]) => [Number(at), Number(count)]));
  return all.flatMap((place, at) => {
    const count = counts.get(at) ?? 0;
    return count > 0 ? [{ ...place, count }] : [];
  });
}

function renameSteps(table: string, column: string, { pseudonyms }: Subject): Statement[] {
  const empty =
    /\.customers$/.test(table) && column === 'customer_id'
      ? `, ${EMPTIED.map((name) => `${name} = null`).join(', ')}`
      : '';
  const onlyOrders = table === 'history.late_fills' ? " and table_name = 'orders'" : '';
  return [...pseudonyms].map(([from, to]) => ({
    sql: `update ${table} set ${column} = :to${empty} where ${column} = :from${onlyOrders}`,
    params: { from, to },
  }));
}

/** Refused rows hold the line as it came, whatever was in it. */
async function refusedRows(subject: Subject, warehouse: Warehouse): Promise<unknown[][]> {
  const { rows } = await warehouse.read({
    sql: 'select run_id, file_name, line_no, value, raw from ops.refused_rows where raw is not null',
    schema: 'ops',
    maxRows: 5_000_000,
    timeoutMs: TIMEOUT_MS,
  });
  return rows.filter(([, , , value, raw]) =>
    mentions(`${String(value ?? '')}\n${String(raw ?? '')}`, subject),
  );
}

async function findingsOf(subject: Subject, warehouse: Warehouse): Promise<string[]> {
  const { rows } = await warehouse.read({
    sql: 'select finding_id, sentence, examples from ops.findings',
    schema: 'ops',
    maxRows: 5_000_000,
    timeoutMs: TIMEOUT_MS,
  });
  return rows
    .filter(([, sentence, examples]) => mentions(`${String(sentence)}\n${String(examples ?? '')}`, subject))
    .map(([finding]) => String(finding));
}
