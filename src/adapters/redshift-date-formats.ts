import { AppError } from '../domain/app-error.ts';

/** Pieces of a TO_CHAR format, longest first: how DuckDB's strftime has them, or an expression on `x`. */
const PIECES: [pattern: string, strftime: string | null, expression?: (x: string) => string][] = [
  ['YYYY', '%Y'],
  ['IYYY', '%G'],
  ['HH24', '%H'],
  ['HH12', '%I'],
  ['DDD', '%j'],
  ['MONTH', null, (x) => `upper(rpad(monthname(${x}), 9, ' '))`],
  ['Month', null, (x) => `rpad(monthname(${x}), 9, ' ')`],
  ['month', null, (x) => `lower(rpad(monthname(${x}), 9, ' '))`],
  ['MON', null, (x) => `upper(strftime(${x}, '%b'))`],
  ['Mon', '%b'],
  ['mon', null, (x) => `lower(strftime(${x}, '%b'))`],
  ['DAY', null, (x) => `upper(rpad(dayname(${x}), 9, ' '))`],
  ['Day', null, (x) => `rpad(dayname(${x}), 9, ' ')`],
  ['day', null, (x) => `lower(rpad(dayname(${x}), 9, ' '))`],
  ['DY', null, (x) => `upper(strftime(${x}, '%a'))`],
  ['Dy', '%a'],
  ['dy', null, (x) => `lower(strftime(${x}, '%a'))`],
  ['YY', '%y'],
  ['MM', '%m'],
  ['DD', '%d'],
  ['HH', '%I'],
  ['MI', '%M'],
  ['SS', '%S'],
  ['MS', '%g'],
  ['US', '%f'],
  ['IW', '%V'],
  ['ID', '%u'],
  ['AM', '%p'],
  ['PM', '%p'],
  ['Q', null, (x) => `quarter(${x})::varchar`],
  ['D', null, (x) => `(dayofweek(${x}) + 1)::varchar`],
];

/** TO_CHAR(x, format): dates and times by pieces; of the number formats only plain ones (9, 0, comma, point, FM). */
export function dateFormatToDuckdb(x: string, format: string): string {
  if (/^(FM)?[90,.GD]+$/i.test(format) && /[90]/.test(format)) return numberFormat(x, format);
  const value = `(${x})`;
  const parts: string[] = [];
  let template = '';
  let unpadded = false;
  const flush = () => {
    if (template !== '') parts.push(`strftime(${value}, '${template.replaceAll("'", "''")}')`);
    template = '';
  };
  for (let at = 0; at < format.length; ) {
    if (format.startsWith('FM', at) || format.startsWith('fm', at)) {
      unpadded = true;
      at += 2;
      continue;
    }
    if (format[at] === '"') {
      const end = format.indexOf('"', at + 1);
      template += format.slice(at + 1, end < 0 ? undefined : end).replaceAll('%', '%%');
      at = end < 0 ? format.length : end + 1;
      continue;
    }
    const piece = findPiece(format, at);
    if (!piece) {
      template += format[at] === '%' ? '%%' : format[at];
      at++;
      continue;
    }
    const [text, strftime, expression] = piece;
    if (strftime && unpadded) {
      flush();
      parts.push(`ltrim(strftime(${value}, '${strftime}'), '0')`);
    } else if (strftime) template += strftime;
    else if (expression) {
      flush();
      parts.push(unpadded ? `trim(${expression(value)})` : expression(value));
    }
    unpadded = false;
    at += text.length;
  }
  flush();
  return `(${parts.join(' || ') || "''"})`;
}

/** The format for reading text (TO_DATE, TO_TIMESTAMP), as strptime wants it. */
export function dateReadFormat(format: string): string {
  let out = '';
  for (let at = 0; at < format.length; ) {
    const piece = findPiece(format, at);
    if (piece && piece[1] === null && !/^mon$/i.test(piece[0]))
      throw new AppError('warehouse.bad-statement', {
        detail: `The date format '${format}' cannot be read.`,
      });
    out += piece ? (piece[1] ?? '%b') : format[at];
    at += piece ? piece[0].length : 1;
  }
  return out.replaceAll("'", "''");
}

function findPiece(format: string, at: number) {
  const exact = PIECES.find(([pattern]) => format.startsWith(pattern, at));
  if (exact) return exact;
  const rest = format.slice(at).toUpperCase();
  return PIECES.find(([pattern]) => pattern === pattern.toUpperCase() && rest.startsWith(pattern));
}

function numberFormat(x: string, format: string): string {
  const unpadded = /^FM/i.test(format);
  const digits = format.replace(/^FM/i, '').replaceAll('G', ',').replaceAll('D', '.');
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0;
  const text = `format('{:${digits.includes(',') ? ',' : ''}.${decimals}f}', round(${x}, ${decimals})::double)`;
  return unpadded ? text : `lpad(${text}, ${digits.length + 1}, ' ')`;
}
