import type { Role } from '../domain/rights.ts';
import { actions, button, context, headline, type SlackMessage, section } from './block.ts';
import { GREETINGS, PROMPTS } from './greeting-words.ts';
import { WORDS } from './words.ts';

const GREETED =
  /^(hi|hello|hey|hiya|good (morning|afternoon|evening|day)|hallo|yo)( there| plumbline)?[\s.!]*$/i;
const ASKED_FOR_HELP = /^(help|\?|help me|how does this work|how do you work|what can you do)[\s.!?]*$/i;

/** 'Hello', 'help', or nothing but a mention: what to do here, with questions of the person's role as buttons. */
export function welcomeTo(text: string, role: Role): SlackMessage | null {
  const forHelp = ASKED_FOR_HELP.test(text);
  if (text !== '' && !forHelp && !GREETED.test(text)) return null;
  return {
    text: GREETINGS[role],
    blocks: [
      headline('headline', GREETINGS[role]),
      ...(forHelp ? WORDS.help.map((line, index) => section(`help-${index}`, line)) : []),
      ...context('or', [WORDS.orTry]),
      ...actions(
        'next',
        PROMPTS[role].map(({ title, message }, index) => button(`ask.follow-up.${index}`, title, message)),
      ),
    ],
  };
}
