import { describe, expect, it } from 'vitest';
import { SHOP } from '../support/a-countable-shop.ts';
import { aModelServer, metricsDecision } from '../support/a-model-server.ts';
import { aQuestionSide } from '../support/a-question-side.ts';

describe('a language model behind the planner', () => {
  it('is asked only for what the deterministic planner does not understand, and its answer says so', async () => {
    const server = await aModelServer([
      { kind: 'json', value: { decision: metricsDecision({ metrics: ['revenue'] }), left_out: [] } },
    ]);
    const side = await aQuestionSide(SHOP, '2026-03-02', {
      OPENAI_API_KEY: 'test',
      OPENAI_BASE_URL: server.url,
      PLUMBLINE_WORDING: 'offline',
    });
    try {
      await side.ask('revenue last month');
      expect(server.requests).toHaveLength(0);
      const { answer, use } = await side.ask('zorgled revenue');
      expect(server.requests.length).toBeGreaterThan(0);
      expect(answer).toMatchObject({ kind: 'answered', table: { rows: [['180.7500']] } });
      expect(use.input).toBeGreaterThan(0);
    } finally {
      await side.close();
      await server.close();
    }
  });

  it('adds sentences to an answer that was found without it, each checked, all counted', async () => {
    const server = await aModelServer([
      { kind: 'stream', pieces: ['Boots made £150.75, Sandals £30.00. Boots made £999.00.'] },
    ]);
    const side = await aQuestionSide(SHOP, '2026-03-02', {
      OPENAI_API_KEY: 'test',
      OPENAI_BASE_URL: server.url,
    });
    try {
      const { answer, use } = await side.ask('revenue by category');
      expect(answer.text).toMatch(/^Boots had the higher revenue.*Boots made £150\.75, Sandals £30\.00\.$/);
      expect(answer.text).not.toContain('999');
      expect(use).toMatchObject({ input: 400, output: 50 });
      const [entry] = await side.needs.audit.list({ limit: 1 });
      expect(entry).toMatchObject({ dropped: 1, tokens: 450 });
    } finally {
      await side.close();
      await server.close();
    }
  });

  it('is left aside when it fails: the deterministic planner asks back', async () => {
    const server = await aModelServer([{ kind: 'status', status: 400 }]);
    const side = await aQuestionSide(SHOP, '2026-03-02', {
      OPENAI_API_KEY: 'test',
      OPENAI_BASE_URL: server.url,
    });
    try {
      const { answer } = await side.ask('zorgled revenue');
      expect(['needs-detail', 'refused', 'empty']).toContain(answer.kind);
    } finally {
      await side.close();
      await server.close();
    }
  });
});
