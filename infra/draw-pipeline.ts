import { readFileSync } from 'node:fs';

type State = {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Variable: string; BooleanEquals: boolean; Next: string }[];
  Catch?: { Next: string }[];
  ItemProcessor?: { StartAt: string; States: Record<string, State> };
};
type Machine = { StartAt: string; States: Record<string, State> };

/** The state machine as a Mermaid picture. */
export function drawMachine(): string {
  const file = new URL('./orders-pipeline.asl.json', import.meta.url);
  const machine = JSON.parse(readFileSync(file, 'utf8')) as Machine;
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
