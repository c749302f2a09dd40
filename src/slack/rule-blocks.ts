import { type AlertSettings, quietHoursInWords } from '../alerts/alert-settings.ts';
import type { Locale } from '../questions/format-value.ts';
import type { OfferedRule } from '../rules/offer-rule.ts';
import type { QuietHours, Rule } from '../rules/rule.ts';
import type { DescribedRule } from '../rules/rule-words.ts';
import { ACTIONS, FORMS } from './action-ids.ts';
import {
  actions,
  type Block,
  blockKey,
  button,
  context,
  form,
  headline,
  type SlackForm,
  type SlackMessage,
  section,
  textInput,
} from './block.ts';
import { chartBlock } from './chart-block.ts';
import { ALERT_WORDS, RULE_WORDS } from './telling-words.ts';

/** A rule as it was understood, with what it is now; or what is not clear, with whole rules to choose from. */
export function offerMessage(offered: OfferedRule): SlackMessage {
  if (offered.kind === 'unclear')
    return {
      text: offered.text,
      blocks: [
        headline('headline', offered.text),
        ...actions(
          'choices',
          offered.choices
            .slice(0, 5)
            .map(({ label, words }, index) => button(`rule.try.${index}`, label, words)),
        ),
      ],
    };
  const { rule } = offered;
  const text = RULE_WORDS.offer(offered.sentence);
  return {
    text,
    blocks: [
      headline('headline', `${ALERT_WORDS.sign} ${text}`),
      section('now', RULE_WORDS.now(offered.now)),
      ...context('how', [RULE_WORDS.how, RULE_WORDS.where(rule.to), quietLine(rule.quiet, rule.timeZone)]),
      ...actions('tools', [
        button(ACTIONS.confirmRule, RULE_WORDS.confirm, rule.id, { style: 'primary' }),
        button(ACTIONS.changeRule, RULE_WORDS.change, rule.id),
        button(ACTIONS.stopRule, RULE_WORDS.cancel, rule.id),
      ]),
    ],
  };
}

/** A rule that has begun to hold: what was found, its picture, and what can be done with it. */
export function crossingMessage(
  rule: Rule,
  described: DescribedRule,
  of: { key: string; dataLine: string; owner: string; locale: Locale },
): SlackMessage {
  const chart = described.course && chartBlock(described.course.chart, described.course.table, of.locale);
  return {
    text: `${ALERT_WORDS.sign} ${described.headline}. ${described.sentences.join(' ')}`,
    blocks: [
      headline('headline', `${ALERT_WORDS.sign} ${described.headline}.`),
      section('sentences', described.sentences.join('\n')),
      ...(chart ? [chart] : []),
      ...context(blockKey(of.key), [of.dataLine, RULE_WORDS.setUpBy(of.owner, rule.words)]),
      ...actions('tools', [
        ...(described.why
          ? [button('ask.follow-up.0', ALERT_WORDS.why, described.why, { style: 'primary' })]
          : []),
        ...ruleButtons(rule),
      ]),
    ],
  };
}

/** A person's rules with what can be done with each; also for Home. */
export function ruleListBlocks(rules: { rule: Rule; sentence: string }[]): Block[] {
  const kept = rules.filter(({ rule }) => rule.status !== 'draft').slice(0, 10);
  if (kept.length === 0) return [section('no-rules', RULE_WORDS.none)];
  return kept.flatMap(({ rule, sentence }, index) => [
    section(`rule-${index}`, RULE_WORDS.line(sentence, stateOf(rule), rule.last?.value ?? null)),
    ...actions(`rule-tools-${index}`, ruleButtons(rule)),
  ]);
}

/** It is looked at in this moment, so nothing is said of how it stands. */
export function justSwitchedOn(rule: Rule, sentence: string): Block[] {
  return [section('rule-on', sentence), ...actions('rule-tools', ruleButtons(rule))];
}

function stateOf(rule: Rule): string {
  if (rule.status === 'paused') return RULE_WORDS.states.paused;
  if (rule.status === 'forbidden') return RULE_WORDS.states.forbidden;
  return rule.phase === 'crossed' ? RULE_WORDS.states.crossed : RULE_WORDS.states.calm;
}

function ruleButtons(rule: Rule): Block[] {
  const pauses = rule.status === 'on';
  return [
    button(ACTIONS.changeRule, RULE_WORDS.change, rule.id),
    button(ACTIONS.pauseRule, pauses ? RULE_WORDS.pause : RULE_WORDS.resume, rule.id),
    button(ACTIONS.stopRule, RULE_WORDS.stop, rule.id),
  ];
}

/** The form for a new rule to here, or for changing one. */
export function ruleForm(of: {
  rule?: Rule;
  to: string;
  timeZone: string;
  quiet: QuietHours | null;
}): SlackForm {
  const quiet = of.rule ? of.rule.quiet : of.quiet;
  return form({
    callbackId: FORMS.rule,
    title: RULE_WORDS.formTitle,
    submit: RULE_WORDS.next,
    close: 'Close',
    carries: JSON.stringify({ id: of.rule?.id ?? null, to: of.rule?.to ?? of.to }),
    blocks: [
      textInput('words', RULE_WORDS.wordsLabel, {
        multiline: true,
        hint: RULE_WORDS.wordsHint,
        max: 400,
        ...(of.rule ? { initial: of.rule.words } : {}),
      }),
      textInput('quiet', RULE_WORDS.quietLabel, {
        hint: RULE_WORDS.quietHint,
        max: 40,
        initial: quietHoursInWords(quiet),
      }),
      textInput('zone', RULE_WORDS.zone, { initial: of.rule?.timeZone ?? of.timeZone, max: 60 }),
    ],
  });
}

/** Where the alerts go, and when they are held back; with the way to change it for those who may. */
export function alertSettingsBlocks(settings: AlertSettings, mayChange: boolean): Block[] {
  return [
    ...context('alert-settings', [
      RULE_WORDS.settings(settings.channel.replace(/^#/, ''), quietHoursInWords(settings.quiet)),
    ]),
    ...(mayChange
      ? actions('alert-settings-tools', [button(ACTIONS.alertSettings, RULE_WORDS.changeSettings, 'alerts')])
      : []),
  ];
}

export function alertSettingsForm(settings: AlertSettings, timeZone: string): SlackForm {
  return form({
    callbackId: FORMS.alertSettings,
    title: RULE_WORDS.settingsTitle,
    submit: RULE_WORDS.save,
    close: 'Close',
    blocks: [
      textInput('channel', RULE_WORDS.channelLabel, { initial: settings.channel, max: 80 }),
      textInput('quiet', RULE_WORDS.quietLabel, {
        hint: RULE_WORDS.settingsQuietHint(timeZone),
        max: 40,
        initial: quietHoursInWords(settings.quiet),
      }),
    ],
  });
}

function quietLine(quiet: QuietHours | null, timeZone: string): string {
  return quiet ? RULE_WORDS.quiet(quietHoursInWords(quiet), timeZone) : '';
}
