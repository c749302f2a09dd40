/** Words that are never a bare name: each would be read as syntax by at least one engine or parser. */
export const RESERVED: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric both by case cast check collate column constraint create cross
   default deferrable desc distinct do else end except exists false fetch for foreign from full grant group grouping having
   ilike in initially inner insert intersect into is isnull join lateral leading left like limit minus natural not
   notnull null offset on only or order outer over overlaps placing pivot primary qualify references returning right
   select similar some summarize table tablesample then top trailing true try_cast union unique unpivot update delete
   using values variadic when where window with within semi anti asof positional symmetric describe copy call execute
   exec merge drop alter truncate vacuum attach detach install load pragma unload use begin commit rollback`.split(
    /\s+/,
  ),
);

/** More words that cannot follow a table or an expression as an alias without AS. */
export const NOT_AN_ALIAS: ReadonlySet<string> = new Set([
  ...RESERVED,
  ...'set start connect filter ignore respect rows range groups between escape interval exclude rename sample materialized unbounded'.split(
    ' ',
  ),
]);
