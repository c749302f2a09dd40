import { describe, expect, it } from 'vitest';
import { createGuard } from '../../../src/guard/vet-sql.ts';
import { readCorpus, retailCatalogue } from './retail-catalogue.ts';

const guard = createGuard({ catalogue: retailCatalogue() });
const params = { from: '2025-01-01', to: '2025-02-01', until: '2025-03-01', brand: 'Runwell' };

describe('the guard lets good analytics through', () => {
  it.each(readCorpus('good-queries.sql'))('%s', (sql) => {
    expect(guard.vet(sql, { params })).toMatchObject({ verdict: 'accepted' });
  });
});

describe('the guard lets queries in the manner of TPC-DS through', () => {
  it.each(readCorpus('analytic-queries.sql'))('%s', (sql) => {
    expect(guard.vet(sql)).toMatchObject({ verdict: 'accepted' });
  });
});
