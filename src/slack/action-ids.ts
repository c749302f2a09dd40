/** Every button, select and form of ours, by its id on the wire. */
export const ACTIONS = {
  stop: 'answer.stop',
  showSql: 'answer.show-sql',
  csv: 'answer.csv',
  change: 'answer.change',
  chartType: 'answer.chart-type',
  vet: 'answer.vet',
  rate: 'answer.rate',
  unanswered: 'answer.unanswered',
  runAgain: 'receipt.run-again',
  askAgain: 'ask.again',
  choose: 'ask.choose',
  approve: 'queue.approve',
  correct: 'queue.correct',
  dismiss: 'queue.dismiss',
  rerun: 'run.rerun',
  undo: 'run.undo',
  refusedRows: 'run.refused-rows',
  refreshHome: 'home.refresh',
  changeDigest: 'digest.change',
  pauseDigest: 'digest.pause',
  stopDigest: 'digest.stop',
  sendDigest: 'digest.send',
  acknowledgeAlert: 'alert.acknowledge',
  snoozeAlert: 'alert.snooze',
  notUsefulAlert: 'alert.not-useful',
  alertSettings: 'alert.settings',
  confirmRule: 'rule.confirm',
  changeRule: 'rule.change',
  pauseRule: 'rule.pause',
  stopRule: 'rule.stop',
  uploadLoad: 'upload.load',
  uploadReplace: 'upload.replace',
  uploadFix: 'upload.fix',
  uploadCancel: 'upload.cancel',
  uploadUndo: 'upload.undo',
} as const;

/** Numbered, since one block may not hold an id twice. */
export const FOLLOW_UP = /^ask\.follow-up\.\d$/;
export const CHOICE = /^ask\.choice\.\d$/;
export const RULE_CHOICE = /^rule\.try\.\d$/;
export const HOME_QUESTION = /^home\.ask\.\d$/;

export const FORMS = {
  change: 'form.change',
  wrong: 'form.wrong',
  approve: 'form.approve',
  correct: 'form.correct',
  dismiss: 'form.dismiss',
  shortcut: 'form.ask-about',
  digest: 'form.digest',
  rule: 'form.rule',
  alertSettings: 'form.alert-settings',
  upload: 'form.upload',
} as const;
