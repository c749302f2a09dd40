import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
/** Instructions with their continued lines as one. */
const lines = text
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));
const stages = lines.filter((line) => line.startsWith('FROM '));
const last = lines.slice(lines.lastIndexOf(stages.at(-1) ?? ''));

/** There is no Docker where this is tested: what can be known without building it is held here. */
describe('the image', () => {
  it('copies only what is there, from the source or from a stage before', () => {
    const names = stages.map((line) => / AS (\w+)$/.exec(line)?.[1]);
    for (const line of lines.filter((each) => each.startsWith('COPY '))) {
      const from = /--from=(\w+)/.exec(line)?.[1];
      if (from) expect(names).toContain(from);
      const words = line
        .split(/\s+/)
        .slice(1)
        .filter((word) => !word.startsWith('--'));
      for (const source of from ? [] : words.slice(0, -1))
        expect(existsSync(join(ROOT, source)), source).toBe(true);
    }
  });

  it('is built from the lock file, and lets no package run a script', () => {
    const installs = lines.filter((line) => /npm (ci|install|i)\b/.test(line));
    expect(installs).toHaveLength(1);
    expect(installs[0]).toContain('npm ci --ignore-scripts');
    const scripts = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object })
      .scripts;
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty(script);
  });

  it('holds no tools of building, runs as nobody in particular, and says whether it is alive', () => {
    expect(stages.length).toBeGreaterThan(2);
    expect(last.some((line) => line.startsWith('RUN '))).toBe(false);
    expect(last).toContain('USER 1000:1000');
    expect(last.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  });

  it('starts programs that there are', () => {
    const deployed = readFileSync(join(ROOT, 'infra/aws/programs.ts'), 'utf8');
    const cli = readdirSync(join(ROOT, 'src'))
      .filter((name) => name.startsWith('cli'))
      .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
      .join('\n');
    const commands = [
      ...`${text}\n${deployed}`.matchAll(/'?"?node'?"?, '?"?dist\/src\/cli\.js'?"?, '?"?(\w+)/g),
    ].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(4);
    for (const name of commands) expect(cli).toMatch(new RegExp(`command\\('${name}[' ]`));
  });

  it('takes no secret, no data and nothing built elsewhere into it', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    for (const path of ['.env', '.git', '.plumbline*', 'node_modules', 'dist', 'cdk.out'])
      expect(ignored).toContain(path);
    expect(text).not.toMatch(/(TOKEN|SECRET|API_KEY|PASSWORD)=/);
  });
});
