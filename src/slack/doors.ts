import { ACTIONS, CHOICE, FOLLOW_UP, FORMS, HOME_QUESTION, RULE_CHOICE, UPLOAD_FEED } from './action-ids.ts';
import {
  askFromButton,
  changeChart,
  changeQuestion,
  sendCsv,
  showSql,
  stopAnswer,
} from './answer-actions.ts';
import { onThreadStarted } from './assistant-pane.ts';
import type { Bot } from './bot.ts';
import { onMembershipChanged, onSessionStopped } from './channel-events.ts';
import type { Click } from './click.ts';
import { type Command, onAsk, onKpi, onPlumbline, type Tell } from './commands.ts';
import { onWrongForm, rateAnswer, sendForVetting, tellDataOwner } from './feedback.ts';
import { onHomeOpened, refreshHome } from './home.ts';
import { onMention, onMessage } from './question-events.ts';
import {
  checkApproval,
  type FormErrors,
  onApproved,
  onCorrected,
  onDismissed,
  openApprove,
  openCorrect,
  openDismiss,
  sendHeld,
} from './queue-actions.ts';
import {
  approveRecord,
  checkRecordForm,
  checkReverseForm,
  exportRecords,
  onDeclineForm,
  onNewRecord,
  onRecordForm,
  onReverseForm,
  openCorrect as openCorrectRecord,
  openDecline,
  openReverse,
  sendRecordFile,
  showRecord,
} from './record-actions.ts';
import { onRecord } from './record-command.ts';
import {
  checkAlertSettings,
  checkRuleForm,
  confirmRule,
  onAlertSettings,
  onRuleForm,
  openAlertSettings,
  openRuleForm,
  pauseRule,
  stopRule,
  tryRule,
} from './rule-actions.ts';
import { muteRuns, rerunOverNewer, rerunRun, showRefusedRows, undoBatch } from './run-actions.ts';
import { runAgain } from './run-again.ts';
import { checkSettings, onSettings } from './settings-form.ts';
import { onFileShared } from './shared-files.ts';
import { onAskAbout, onQuestionForm } from './shortcut.ts';
import type { Submission } from './submission.ts';
import {
  acknowledgeAlert,
  checkDigestForm,
  notUsefulAlert,
  onDigestForm,
  openDigestForm,
  pauseDigest,
  sendDigestNow,
  snoozeAlert,
  stopDigest,
} from './telling-actions.ts';
import {
  cancelUpload,
  changeFeedInForm,
  checkMapping,
  loadUpload,
  onMapping,
  openMapping,
  reopenUpload,
  replaceUpload,
  undoUpload,
} from './upload-actions.ts';

type EventHandler = (event: never, bot: Bot) => Promise<void>;
type ClickHandler = (click: Click, bot: Bot) => Promise<void>;
type FormHandler = {
  check?: (submission: Submission, bot: Bot) => Promise<FormErrors>;
  run: (submission: Submission, bot: Bot) => Promise<void>;
};

/** Events, by Slack's names. The app manifest is made from these lists. */
export const EVENT_HANDLERS: Record<string, EventHandler> = {
  message: onMessage,
  app_mention: onMention,
  app_home_opened: onHomeOpened,
  assistant_thread_started: onThreadStarted,
  // Which channel the person looks at changes nothing for us; unheard, Slack's framework would warn of it.
  assistant_thread_context_changed: async () => {},
  agent_session_stopped: onSessionStopped,
  file_shared: onFileShared,
  member_joined_channel: onMembershipChanged,
  member_left_channel: onMembershipChanged,
};

export const COMMAND_HANDLERS: Record<string, (command: Command, tell: Tell, bot: Bot) => Promise<void>> = {
  '/ask': onAsk,
  '/kpi': onKpi,
  '/plumbline': onPlumbline,
  '/record': onRecord,
};

/** Message shortcuts, by callback id. */
export const SHORTCUT_HANDLERS: Record<string, typeof onAskAbout> = { 'ask-about-this': onAskAbout };

const CLICK_HANDLERS: [id: string | RegExp, handler: ClickHandler][] = [
  [ACTIONS.stop, stopAnswer],
  [ACTIONS.showSql, showSql],
  [ACTIONS.csv, sendCsv],
  [ACTIONS.runAgain, runAgain],
  [ACTIONS.change, changeQuestion],
  [ACTIONS.chartType, changeChart],
  [ACTIONS.rate, rateAnswer],
  [ACTIONS.vet, sendForVetting],
  [ACTIONS.unanswered, tellDataOwner],
  [ACTIONS.askAgain, askFromButton],
  [ACTIONS.choose, askFromButton],
  [FOLLOW_UP, askFromButton],
  [CHOICE, askFromButton],
  [HOME_QUESTION, askFromButton],
  [ACTIONS.refreshHome, refreshHome],
  [ACTIONS.approve, openApprove],
  [ACTIONS.correct, openCorrect],
  [ACTIONS.dismiss, openDismiss],
  [ACTIONS.sendHeld, sendHeld],
  [ACTIONS.rerun, rerunRun],
  [ACTIONS.rerunOverNewer, rerunOverNewer],
  [ACTIONS.undo, undoBatch],
  [ACTIONS.refusedRows, showRefusedRows],
  [ACTIONS.muteFeed, muteRuns],
  // A link: there is nothing to do but to say that it was heard.
  [ACTIONS.openLog, async () => {}],
  [ACTIONS.changeDigest, openDigestForm],
  [ACTIONS.pauseDigest, pauseDigest],
  [ACTIONS.stopDigest, stopDigest],
  [ACTIONS.sendDigest, sendDigestNow],
  [ACTIONS.acknowledgeAlert, acknowledgeAlert],
  [ACTIONS.snoozeAlert, snoozeAlert],
  [ACTIONS.notUsefulAlert, notUsefulAlert],
  [ACTIONS.alertSettings, openAlertSettings],
  [ACTIONS.confirmRule, confirmRule],
  [ACTIONS.changeRule, openRuleForm],
  [ACTIONS.pauseRule, pauseRule],
  [ACTIONS.stopRule, stopRule],
  [RULE_CHOICE, tryRule],
  [ACTIONS.uploadLoad, loadUpload],
  [ACTIONS.uploadReplace, replaceUpload],
  [ACTIONS.uploadFix, openMapping],
  [UPLOAD_FEED, changeFeedInForm],
  [ACTIONS.uploadCancel, cancelUpload],
  [ACTIONS.uploadUndo, undoUpload],
  [ACTIONS.uploadAgain, reopenUpload],
  [ACTIONS.uploadEarlier, reopenUpload],
  [ACTIONS.newRecord, onNewRecord],
  [ACTIONS.showRecord, showRecord],
  [ACTIONS.approveRecord, approveRecord],
  [ACTIONS.declineRecord, openDecline],
  [ACTIONS.reverseRecord, openReverse],
  [ACTIONS.correctRecord, openCorrectRecord],
  [ACTIONS.recordFile, sendRecordFile],
  [ACTIONS.exportRecords, exportRecords],
];

export const FORM_HANDLERS: Record<string, FormHandler> = {
  [FORMS.change]: { run: (submission, bot) => onQuestionForm(submission, 'button', bot) },
  [FORMS.shortcut]: { run: (submission, bot) => onQuestionForm(submission, 'shortcut', bot) },
  [FORMS.wrong]: { run: onWrongForm },
  [FORMS.approve]: { check: checkApproval, run: onApproved },
  [FORMS.correct]: { run: onCorrected },
  [FORMS.dismiss]: { run: onDismissed },
  [FORMS.digest]: { check: checkDigestForm, run: onDigestForm },
  [FORMS.rule]: { check: checkRuleForm, run: onRuleForm },
  [FORMS.alertSettings]: { check: checkAlertSettings, run: onAlertSettings },
  [FORMS.upload]: { check: checkMapping, run: onMapping },
  [FORMS.settings]: { check: checkSettings, run: onSettings },
  [FORMS.record]: { check: checkRecordForm, run: onRecordForm },
  [FORMS.reverseRecord]: { check: checkReverseForm, run: onReverseForm },
  [FORMS.declineRecord]: { run: onDeclineForm },
};

const CLICKS_BY_ID = new Map(
  CLICK_HANDLERS.filter((entry): entry is [string, ClickHandler] => typeof entry[0] === 'string'),
);
const CLICKS_BY_PATTERN = CLICK_HANDLERS.filter(
  (entry): entry is [RegExp, ClickHandler] => entry[0] instanceof RegExp,
);

/** Who answers a button or select with this id; undefined when it is none of ours. */
export function clickHandler(id: string): ClickHandler | undefined {
  return CLICKS_BY_ID.get(id) ?? CLICKS_BY_PATTERN.find(([pattern]) => pattern.test(id))?.[1];
}
