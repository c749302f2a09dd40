import type { ExpressionNode } from '../feeds/parse-expression.ts';
import { type Units, unitsToText } from '../feeds/units.ts';

export type PlainType = 'text' | 'number' | 'boolean' | 'day' | 'timestamp' | 'null';
/** `null` where the text cannot be said with the same meaning. */
export type PlainSql = { sql: string; type: PlainType } | null;

const MONEY = 'decimal(18, 4)';

/**
 * An expression of a feed in the embedded engine's SQL, for values that are plain; null for what is left to the row by
 * row way. Conditions are never unknown, as there. What would be too large is null, and so is not plain.
 */
export function plainExpression(node: ExpressionNode, resolve: (name: string) => PlainSql): PlainSql {
  const inner = (one: ExpressionNode) => plainExpression(one, resolve);
  switch (node.kind) {
    case 'text':
      return { sql: quoted(node.value), type: 'text' };
    case 'number':
      return plainNumber(node.value);
    case 'boolean':
      return { sql: String(node.value), type: 'boolean' };
    case 'null':
      return { sql: 'null', type: 'null' };
    case 'name':
      return resolve(node.name);
    case 'not': {
      const operand = inner(node.operand);
      return operand?.type === 'boolean' ? { sql: `(not ${operand.sql})`, type: 'boolean' } : null;
    }
    case 'negate': {
      const operand = inner(node.operand);
      return operand?.type === 'number' ? { sql: `(-${operand.sql})`, type: 'number' } : null;
    }
    case 'call':
      return plainCall(node.name, node.args.map(inner));
    case 'binary':
      return plainBinary(node.operator, inner(node.left), inner(node.right));
  }
}

function plainNumber(value: Units): PlainSql {
  return Math.abs(Number(value)) < 1e17
    ? { sql: `cast('${unitsToText(value)}' as ${MONEY})`, type: 'number' }
    : null;
}

function plainCall(name: string, args: PlainSql[]): PlainSql {
  const [first] = args;
  if (name === 'day' && args.length === 1 && (first?.type === 'timestamp' || first?.type === 'day'))
    return { sql: `cast(${first.sql} as date)`, type: 'day' };
  if (name !== 'coalesce' || !first) return null;
  const known = args.flatMap((arg) => arg ?? []);
  const types = new Set(known.map(({ type }) => type));
  if (known.length < args.length || types.size !== 1) return null;
  return { sql: `coalesce(${known.map(({ sql }) => sql).join(', ')})`, type: first.type };
}

function plainBinary(operator: string, left: PlainSql, right: PlainSql): PlainSql {
  if (!left || !right) return null;
  const both = (type: PlainType) => left.type === type && right.type === type;
  switch (operator) {
    case 'and':
    case 'or':
      return both('boolean') ? { sql: `(${left.sql} ${operator} ${right.sql})`, type: 'boolean' } : null;
    case '+':
    case '-':
      return both('number')
        ? { sql: `try_cast(${left.sql} ${operator} ${right.sql} as ${MONEY})`, type: 'number' }
        : null;
    case '*':
      return both('number')
        ? { sql: `try_cast(${left.sql} * ${right.sql} as ${MONEY})`, type: 'number' }
        : null;
    case '/':
      return null;
    default:
      return comparison(operator, left, right, both);
  }
}

function comparison(
  operator: string,
  left: NonNullable<PlainSql>,
  right: NonNullable<PlainSql>,
  both: (type: PlainType) => boolean,
): PlainSql {
  if (left.type === 'null' || right.type === 'null') {
    const tested = left.type === 'null' ? right : left;
    if (operator !== '=' && operator !== '<>') return null;
    return { sql: `(${tested.sql} is ${operator === '=' ? '' : 'not '}null)`, type: 'boolean' };
  }
  // Texts are ordered by other rules there than here.
  const comparable = both('number') || (both('text') && (operator === '=' || operator === '<>'));
  return comparable
    ? { sql: `coalesce(${left.sql} ${operator} ${right.sql}, false)`, type: 'boolean' }
    : null;
}

export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
