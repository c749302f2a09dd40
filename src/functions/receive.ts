import { pipelineStep } from './pipeline-step.ts';

export const handler = pipelineStep('Receive');
