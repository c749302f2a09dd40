import { AppError } from '../../src/domain/app-error.ts';
import type { ExpressionNode, Operator } from './parse-expression.ts';
import { plainText, SIMPLE_FUNCTIONS, type Value, type ValueType } from './simple-functions.ts';
import { addUnits, divideUnits, multiplyUnits, subtractUnits, type Units } from './units.ts';

export type Compiled<Row> = { type: ValueType; evaluate: (row: Row) => Value };

export type Scope<Row> = {
  /** What a name stands for; undefined when there is none. */
  resolve: (name: string) => Compiled<Row> | undefined;
  names: () => string[];
  lookups: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Where rows are grouped: turns first(x), sum(x) ... into the group's value; x is about rows. */
  aggregate?: (name: AggregateName, argument: ExpressionNode | undefined) => Compiled<Row>;
};

const AGGREGATES = ['first', 'last', 'min', 'max', 'sum', 'count', 'any', 'most_frequent'] as const;
export type AggregateName = (typeof AGGREGATES)[number];

type Built<Row> = Compiled<Row>['evaluate'];

/** Turns an expression into a function of a row, and says what it gives. Types are checked here, once. */
export function compileExpression<Row>(node: ExpressionNode, scope: Scope<Row>): Compiled<Row> {
  const compile = (inner: ExpressionNode) => compileExpression(inner, scope);
  switch (node.kind) {
    case 'text':
      return { type: 'text', evaluate: () => node.value };
    case 'number':
      return { type: 'number', evaluate: () => node.value };
    case 'boolean':
      return { type: 'boolean', evaluate: () => node.value };
    case 'null':
      return { type: 'null', evaluate: () => null };
    case 'name': {
      const found = scope.resolve(node.name);
      if (!found) wrong(`there is no column '${node.name}'; there are ${scope.names().join(', ')}`);
      return found as Compiled<Row>;
    }
    case 'not': {
      const operand = expectType(compile(node.operand), ['boolean'], 'not');
      return { type: 'boolean', evaluate: (row) => operand(row) !== true };
    }
    case 'negate': {
      const operand = expectType(compile(node.operand), ['number'], '-') as (row: Row) => Units | null;
      return {
        type: 'number',
        evaluate: (row) => {
          const value = operand(row);
          return value === null ? null : subtractUnits(0, value);
        },
      };
    }
    case 'binary':
      return compileBinary(node.operator, compile(node.left), compile(node.right));
    case 'call':
      return compileCall(node.name, node.args, scope);
  }
}

function compileBinary<Row>(operator: Operator, left: Compiled<Row>, right: Compiled<Row>): Compiled<Row> {
  switch (operator) {
    case 'and':
    case 'or': {
      const a = expectType(left, ['boolean'], operator);
      const b = expectType(right, ['boolean'], operator);
      return operator === 'and'
        ? { type: 'boolean', evaluate: (row) => a(row) === true && b(row) === true }
        : { type: 'boolean', evaluate: (row) => a(row) === true || b(row) === true };
    }
    case '+':
      return arithmetic(operator, left, right, addUnits);
    case '-':
      return arithmetic(operator, left, right, subtractUnits);
    case '*':
      return arithmetic(operator, left, right, multiplyUnits);
    case '/':
      return arithmetic(operator, left, right, divideUnits);
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(operator, left, right);
  }
}

function arithmetic<Row>(
  operator: string,
  left: Compiled<Row>,
  right: Compiled<Row>,
  apply: (a: Units, b: Units) => Units | null,
): Compiled<Row> {
  const a = expectType(left, ['number'], operator) as (row: Row) => Units | null;
  const b = expectType(right, ['number'], operator) as (row: Row) => Units | null;
  return {
    type: 'number',
    evaluate: (row) => {
      const x = a(row);
      if (x === null) return null;
      const y = b(row);
      return y === null ? null : apply(x, y);
    },
  };
}

/** A comparison with nothing is false, and `x = null` asks whether x is nothing. */
function comparison<Row>(
  operator: keyof typeof COMPARE,
  left: Compiled<Row>,
  right: Compiled<Row>,
): Compiled<Row> {
  const a = left.evaluate;
  const b = right.evaluate;
  if (left.type === 'null' || right.type === 'null') {
    const tested = left.type === 'null' ? b : a;
    if (operator === '=') return { type: 'boolean', evaluate: (row) => tested(row) === null };
    if (operator === '<>') return { type: 'boolean', evaluate: (row) => tested(row) !== null };
    wrong(`nothing is not ${operator} anything`);
  }
  const timeLike = (type: ValueType) => type === 'day' || type === 'timestamp' || type === 'text';
  if (left.type !== right.type && !(timeLike(left.type) && timeLike(right.type)))
    wrong(`a ${left.type} cannot be compared with a ${right.type}`);
  const test = COMPARE[operator];
  return {
    type: 'boolean',
    evaluate: (row) => {
      const x = a(row);
      const y = b(row);
      return x !== null && y !== null && test(x, y);
    },
  };
}

const COMPARE = {
  '=': (a: Value, b: Value) => a === b,
  '<>': (a: Value, b: Value) => a !== b,
  '<': (a: Value, b: Value) => (a as number) < (b as number),
  '<=': (a: Value, b: Value) => (a as number) <= (b as number),
  '>': (a: Value, b: Value) => (a as number) > (b as number),
  '>=': (a: Value, b: Value) => (a as number) >= (b as number),
};

function compileCall<Row>(name: string, args: ExpressionNode[], scope: Scope<Row>): Compiled<Row> {
  if (isAggregate(name)) {
    if (!scope.aggregate) wrong(`${name}() needs a target with 'group'`);
    if (name !== 'count' && args.length !== 1) wrong(`${name}() takes one value`);
    return (scope.aggregate as NonNullable<Scope<Row>['aggregate']>)(name, args[0]);
  }
  const compiled = args.map((arg) => compileExpression(arg, scope));
  if (name === 'if') return compileIf(compiled);
  if (name === 'coalesce') return compileCoalesce(compiled);
  if (name === 'lookup') return compileLookup(args, compiled, scope);
  if (name === 'concat') {
    const parts = compiled.map((part) => part.evaluate);
    return { type: 'text', evaluate: (row) => parts.map((part) => plainText(part(row))).join('') || null };
  }
  if (name === 'count_within') return compileCountWithin(compiled);
  if (!Object.hasOwn(SIMPLE_FUNCTIONS, name))
    wrong(
      `there is no function ${name}(); there are ${[...Object.keys(SIMPLE_FUNCTIONS), ...OTHERS, ...AGGREGATES].join(', ')}`,
    );
  const simple = SIMPLE_FUNCTIONS[name as keyof typeof SIMPLE_FUNCTIONS];
  const takes = simple.takes as readonly ValueType[][];
  const repeats = 'repeats' in simple;
  if (repeats ? compiled.length < takes.length : compiled.length !== takes.length)
    wrong(`${name}() takes ${takes.length}${repeats ? ' or more' : ''} values, not ${compiled.length}`);
  const evaluators = compiled.map((one, i) =>
    expectType(one, takes[Math.min(i, takes.length - 1)] as ValueType[], `${name}()`),
  );
  const apply = simple.apply as (...values: Value[]) => Value;
  const [first, second] = evaluators as [Built<Row>, Built<Row>];
  if (evaluators.length === 1) {
    return {
      type: simple.gives,
      evaluate: (row) => {
        const value = first(row);
        return value === null ? null : apply(value);
      },
    };
  }
  if (evaluators.length === 2) {
    return {
      type: simple.gives,
      evaluate: (row) => {
        const a = first(row);
        return a === null ? null : apply(a, second(row));
      },
    };
  }
  return {
    type: simple.gives,
    evaluate: (row) => {
      const values = evaluators.map((evaluate) => evaluate(row));
      return values[0] === null ? null : apply(...values);
    },
  };
}

const OTHERS = ['if', 'coalesce', 'lookup', 'concat', 'count_within'];
function compileIf<Row>(args: Compiled<Row>[]): Compiled<Row> {
  if (args.length < 2) wrong('if(condition, value, otherwise) takes two values or more');
  const hasElse = args.length % 2 === 1;
  const branches: { test: Built<Row>; value: Built<Row> }[] = [];
  const results: Compiled<Row>[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    const test = expectType(args[i] as Compiled<Row>, ['boolean'], 'if()');
    const value = args[i + 1] as Compiled<Row>;
    branches.push({ test, value: value.evaluate });
    results.push(value);
  }
  const otherwise = hasElse ? (args[args.length - 1] as Compiled<Row>) : undefined;
  if (otherwise) results.push(otherwise);
  return {
    type: commonType(results, 'if()'),
    evaluate: (row) => {
      for (const branch of branches) if (branch.test(row) === true) return branch.value(row);
      return otherwise ? otherwise.evaluate(row) : null;
    },
  };
}

function compileCoalesce<Row>(args: Compiled<Row>[]): Compiled<Row> {
  if (args.length === 0) wrong('coalesce() takes one value or more');
  const evaluators = args.map((arg) => arg.evaluate);
  return {
    type: commonType(args, 'coalesce()'),
    evaluate: (row) => {
      for (const evaluate of evaluators) {
        const value = evaluate(row);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

function compileLookup<Row>(
  nodes: ExpressionNode[],
  args: Compiled<Row>[],
  scope: Scope<Row>,
): Compiled<Row> {
  const [nameNode] = nodes;
  if (nodes.length !== 2 || nameNode?.kind !== 'text')
    wrong("lookup('name', value) takes the look-up's name in quotes and a value");
  const name = (nameNode as { value: string }).value;
  const pairs = scope.lookups.get(name);
  if (!pairs)
    wrong(`there is no look-up '${name}'; there are ${[...scope.lookups.keys()].join(', ') || 'none'}`);
  const known = pairs as ReadonlyMap<string, string>;
  const key = (args[1] as Compiled<Row>).evaluate;
  return {
    type: 'text',
    evaluate: (row) => {
      const value = key(row);
      return value === null ? null : (known.get(plainText(value)) ?? null);
    },
  };
}

/** 1, 2, 3 ... for the rows of one key, in the file's order. It remembers one number a key. */
function compileCountWithin<Row>(args: Compiled<Row>[]): Compiled<Row> {
  const evaluators = args.map((arg) => arg.evaluate);
  const counts = new Map<string, number>();
  return {
    type: 'number',
    evaluate: (row) => {
      const key = evaluators.map((evaluate) => plainText(evaluate(row))).join('\u0000');
      const next = (counts.get(key) ?? 0) + 1;
      counts.set(key, next);
      return next * 10_000;
    },
  };
}

function isAggregate(name: string): name is AggregateName {
  return (AGGREGATES as readonly string[]).includes(name);
}

function expectType<Row>(compiled: Compiled<Row>, types: readonly ValueType[], where: string): Built<Row> {
  if (compiled.type !== 'null' && !types.includes(compiled.type))
    wrong(`${where} takes a ${types.join(' or ')}, not a ${compiled.type}`);
  return compiled.evaluate;
}

function commonType<Row>(values: Compiled<Row>[], where: string): ValueType {
  const types = [...new Set(values.map((value) => value.type).filter((type) => type !== 'null'))];
  if (types.length > 1) wrong(`${where} would give ${types.join(' or ')}`);
  return types[0] ?? 'null';
}

function wrong(why: string): never {
  throw new AppError('feed.invalid-declaration', {
    detail: `${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
  });
}
