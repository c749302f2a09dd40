/** New identifiers: sortable by time, safe in URLs, keys and file names. `prefix` tells the kind: 'run', 'bat', 'rcp'. */
export type Ids = { next(prefix: string): string };
