import type { Concept } from './concepts.ts';
import { isPackedDay } from './survey-column.ts';
import type { Sheet } from './workbook.ts';

/** The export format of DATEV: a line about the file, then the names, then bookings whose dates have no year. */
export type DatevHeader = {
  kind: string;
  fiscalYearStart: string;
  from: string;
  to: string;
  currency: string;
};

export function datevHeader(sheet: Sheet): DatevHeader | undefined {
  const first = sheet.rows.row(0);
  const text = (at: number) => first?.cells[at]?.text.trim() ?? '';
  if (!first || first.index !== 0 || !/^(EXTF|DTVF)$/.test(text(0)) || !/^\d{3}$/.test(text(1)))
    return undefined;
  return {
    kind: text(3),
    fiscalYearStart: day(text(12)),
    from: day(text(14)),
    to: day(text(15)),
    currency: text(21),
  };
}

/** What the columns of its bookings mean, by their fixed names. */
export const DATEV_CONCEPTS: Record<string, Concept> = {
  'umsatz ohne soll haben kz': 'amount',
  'soll haben kennzeichen': 'direction',
  'wkz umsatz': 'currency',
  kurs: 'exchange_rate',
  konto: 'account_code',
  'gegenkonto ohne bu schlussel': 'contra_account',
  'bu schlussel': 'tax_code',
  belegdatum: 'date',
  'belegfeld 1': 'document_no',
  buchungstext: 'text',
  'kost1 kostenstelle': 'branch_id',
};

/** '0302' or '302' in the fiscal year that began then: 3 February of it. */
export function datevDay(text: string, fiscalYearStart: string): string | undefined {
  const match = /^(\d{1,2})(\d{2})$/.exec(text.trim());
  if (!match || fiscalYearStart === '') return undefined;
  const monthDay = `${match[2]}-${(match[1] ?? '').padStart(2, '0')}`;
  const year = Number(fiscalYearStart.slice(0, 4)) + (monthDay < fiscalYearStart.slice(5) ? 1 : 0);
  const packed = `${year}${monthDay.replace('-', '')}`;
  return isPackedDay(packed) ? `${year}-${monthDay}` : undefined;
}

function day(packed: string): string {
  return isPackedDay(packed) ? `${packed.slice(0, 4)}-${packed.slice(4, 6)}-${packed.slice(6)}` : '';
}
