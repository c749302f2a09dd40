import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDateText } from '../../../src/uploads/date-text.ts';

describe('dates as people write them', () => {
  it.each([
    ['2025-04-13', '2025-04-13'],
    ['13.04.2025', '2025-04-13'],
    ['13/04/25', '2025-04-13'],
    ['04/13/2025', '2025-04-13'],
    ['20250413', '2025-04-13'],
    ['13 April 2025', '2025-04-13'],
    ['13. März 2025', '2025-03-13'],
    ['13 août 2025', '2025-08-13'],
    ['13 de enero de 2025', '2025-01-13'],
    ['13 mei 2025', '2025-05-13'],
    ['13 dicembre 2025', '2025-12-13'],
    ['Apr 13, 2025', '2025-04-13'],
    ['13-Apr-25', '2025-04-13'],
    ['Mon 13/01/2025', '2025-01-13'],
    ['2025-04-13T10:20:30Z', '2025-04-13T10:20:30'],
    ['13/04/2025 2:05 PM', '2025-04-13T14:05:00'],
    ['13/04/2025 00:00:00', '2025-04-13'],
  ])('reads %s as %s', (text, expected) => {
    expect(readDateText(text)?.value('dmy') ?? readDateText(text)?.value('mdy')).toBe(expected);
  });

  it('settles the order by days above twelve, and by dots', () => {
    expect(readDateText('13/04/2025')?.proves).toBe('dmy');
    expect(readDateText('04/13/2025')?.proves).toBe('mdy');
    expect(readDateText('04.05.2025')?.proves).toBe('dmy');
    expect(readDateText('04/05/2025')).toMatchObject({ ambiguous: true });
  });

  it.each(['2025-01', '01/2025', 'Jan 2025', 'Jan-25', 'January 2025', 'janv. 2025', 'Januar 2025'])(
    'reads %s as a month',
    (text) => {
      expect(readDateText(text)).toMatchObject({ grain: 'month' });
      expect(readDateText(text)?.value('dmy')).toBe('2025-01-01');
    },
  );

  it.each(['31/02/2025', '2025-13-01', '45.13.2025'])('knows that there is no %s', (text) => {
    expect(readDateText(text)?.value('dmy')).toBeUndefined();
  });

  it.each(['hello', '12', '1.234,56', '1-2-3-4', 'Mayor 2025', ''])('does not take %s for a date', (text) => {
    expect(readDateText(text)).toBeUndefined();
  });

  it('gives back every day in every way of writing it', () => {
    const days = fc.date({ min: new Date('1971-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const iso = day.toISOString().slice(0, 10);
        const [year = '', month = '', date = ''] = iso.split('-');
        expect(readDateText(iso)?.value('dmy')).toBe(iso);
        expect(readDateText(`${date}/${month}/${year}`)?.value('dmy')).toBe(iso);
        expect(readDateText(`${month}/${date}/${year.slice(2)}`)?.value('mdy')).toBe(iso);
        expect(readDateText(`${Number(date)}.${Number(month)}.${year}`)?.value('dmy')).toBe(iso);
      }),
      { numRuns: 500 },
    );
  });
});
