const TYPE_NAMES: Record<string, string> = {
  float: 'double',
  super: 'json',
  nvarchar: 'varchar',
  bpchar: 'varchar',
  nchar: 'varchar',
  varbyte: 'blob',
};

/** NUMERIC alone means (18,0) in Redshift and (18,3) in DuckDB. */
export function typeName(word: string, next: string): string {
  if ((word === 'numeric' || word === 'decimal' || word === 'dec') && next !== '(') return 'decimal(18,0)';
  return TYPE_NAMES[word] ?? word;
}
