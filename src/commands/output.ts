import type { Answer } from '../domain/answer.ts';
import type { ResultColumn, ResultTable, Unit } from '../domain/result-table.ts';
import type { AnsweredQuestion } from '../questions/answer-question.ts';

/** One JSON object on a line of standard output; everything else goes to standard error. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Progress for people; never on standard output. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The JSON of one answer, as other tools rely on it. */
export function answerJson(asked: AnsweredQuestion, thread: string): Record<string, unknown> {
  const { answer, use, tookMs } = asked;
  return {
    kind: answer.kind,
    provenance: answer.kind === 'answered' ? answer.provenance : null,
    text: answer.text,
    columns: answer.kind === 'answered' ? answer.table.columns.map(columnJson) : [],
    rows: answer.kind === 'answered' ? answer.table.rows : [],
    understood: answer.kind === 'answered' || answer.kind === 'empty' ? answer.understood : null,
    choices: 'choices' in answer ? answer.choices : [],
    reason: 'reason' in answer ? answer.reason : null,
    unknownWords: answer.kind === 'needs-detail' ? answer.unknownWords : [],
    sql: answer.kind === 'answered' ? answer.sql : null,
    params: answer.kind === 'answered' ? answer.params : {},
    receipt: 'receiptId' in answer ? answer.receiptId : null,
    dataState: answer.kind === 'answered' ? answer.dataState : null,
    chart: answer.kind === 'answered' ? answer.chart : null,
    followUps: answer.kind === 'answered' ? answer.followUps : [],
    thread,
    ms: Math.round(tookMs * 10) / 10,
    tokens: use.input + use.output,
  };
}

export function columnJson(column: ResultColumn): {
  name: string;
  type: string;
  unit: string | null;
  label: string | null;
} {
  return { name: column.name, type: column.type, unit: unitName(column.unit), label: column.label ?? null };
}

export function answerText(answer: Answer): string {
  const lines = [answer.text];
  if (answer.kind === 'answered') {
    lines.push(
      '',
      `Understood: ${answer.understood.line}`,
      ...answer.understood.notes.map((note) => `Note: ${note}`),
    );
    if (answer.table.rows.length > 1 || answer.table.columns.length > 2)
      lines.push('', tableText(answer.table, 30));
    const { dataState } = answer;
    lines.push(
      '',
      `${answer.provenance} · data through ${dataState.completeThrough ?? 'nothing yet'} · ${dataState.reconciled}${dataState.offBy ? ` by ${dataState.offBy}` : ''} · receipt ${answer.receiptId}`,
      ...dataState.warnings,
    );
  }
  if ('choices' in answer)
    for (const choice of answer.choices) lines.push(`  - ${choice.label}: ${choice.question}`);
  return lines.join('\n');
}

/** Columns aligned, numbers to the right. */
export function tableText(table: ResultTable, maxRows: number): string {
  const shown = table.rows
    .slice(0, maxRows)
    .map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  const heads = table.columns.map((column) => column.label ?? column.name);
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...shown.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: string[]): string =>
    cells
      .map((cell, index) =>
        isNumber(table.columns[index]) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const rest = table.rows.length - shown.length;
  return [
    line(heads),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...shown.map(line),
    ...(rest > 0 ? [`... ${rest} more rows`] : []),
  ].join('\n');
}

function isNumber(column: ResultColumn | undefined): boolean {
  return column?.type === 'integer' || column?.type === 'decimal';
}

function unitName(unit: Unit | undefined): string | null {
  if (!unit || unit.kind === 'none') return null;
  return unit.kind === 'money' || unit.kind === 'count' ? (unit.of ?? unit.kind) : unit.kind;
}
