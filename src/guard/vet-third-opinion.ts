import parser from 'node-sql-parser/build/redshift.js';

const third = new parser.Parser();

/**
 * For SQL that a language model wrote: node-sql-parser's Redshift grammar, when it can read the text at all, must see
 * one SELECT over no other tables than the guard saw. It rejects much that is good, so its silence is no verdict.
 * Gives why the text is refused, or null.
 */
export function thirdOpinion(sql: string, tablesSeen: readonly string[]): string | null {
  let seen: { tableList: string[]; ast: unknown };
  try {
    seen = third.parse(sql);
  } catch {
    return null;
  }
  const statements = Array.isArray(seen.ast) ? seen.ast : [seen.ast];
  if (statements.length !== 1) return 'It is more than one statement.';
  const allowed = new Set(tablesSeen.map((table) => table.toLowerCase()));
  for (const entry of seen.tableList) {
    const [action = '', , table = ''] = entry.split('::');
    if (action !== 'select') return `It would ${action}.`;
    // Names of its own WITH steps are listed too; they are no tables.
    if (
      !allowed.has(table.toLowerCase()) &&
      !new RegExp(`\\b${escaped(table)}\\s+as\\s*\\(`, 'i').test(sql)
    ) {
      return `It reads '${table}', which the guard did not see.`;
    }
  }
  return null;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
