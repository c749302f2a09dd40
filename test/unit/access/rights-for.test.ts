import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Policy } from '../../../src/access/policy.ts';
import {
  ALL_RIGHTS,
  MANAGER_RIGHTS,
  rightsFor,
  seesAsMuch,
  sharedRights,
} from '../../../src/access/rights-for.ts';

const policy = Policy.parse({
  roles: {
    guest: {},
    member: { tables: 'all', metrics: 'all' },
    manager: { tables: 'all', metrics: 'all', personalData: 'masked' },
    'data-owner': { tables: 'all', metrics: 'all', personalData: 'clear', mayDraftSql: true },
  },
  people: {
    UBEN: { roles: ['manager'], rowFilters: { branch_id: ['B03'] } },
    UMARA: { roles: ['manager'] },
    UDANA: { roles: ['data-owner'] },
  },
  groups: { SNORTH: { roles: ['manager'], rowFilters: { branch_id: ['B01', 'B02'] } } },
});
const person = (user: string, groups: string[] = [], outsider = false) =>
  rightsFor({ user, groups, outsider }, policy);

describe('who may see what', () => {
  it('gives nothing to outsiders whom nobody names', () => {
    expect(person('U9', [], true)).toMatchObject({ tables: [], metrics: [], personalData: 'none' });
  });

  it('gives a member of the workspace aggregates without personal data', () => {
    expect(person('U9')).toMatchObject({ tables: 'all', personalData: 'none', mayDraftSql: false });
  });

  it('keeps a branch manager to the branch', () => {
    expect(person('UBEN').rowFilters).toEqual({ branch_id: ['B03'] });
  });

  it('adds up what a person and the groups of a person are granted', () => {
    expect(person('UBEN', ['SNORTH']).rowFilters).toEqual({ branch_id: ['B01', 'B02', 'B03'] });
  });

  it('shows an audience only what everyone in it may see', () => {
    expect(sharedRights([person('UMARA'), person('UBEN')]).rowFilters).toEqual({ branch_id: ['B03'] });
    expect(sharedRights([person('UMARA'), person('U9')]).personalData).toBe('none');
    expect(sharedRights([person('UDANA'), person('U9', [], true)]).tables).toEqual([]);
  });

  it('knows whether an audience sees as much as the asker', () => {
    expect(seesAsMuch(person('UMARA'), person('UBEN'))).toBe(true);
    expect(seesAsMuch(person('UBEN'), person('UMARA'))).toBe(false);
  });

  it('gives equal rights the same id and other rights another', () => {
    const users = fc.constantFrom('UBEN', 'UMARA', 'UDANA', 'U9');
    fc.assert(
      fc.property(users, users, (a, b) => {
        const same =
          JSON.stringify({ ...person(a), id: '', roles: [], mayDraftSql: 0 }) ===
          JSON.stringify({ ...person(b), id: '', roles: [], mayDraftSql: 0 });
        expect(person(a).id === person(b).id).toBe(same);
      }),
    );
  });

  it('lets the terminal do all', () => {
    expect(ALL_RIGHTS).toMatchObject({ tables: 'all', personalData: 'clear', mayOperate: true });
  });

  it('masks personal data for who asks there, as for every manager', () => {
    expect(MANAGER_RIGHTS).toMatchObject({ tables: 'all', metrics: 'all', personalData: 'masked' });
    expect(MANAGER_RIGHTS.id).not.toBe(ALL_RIGHTS.id);
  });
});
