const STEPS = ['receive', 'validate', 'check', 'load-plan', 'load', 'reconcile', 'refresh-kpis'] as const;

/** Every named place where a test may stop the process: around each step of a run, its end, and an undo. */
export const RUN_FAILPOINTS = [
  'created',
  ...STEPS.flatMap((step) => [`before-${step}`, `after-${step}`, `recorded-${step}`] as const),
  'cleaned',
  'ended',
  'announced',
] as const;

export const UNDO_FAILPOINTS = ['undo-written', 'undo-recorded', 'undo-kpis', 'undo-cleaned'] as const;

/** Before anything of an undo is written: a process that stops here has begun none. */
const BEFORE_UNDO = 'undo-checked';

export type Failpoint =
  | (typeof RUN_FAILPOINTS)[number]
  | (typeof UNDO_FAILPOINTS)[number]
  | typeof BEFORE_UNDO;
