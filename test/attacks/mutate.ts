import type { Random } from '../support/random.ts';

const PIECES = [
  'email',
  'c.email',
  'birth',
  'token',
  'secret.users',
  'secret.users u',
  'shop.customers',
  'shop.customers c',
  'customers',
  '*',
  'c.*',
  'c',
  '(',
  ')',
  ',',
  ';',
  '--',
  '/*',
  '*/',
  "'",
  '"',
  '\\',
  "\\'",
  "''",
  '""',
  '`',
  '$$',
  '$1',
  '?',
  '[',
  ']',
  '{',
  '}',
  '#',
  '@',
  '::',
  ':',
  '->',
  ':=',
  '=>',
  '||',
  '!',
  'natural join shop.customers',
  'using (email)',
  'join secret.users on true',
  ', secret.users',
  'union select email from shop.customers',
  'in (select email from shop.customers)',
  '(select max(email) from shop.customers)',
  '(select token from secret.users limit 1)',
  'lateral',
  'lateral (select email) x',
  'unpivot (v for n in (email, country))',
  'convert(varchar, email)',
  'ignore nulls',
  'into shop.x',
  'for update',
  'order by email',
  'group by email',
  'over (order by email)',
  'as email',
  'as c',
  'where email is not null',
  'read_text(',
  'query(',
  'columns(*)',
  'exclude (customer_id)',
  'replace (1 as email)',
  'delete from shop.orders',
  'drop table shop.orders',
  'with x as (select * from shop.customers)',
  'recursive',
  'values (1)',
  'from',
  'select',
  'where',
  'union all',
  'E',
  'U&',
  'x',
  '\u00a0',
  '\u2019',
  '\u0000',
  '\uff07',
  '\n',
  '--\n',
  '/**/',
  'semi join',
  'asof join',
  'positional join',
  'pivot',
  'qualify',
  'tablesample 10',
  'order by all',
  'group by all',
  '.',
  '..',
  '1',
  'null',
  "'CANARY%'",
  'note',
  'order_id',
] as const;

/** One to four small changes to a text: pieces put in, words dropped, doubled, swapped, quoted or recased, two texts spliced. */
export function mutate(random: Random, texts: readonly string[]): string {
  let words = cut(random.pick(texts));
  const changes = 1 + random.upTo(4);
  for (let n = 0; n < changes; n += 1) words = change(random, words, texts);
  return words.join(random.chance(0.05) ? '' : ' ');
}

function cut(text: string): string[] {
  return (
    text.match(/'[^']*'|"[^"]*"|\w+(?:\.\w+)*|\s+|[^\w\s]/g)?.filter((word) => word.trim() !== '') ?? [text]
  );
}

function change(random: Random, words: string[], texts: readonly string[]): string[] {
  const at = random.upTo(words.length + 1);
  const piece = random.pick(PIECES);
  switch (random.upTo(9)) {
    case 0:
    case 1:
      return words.toSpliced(at, 0, piece);
    case 2:
    case 3:
      return words.toSpliced(at, 1, piece);
    case 4:
      return words.toSpliced(at, 1);
    case 5: {
      const other = cut(random.pick(texts));
      return [...words.slice(0, at), ...other.slice(random.upTo(other.length))];
    }
    case 6: {
      const other = cut(random.pick(texts));
      return words.toSpliced(at, 0, '(', ...other, ')');
    }
    case 7:
      return words.map((word, index) =>
        index === at ? (random.chance(0.5) ? word.toUpperCase() : `"${word}"`) : word,
      );
    default: {
      const swap = random.upTo(words.length);
      const copy = [...words];
      [copy[at % words.length], copy[swap]] = [copy[swap] ?? '', copy[at % words.length] ?? ''];
      return copy;
    }
  }
}
