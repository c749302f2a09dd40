/** A table that is looked up by what people type: 'constructor' and 'toString' are in none. */
export function byWord<T>(table: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, table);
}
