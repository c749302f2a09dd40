import { createHash } from 'node:crypto';
import type { ParameterValue } from '../domain/plan.ts';
import type { Rights } from '../domain/rights.ts';
import { type GuardCatalogue, tableFinder } from './vet-catalogue.ts';
import { type RefusalCode, readRefusal, refusal } from './vet-refusal.ts';
import { type FindTable, resolve } from './vet-scope.ts';
import { checkSecondOpinion } from './vet-second-opinion.ts';
import { readStatement } from './vet-statement.ts';
import { gate, LIMITS } from './vet-tokens.ts';

export type Verdict =
  | {
      verdict: 'accepted';
      /** Base tables and 'table.column' that the query reads, by the catalogue's names, sorted. */
      tables: string[];
      columns: string[];
      parameters: string[];
      /** SHA-256 over the text and the asker's rights. */
      fingerprint: string;
    }
  | { verdict: 'refused'; code: RefusalCode; reason: string };

type VetOptions = {
  /** Without rights every table of the catalogue may be read, but never its private columns. */
  rights?: Rights;
  /** Values for the :names in the text; each name must have one. */
  params?: Record<string, ParameterValue>;
};

/** Judges the text that will run: the caller runs this very text, with bound parameters, or nothing. */
export type Guard = { vet(sql: string, options?: VetOptions): Verdict };

/**
 * One guard for all SQL in front of the warehouse, ours too: a lexical gate, a strict parser that knows every
 * word or refuses, names followed to allowed columns, and a second parser that must agree. Verdicts are
 * remembered per text and rights.
 */
export function createGuard(needs: { catalogue: GuardCatalogue; remembered?: number }): Guard {
  const seen = new Map<string, Verdict>();
  const limit = needs.remembered ?? 2_000;
  const finders = new Map<string, FindTable>();

  function finderFor(rights: Rights | undefined, key: string): FindTable {
    let finder = finders.get(key);
    if (!finder) {
      if (finders.size > 500) finders.clear();
      finder = tableFinder(needs.catalogue, rights);
      finders.set(key, finder);
    }
    return finder;
  }

  return {
    vet(sql, options = {}) {
      if (typeof sql !== 'string' || sql.length > LIMITS.characters) {
        return {
          verdict: 'refused',
          code: 'too-long',
          reason: `The query is longer than ${LIMITS.characters} characters.`,
        };
      }
      const rightsKey = keyOf(options.rights);
      const key = `${rightsKey}\n${sql}`;
      let verdict = seen.get(key);
      if (verdict) seen.delete(key);
      else {
        verdict = judge(sql, finderFor(options.rights, rightsKey), key);
        if (seen.size >= limit) seen.delete(seen.keys().next().value as string);
      }
      if (sql.length <= REMEMBERED_CHARACTERS) seen.set(key, verdict);
      return withParameters(verdict, options.params);
    },
  };
}

/** Longer texts are judged anew each time, so that what is remembered stays small. */
const REMEMBERED_CHARACTERS = 8_000;

function judge(sql: string, find: FindTable, key: string): Verdict {
  try {
    const parsed = readStatement(gate(sql));
    const paths = new Set<string>();
    const { tables, columns } = resolve(parsed.query, (parts) => {
      paths.add(parts.join('.'));
      return find(parts);
    });
    checkSecondOpinion(sql, parsed, paths);
    return {
      verdict: 'accepted',
      tables: [...tables].sort(),
      columns: [...columns].sort(),
      parameters: [...parsed.parameters].sort(),
      fingerprint: createHash('sha256').update(key).digest('hex'),
    };
  } catch (thrown) {
    const known = readRefusal(thrown);
    if (known) return { verdict: 'refused', ...known };
    // Whatever else goes wrong while judging is no reason to let a query through.
    if (thrown instanceof RangeError)
      return { verdict: 'refused', ...refused('too-deep', 'The query nests too deeply.') };
    return { verdict: 'refused', ...refused('syntax', 'The query could not be judged.') };
  }
}

function withParameters(verdict: Verdict, params: Record<string, ParameterValue> = {}): Verdict {
  if (verdict.verdict === 'refused') return verdict;
  const missing = verdict.parameters.find((name) => !Object.hasOwn(params, name));
  return missing === undefined
    ? verdict
    : { verdict: 'refused', ...refused('parameter', `The parameter ':${missing}' has no value.`) };
}

function refused(code: RefusalCode, reason: string): { code: RefusalCode; reason: string } {
  return readRefusal(refusal(code, reason)) ?? { code, reason };
}

/** What of the rights matters to the guard. */
function keyOf(rights: Rights | undefined): string {
  return rights ? JSON.stringify([rights.id, rights.tables, rights.personalData]) : '';
}
