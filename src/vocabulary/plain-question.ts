import { answerLayout } from './answer-layout.ts';
import { comparingWording } from './comparing-wording.ts';
import { goodsWording } from './goods-wording.ts';
import { hoursOfDay } from './hours-of-day.ts';
import { plainIdioms } from './idioms.ts';
import { leftOutWording } from './left-out-wording.ts';
import { merchandiseWording } from './merchandise-wording.ts';
import { namedOtherwise } from './named-otherwise.ts';
import { officeIdioms } from './office-idioms.ts';
import { orderingWording } from './ordering-wording.ts';
import { plainFigures } from './plain-figures.ts';
import { sameTimes } from './same-times.ts';
import { secondFigures } from './second-figures.ts';
import { singledWording } from './singled-wording.ts';
import { withoutSmallTalk } from './small-talk.ts';
import { spokenIdioms } from './spoken-idioms.ts';
import { spokenTimes } from './spoken-times.ts';
import { withoutShorthand } from './trade-shorthand.ts';
import { inFullWords } from './written-in-haste.ts';

/** What is left out, what is held beside it, and which one of them. */
function setApart(question: string): string {
  return singledWording(comparingWording(leftOutWording(question)));
}

/** Slack's marks and mentions taken off. */
export function plain(question: string): string {
  return plainIdioms(
    orderingWording(
      merchandiseWording(
        goodsWording(
          officeIdioms(
            withoutShorthand(
              hoursOfDay(
                inFullWords(
                  spokenTimes(
                    spokenIdioms(
                      secondFigures(
                        namedOtherwise(
                          setApart(plainFigures(sameTimes(answerLayout(withoutSmallTalk(question))))),
                        ),
                      ),
                    ),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  )
    .replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, ' ')
    .replace(/<(?:https?:[^|>]*)\|([^>]*)>/g, '$1')
    .replace(/[*`~]+/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\b(can)(?:no|['’])t\b/gi, '$1 not')
    .replace(/\bwon['’]t\b/gi, 'will not')
    .replace(/\bw\/o\b/gi, 'without')
    .replace(/(\d)['’](?=\d{3}(?!\d))/g, '$1,')
    .replace(/\b(days?|weeks?|months?|quarters?) of ((?:19|20)\d\d|(?:last|this) year)\b/gi, '$1 in $2')
    .replace(/\bswiss francs?\b/gi, 'CHF')
    .replace(
      /\b([qh][1-4]) ?['’]?([1-3]\d)\b(?!\s*(?:%|percent|or\b|products|orders|customers))/gi,
      '$1 20$2',
    )
    .replace(/(^|\s)['’]([1-3]\d)(?=[\s?.!,]|$)/g, '$120$2')
    .replace(/\b(do|does|did|is|are|was|were|has|have|had|would|should|could)n['’]?t\b/gi, '$1 not')
    .replace(/\b(how|what|where|who|when|that|it|there)['’]s\b/gi, '$1 is')
    .replace(/\b(how|what|where|when)['’]d\b/gi, '$1 did')
    .replace(/\bwho['’]d\b/gi, 'who had')
    .replace(/\b(yesterday|today)s\b/gi, '$1')
    .replace(IN_THE_NAME, 'containing "$1"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** 'with heart in the name'. */
const IN_THE_NAME =
  /\b(?:with|having|that have|which have|that has)(?: the words?)? ["“'‘]?([\p{L}\p{N} -]{2,40}?)["”'’]? in (?:the |its |their |product )*(?:names?|titles?|descriptions?)\b/giu;

/** 'the lowest seller among categories' is a category. */
const SELLER_AMONG =
  /\b(best|top|highest|biggest|worst|lowest|poorest|slowest)[- ]?seller (?:among|amongst|out of|of) (?:the |our |all )*(categories|subcategories|brands|departments|products)\b/gi;

/** 'which brand is our bestseller': the noun says who it is, and is no second thing beside the products. */
const IS_THE_SELLER =
  /\b(which|what) ((?:\p{L}+ )?(?:brand|category|subcategory|department|line|style|colou?r|size|product|item|article|branch|shop|store|city|town|country|region|state|channel)) (?:(?:is|was|has been|would be|became|counts as|comes out as) )(?:currently |now |actually )?(?:(?:our|the|your|my|a) )?(?:(?:overall|absolute|number one|all-time|biggest|top) )?(best|top|biggest|worst|slowest|fastest)[- ]?seller\b/giu;

const ARE_THE_SELLERS =
  /\b(which|what) ((?:\p{L}+ )?(?:brands|categories|subcategories|departments|lines|styles|products|items|articles|branches|shops|stores|cities|towns|countries|regions|states|channels)) (?:are|were|have been|count as) (?:currently |now |actually )?(?:(?:our|the|your|my) )?(?:(\d+|two|three|four|five|ten) )?(best|top|biggest|worst|slowest|fastest)[- ]?sellers\b/giu;

/** Where no merchants sell, a 'best seller' is a product. */
export function withoutSellers(asked: string, hasSellers: boolean): string {
  const question = asked
    .replace(IS_THE_SELLER, '$3 selling $2')
    .replace(
      ARE_THE_SELLERS,
      (_said, which: string, many: string, count: string | undefined, best: string) =>
        `${which} are the ${count ? `${count} ` : ''}${best} selling ${many}`,
    );
  if (hasSellers) return question;
  return question
    .replace(
      SELLER_AMONG,
      (_said, word: string, one: string) => `${word} selling ${one.replace(/ies$/i, 'y').replace(/s$/i, '')}`,
    )
    .replace(/\b(top|best) (\d+|two|three|four|five|ten) sellers\b/gi, '$1 $2 selling products')
    .replace(/\b(best|top|biggest|worst|slowest|fastest)[- ]?sellers\b/gi, '$1 selling products')
    .replace(/\b(best|top|biggest|worst|slowest|fastest)[- ]?seller\b/gi, '$1 selling product');
}

/** 'Minas Gerais (MG)' is one place: where the code is a value, the name before it says the same. */
export function withoutCodes(question: string, isValue: (text: string) => boolean): string {
  return question.replace(
    /((?:\b\p{L}+\s+){1,3})\(([A-Z]{2,3})\)/gu,
    (whole, before: string, code: string) => {
      if (!isValue(code)) return whole;
      const words = before.trim().split(/\s+/);
      const name = [3, 2, 1].map((length) => words.slice(-length).join(' ')).find((text) => isValue(text));
      const kept = name === undefined ? before : before.trim().slice(0, -name.length);
      return `${kept}${code}`;
    },
  );
}
