import { AppError } from '../domain/app-error.ts';
import { meaningful, sqlTokens } from '../warehouse/sql-tokens.ts';

/**
 * Throws warehouse.write-refused unless the text is one SELECT. The engine and the reader's login refuse writes as well; this
 * says so earlier and in better words, and stops what an engine counts as reading: PRAGMA, SHOW, DESCRIBE.
 */
export function checkSelect(sql: string): void {
  const words = meaningful(sqlTokens(sql));
  const first = words.find((token) => token.text !== '(')?.text.toLowerCase() ?? '';
  const last = words.at(-1)?.text === ';' ? words.length - 1 : words.length;
  const refuse = (detail: string): never => {
    throw new AppError('warehouse.write-refused', { detail });
  };
  if (first !== 'select' && first !== 'with') refuse('Only a single SELECT may run here.');
  if (words.slice(0, last).some((token) => token.kind === 'symbol' && token.text === ';'))
    refuse('Only one statement may run at a time.');
  if (words.some((token) => token.kind === 'word' && /^(into|insert|update|delete|merge)$/i.test(token.text)))
    refuse('Only a single SELECT may run here.');
}
