import { readClock } from '../stages/judge-clock.ts';
import { createTimeReader } from '../stages/judge-time.ts';
import { plainNumber } from '../stages/judge-written-numbers.ts';

/** What a column of a sample is like; `doubt` says what the sample does not prove. */
export type SurveyedColumn = {
  header: string;
  type: 'text' | 'code' | 'integer' | 'decimal' | 'date' | 'timestamp' | 'time';
  formats: string[];
  decimalComma: boolean;
  units: string[];
  round: boolean;
  filled: number;
  distinct: number;
  doubt: 'date-order' | 'decimal-mark' | null;
  example: string;
};

/** What people decided where the sample does not. */
export type Decided = { dateOrder?: 'dmy' | 'mdy' | undefined; decimal?: 'comma' | 'point' | undefined };

const NAMES_A_CODE =
  /(^|[\s_])(id|ids|no|nr|number|code|sku|ean|gtin|zip|postcode|plz|phone|tel|fax|invoice|account|konto|beleg|nummer)($|[\s_.])|(Id|ID|No|Nr|Code|Number)$/;
const DAYS = [
  'YYYY-MM-DD',
  'YYYY/M/D',
  'D.M.YYYY',
  'D.M.YY',
  'D/M/YYYY',
  'M/D/YYYY',
  'D-M-YYYY',
  'M-D-YYYY',
  'D/M/YY',
  'M/D/YY',
  'D MMM YYYY',
  'MMM D, YYYY',
  'MMM D YYYY',
  'D-MMM-YYYY',
  'D-MMM-YY',
  'YYYYMMDD',
];
const CLOCKS = [
  '',
  ' HH:mm:ss',
  ' H:mm',
  ' H:mm:ss',
  ' h:mm A',
  ' h:mm:ss A',
  'THH:mm:ss',
  'THH:mm:ss.SSS',
  ' HH:mm:ss.SSS',
  ' HH:mm:ssZ',
  'THH:mm:ssZ',
  'THH:mm:ss.SSSZ',
  ', HH:mm',
  ', H:mm:ss',
];
const FORMATS = DAYS.flatMap((day) => CLOCKS.map((clock) => ({ format: day + clock, isDay: clock === '' })));

/** Judges a column by all of its values in the sample, and its name only where values leave several types. */
export function surveyColumn(header: string, values: readonly string[], decided: Decided): SurveyedColumn {
  const distinct = new Set(values);
  const column: SurveyedColumn = {
    header,
    type: 'text',
    formats: [],
    decimalComma: false,
    units: [],
    round: false,
    filled: values.length,
    distinct: distinct.size,
    doubt: null,
    example: values[0] ?? '',
  };
  if (values.length === 0) return column;
  const some = [...distinct].slice(0, 20_000);
  return (
    asTimes(column, some, decided) ??
    asNumbers(column, some, decided) ?? { ...column, type: textType(header, some) }
  );
}

function textType(header: string, values: readonly string[]): 'text' | 'code' {
  const coded = values.every((value) => /^[\p{L}\p{N}._/#-]{1,64}$/u.test(value));
  return coded && (NAMES_A_CODE.test(header) || values.some((value) => /\d/.test(value))) ? 'code' : 'text';
}

function asTimes(
  column: SurveyedColumn,
  values: readonly string[],
  decided: Decided,
): SurveyedColumn | undefined {
  if (values.every((value) => value.includes(':') && readClock(value) !== null))
    return { ...column, type: 'time' };
  const packed = values.every((value) => /^\d{8}$/.test(value));
  if (packed && NAMES_A_CODE.test(column.header)) return undefined;
  if (!values.every((value) => /\d/.test(value) && (packed || /[-/. ]/.test(value)))) return undefined;
  const fits = FORMATS.filter(({ format, isDay }) => {
    const read = createTimeReader({ kind: isDay ? 'date' : 'timestamp', formats: [format], timeZone: 'UTC' });
    return values.every((value) => 'iso' in read(value));
  });
  const [first] = fits;
  if (!first) return undefined;
  const other = fits.find(({ format }) => isMonthFirst(format) !== isMonthFirst(first.format));
  const wanted = decided.dateOrder === 'mdy' && other ? other : first;
  const isIso = wanted.format.startsWith('YYYY-MM-DD');
  return {
    ...column,
    type: wanted.isDay ? 'date' : 'timestamp',
    formats: isIso ? [] : [wanted.format],
    doubt: other && decided.dateOrder === undefined ? 'date-order' : null,
  };
}

function isMonthFirst(format: string): boolean {
  return /^M[/-]/.test(format);
}

function asNumbers(
  column: SurveyedColumn,
  values: readonly string[],
  decided: Decided,
): SurveyedColumn | undefined {
  const isNamed = NAMES_A_CODE.test(column.header);
  const units = isNamed ? [] : unitsOf(values);
  const plain = values.map((value) => plainNumber(value, units));
  if (plain.some((value) => value === null || !/^[+-]?[\d.,]*\d[\d.,]*$/.test(value))) return undefined;
  const numbers = plain as string[];
  if (numbers.every((value) => /^-?\d+$/.test(value))) {
    const isCode = isNamed || numbers.some((value) => /^-?0\d/.test(value) || value.length > 9);
    if (units.length === 0) return { ...column, type: isCode ? 'code' : 'integer' };
  }
  const comma = numbers.every((value) => /^[+-]?(\d+|\d{1,3}(\.\d{3})+)?(,\d+)?$/.test(value));
  const point = numbers.every((value) => /^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$/.test(value));
  if (!comma && !point) return undefined;
  const isDoubtful = comma && point && numbers.some((value) => /[.,]/.test(value));
  const decimalComma = isDoubtful ? decided.decimal === 'comma' : comma && !point;
  const mark = decimalComma ? ',' : '.';
  return {
    ...column,
    type: 'decimal',
    units,
    decimalComma,
    round: numbers.some((value) => (value.split(mark)[1] ?? '').length > 4),
    doubt: isDoubtful && decided.decimal === undefined ? 'decimal-mark' : null,
  };
}

/** Signs and codes of currencies, and measures; other letters before digits belong to a code. */
const UNIT =
  /^(\p{Sc}|[A-Z]{2}?\p{Sc}|EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|JPY|INR|BRL|CAD|AUD|kr\.?|zł|Kč|Ft|%|kg|g|lbs?|pcs|stk\.?|stück|st\.?)$/iu;

/** What stands before or after the digits; more than three of them are no units. */
function unitsOf(values: readonly string[]): string[] {
  const found = new Set<string>();
  for (const value of values) {
    const match = /^[+-]?\s*(\D*?)\s*[+-]?[\d.,'\u2019\s\u00a0\u202f]*\d\s*(\D*)$/.exec(value);
    for (const unit of match?.slice(1) ?? []) {
      const name = unit.trim().replace(/^[+-]/, '');
      if (name !== '' && !/^[.,'\u2019]$/.test(name)) found.add(name);
    }
    if (found.size > 3) return [];
  }
  const units = [...found];
  return units.every((unit) => UNIT.test(unit)) ? units : [];
}
