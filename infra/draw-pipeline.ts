/** `node --import tsx infra/draw-pipeline.ts`: draws the state machine as a Mermaid picture into etl/README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type State = {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Variable: string; BooleanEquals: boolean; Next: string }[];
  Catch?: { Next: string }[];
  ItemProcessor?: { StartAt: string; States: Record<string, State> };
};
type Machine = { StartAt: string; States: Record<string, State> };

const README = fileURLToPath(new URL('../etl/README.md', import.meta.url));
const BEGIN = '<!-- drawn by infra/draw-pipeline.ts -->';
const END = '<!-- end of the drawing -->';

export function drawMachine(machine: Machine): string {
  const lines = ['stateDiagram-v2', `  [*] --> ${machine.StartAt}`];
  for (const [name, state] of Object.entries(machine.States)) {
    if (state.ItemProcessor) {
      const { StartAt } = state.ItemProcessor;
      lines.push(`  state ${name} {`, `    [*] --> ${StartAt}`, `    ${StartAt} --> [*]`, '  }');
    }
    if (state.Type === 'Choice') lines.push(`  state ${name} <<choice>>`);
    for (const choice of state.Choices ?? []) {
      const what = choice.Variable.split('.').at(-1) ?? '';
      lines.push(`  ${name} --> ${choice.Next}: ${choice.BooleanEquals ? '' : 'not '}${what}`);
    }
    if (state.Default) lines.push(`  ${name} --> ${state.Default}: else`);
    if (state.Next) lines.push(`  ${name} --> ${state.Next}`);
    for (const { Next } of state.Catch ?? []) lines.push(`  ${name} --> ${Next}: failed`);
    if (state.Type === 'Succeed' || state.Type === 'Fail') lines.push(`  ${name} --> [*]`);
  }
  return lines.join('\n');
}

/** The README with the drawing of the machine as it is now. */
export function withDrawing(readme: string): string {
  const machine = JSON.parse(
    readFileSync(new URL('./orders-pipeline.asl.json', import.meta.url), 'utf8'),
  ) as Machine;
  const [before = '', rest = ''] = readme.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  return `${before}${BEGIN}\n\n\`\`\`mermaid\n${drawMachine(machine)}\n\`\`\`\n\n${END}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = readFileSync(README, 'utf8');
  writeFileSync(README, withDrawing(readme));
}
