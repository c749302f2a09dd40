import { meaningful, type SqlToken, sqlText, sqlTokens } from './sql-tokens.ts';

/** One statement of a file, and the line of its first word. */
export type FileStatement = { sql: string; line: number };

/** Cuts a file at its semicolons; pieces with nothing but comments are left out. */
export function splitStatements(text: string): FileStatement[] {
  const statements: FileStatement[] = [];
  let piece: SqlToken[] = [];
  const finish = () => {
    const first = meaningful(piece)[0];
    if (first) statements.push({ sql: sqlText(piece).trim(), line: first.line });
    piece = [];
  };
  for (const token of sqlTokens(text)) {
    if (token.kind === 'symbol' && token.text === ';') finish();
    else piece.push(token);
  }
  finish();
  return statements;
}
