import { AppError } from '../domain/app-error.ts';

/** Of Node's sockets and of the three drivers: the connection, not the question, was at fault. */
const CONNECTION =
  /^(ECONN|EPIPE|ETIMEDOUT|ETIMEOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ESOCKET|ECLOSE|EINSTLOOKUP|ENOCONN|ENOTOPEN|PROTOCOL_CONNECTION_LOST|PROTOCOL_SEQUENCE_TIMEOUT|ER_CON_COUNT_ERROR|ER_SERVER_SHUTDOWN|ER_LOCK|ER_QUERY_INTERRUPTED|ER_QUERY_TIMEOUT)/;
/** SQLSTATE classes: connection, transaction rollback, resources, operator intervention, system. */
const PASSING_STATES = /^(08|40|53|57P|58|55P03)/;
/** SQL Server: deadlock victim, time-outs, busy or moving databases. */
const PASSING_NUMBERS = new Set([
  1205, 1222, -2, 233, 10053, 10054, 10060, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920, 3960,
]);

/** What a driver threw; `detail` is the source's own sentence, which names tables and columns but no rows. */
export function asSourceError(thrown: unknown, source: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const {
    code = '',
    errno,
    number,
    message = String(thrown),
  } = (thrown ?? {}) as { code?: unknown; errno?: unknown; number?: unknown; message?: string };
  const name = String(code);
  const passes =
    CONNECTION.test(name) ||
    PASSING_STATES.test(name) ||
    PASSING_NUMBERS.has(Number(number)) ||
    /Connection terminated|connection is in closed state|Connection lost|timeout expired/i.test(message);
  const said = message.split('\n')[0]?.slice(0, 300) ?? '';
  return new AppError(passes ? 'source.unavailable' : 'source.refused', {
    detail: `${source} says: ${said}`,
    cause: thrown,
    context: { code: name, errno, number },
  });
}

/** Runs one call on a source; what it throws is an AppError. */
export async function onSource<T>(source: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw asSourceError(thrown, source);
  }
}
