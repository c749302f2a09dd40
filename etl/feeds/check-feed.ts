import { AppError } from '../../src/domain/app-error.ts';
import { createTimeReader } from '../stages/judge-time.ts';
import { compileExpression, type Scope } from './compile-expression.ts';
import { compileTarget, feedScope } from './compile-feed.ts';
import { type Feed, type FeedSet, plainName } from './feed.ts';
import { createGrouping, type Group } from './group-rows.ts';
import { parseExpression } from './parse-expression.ts';
import { TARGET_TABLES } from './tables.ts';
import { unitsFromText } from './units.ts';

/** Compiles everything once, so that a wrong declaration is found when it is read and not on the first file. */
export function checkFeed(feed: Feed, set: FeedSet): void {
  const seen = new Map<string, string>();
  for (const column of feed.columns) {
    for (const name of [column.header, ...column.synonyms]) {
      const other = seen.get(plainName(name));
      if (other !== undefined && other !== column.header)
        wrong(`the columns '${other}' and '${column.header}' cannot be told apart`, [
          'columns',
          column.header,
        ]);
      seen.set(plainName(name), column.header);
    }
  }
  for (const { header, type, min, max } of feed.columns) {
    if (type !== 'integer' && type !== 'decimal') continue;
    for (const bound of [min, max])
      if (bound !== undefined && unitsFromText(bound) === undefined)
        wrong(`'${bound}' is not a number for min or max`, ['columns', header]);
  }
  for (const { header, type, formats } of feed.columns) {
    if (type !== 'date' && type !== 'timestamp') continue;
    at(['columns', header], () => createTimeReader({ kind: type, formats, timeZone: set.timeZone }));
  }
  const lookups = new Map(Object.keys(set.lookups).map((name) => [name, new Map<string, string>()]));
  const scope: Scope<null> = feedScope(feed, set.currency, NO_CELLS, lookups);
  for (const name of Object.keys(feed.compute))
    at(['compute', name], () => compileExpression(parseExpression(name), scope));
  feed.rules.forEach((rule, i) => {
    at(['rules', i, 'check'], () => {
      if (compileExpression(parseExpression(rule.check), scope).type !== 'boolean')
        wrong(`the rule "${rule.check}" must be true or false`, ['rules', i, 'check']);
    });
  });
  feed.targets.forEach((target, i) => {
    at(['targets', i], () => {
      if (target.group) {
        for (const key of target.group) compileExpression(parseExpression(key), scope);
        compileTarget<Group>(feed, target, createGrouping(scope).scope);
      } else compileTarget(feed, target, scope);
    });
    target.references.forEach((reference, r) => {
      const known = TARGET_TABLES.find((table) => table.name === reference.table);
      if (!known)
        wrong(`there is no table '${reference.table}' to refer to`, ['targets', i, 'references', r, 'table']);
      for (const column of reference.columns)
        if (!target.fill.some((one) => one.column === column))
          wrong(`the reference names the column '${column}', which is not filled`, ['references', r]);
    });
  });
}

const NO_CELLS = { text: () => () => null, number: () => () => null, flag: () => () => null };

function at(path: PropertyKey[], check: () => unknown): void {
  try {
    check();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.context['path'] !== undefined) throw thrown;
    throw new AppError(thrown.code, {
      ...(thrown.detail ? { detail: thrown.detail } : {}),
      context: { path },
    });
  }
}

function wrong(detail: string, path: PropertyKey[]): never {
  throw new AppError('feed.invalid-declaration', { detail, context: { path } });
}
