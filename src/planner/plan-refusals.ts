import type { PlannerReply } from '../domain/plan.ts';

type Refusal = Extract<PlannerReply, { kind: 'refuse' }>;

const WRITE =
  /\b(?:delete|truncate|insert into|alter|grant|revoke|overwrite|wipe|erase|purge)\b|\bdrop (?:the )?(?:\w+ ){0,2}(?:table|tables|database|schema|view|data|rows|column|index|everything)\b|\bupdate (?!on\b)(?:the |all |my |our )?(?:\w+ ){0,3}(?:table|set|price|prices|record|records|row|rows|customer|customers|order|orders|invoice|invoices|database|stock|value|status|amount|revenue|budget)\b|\b(?:set|change|increase|reduce|raise|lower|modify|edit|correct|fix|adjust) (?:the |all |our |my )?(?:\w+ ){0,3}(?:to|by|=) ?[\d$€£'"]|\b(?:set|change|modify|edit|mark|reset|reverse) (?:the |all |our |my |this |that )?(?:price|prices|record|order|orders|invoice|invoices|customer|customers|stock|status|product|products|rows?|entries|entry)\b|(?<!['’]s |\b(?:our|the|a|this|its|year|month|all-time|all time|what|which|any) )\b(?:add|create|register|insert|make|book|post|record) (?:a |an |new |the )*(?:new )?(?:order|invoice|customer|product|refund|entry|table|record|row|user|discount|payment|booking|expense|column)\b|\b(?:cancel|refund|approve|ship|remove|restore|undo) (?:the |my |this |that |all |their |his |her )?(?:orders?|invoices?|customers?|products?|payments?|rows?|records?|table|data)(?: (?:number|no|#)?\s?[\w-]*\d[\w-]*)?[.!]?$|^(?:please |pls |can you |could you |would you )*(?:cancel|refund|resend|re-send|reship|replace|exchange|send) (?:the |my |this )?order (?:number |no\.? ?|#)?[\w-]*\d[\w-]*\b/i; // prettier-ignore
const SQL =
  /\bselect\b[\s\S]{1,400}\bfrom\b[\s\S]*|\bunion\s+(?:all\s+)?select\b|;\s*(?:drop|delete|update|insert|select|alter|create|attach|copy|set|pragma)\b|\b(?:information_schema|pg_catalog|pg_tables|duckdb_\w+|sqlite_master|read_csv|read_parquet|pg_read_file)\b|--\s|\/\*|'\s*or\s+'?1'?\s*=\s*'?1|\bwith\s+\w+\s+as\s*\(|^\s*(?:copy|attach|pragma|call|exec|execute|vacuum|show tables|describe|explain select)\b/i;
const INJECTION =
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,40}\b(?:instruction|instructions|rule|rules|prompt|above|guard|guardrails|policy|permission|permissions|filters? and|restrictions?|safety)\b|\b(?:system prompt|your prompt|your instructions|developer mode|jailbreak|you are now|act as|pretend|role ?play|do anything now)\b|<\/?(?:system|user|assistant|script|s)\b|\b(?:reveal|print|show|tell me|give me|what is|what are|dump|leak|list)\b[^.?!]{0,30}\b(?:password|passwords|api key|api keys|secret|secrets|token|tokens|credentials|environment variables|env vars|config file|source code|connection string|private key)\b|\/etc\/passwd|\.\.\/|\$\{|\{\{/i;
const FUTURE =
  /\b(?:forecast(?!s? (?:revenue|sales) (?:in|from) the budget)|predict|prediction|predictions|project(?:ed|ion|ions)? (?:revenue|sales|orders)|will (?:we|our|the|it|revenue|sales|orders|there|be|customers|next|they|this|boots|\w+) |going to (?:sell|be|make|earn|have|hit|reach)|expected (?:revenue|sales|orders|demand)|expect (?:to|next|for)|estimate (?:for )?(?:next|the coming|future)|should we (?:expect|order|buy|stock)|likely to|what if|would happen|simulate|how much would|be worth next)\b/i;
const OFF_TOPIC =
  /\b(?:joke|jokes|poem|song|sing|story|haiku|recipe|recipes|capital of|president|prime minister|football|soccer|movie|movies|film|lyrics|translate|horoscope|lottery|bitcoin|crypto|meaning of life|who are you|what is your name|how old are you|are you (?:a|an|human|real)|do you (?:love|like|have feelings)|write (?:me )?(?:a|an|some) (?:code|essay|email|letter|poem|story|function|script|python|program|haiku|tweet|blog)|python code|javascript|homework|math problem|square root|news today|flight|flights|restaurant|restaurants|hotel|hotels|traffic on|what time is it|weather|medical|legal advice|vacation|holiday destinations|birthday party|who won|world cup|stock market|election|politics|tallest|population of)\b/i;
const ADVICE =
  /\b(?:should we|should i|what should|recommend|how can we|how can i|how could we|how do we (?:increase|improve|boost|grow|reduce|fix)|what can we do|best way to|strategy|strategies|(?<!(?:please|kindly|pls) )advise|advice|how to (?:increase|improve|boost|grow|reduce|sell)|is it worth (?:it|the|\w+ing)|ought to)\b/i;

/** 'how did orders change from 2017 to 2018' asks, and changes nothing. */
const ASKS =
  /^(?:(?:and|so|ok),? )*(?:(?:when|where|why|who) (?:did|was|were|has|have|had|is|are|do|does) |why|how (?:many|much)|(?:by )?how (?:did|does|has|have|had) (?!i |you ))\b/i;

/** What is refused before any reading: writes, pasted SQL, attempts on the rules, the future, the weather. */
export function refuseAtOnce(question: string): Refusal | undefined {
  const text = question.normalize('NFKC').replace(/[’‘]/g, "'").trim();
  if (INJECTION.test(text))
    return refusal(
      'cannot-answer',
      'I only answer questions about the figures of this business, and my rules stay as they are.',
    ); // prettier-ignore
  if (SQL.test(text)) {
    const writes = /\b(?:drop|delete|update|insert|alter|truncate|create|attach|copy|grant)\b/i.test(text);
    return refusal(
      writes ? 'would-write' : 'cannot-answer',
      'I do not run SQL that is pasted into a question. Ask in plain words, for example: revenue by category last month.',
    ); // prettier-ignore
  }
  if (WRITE.test(text) && !ASKS.test(text)) {
    return refusal(
      'would-write',
      'I can only read figures, never change anything. Ask me about them instead, for example: orders last week.',
    ); // prettier-ignore
  }
  if (ACT.test(text)) {
    return refusal(
      'cannot-answer',
      'I send nothing to anybody. I can show the figures here, for example: revenue last month by category.',
    );
  }
  if (OFF_TOPIC.test(text))
    return refusal(
      'off-topic',
      'That is not about the figures of this business. Ask me, for example: revenue last month by category.',
    ); // prettier-ignore
  if (FUTURE.test(text) && !/\b(?:revenue|sales) forecast\b/i.test(text)) {
    return refusal(
      'cannot-answer',
      'I do not predict. I can say what has happened, for example: revenue per month over the last 12 months.',
    ); // prettier-ignore
  }
  if (ADVICE.test(text)) {
    return refusal(
      'cannot-answer',
      'I do not give advice. I can show the figures behind a decision, for example: margin by category last month.',
    ); // prettier-ignore
  }
  return foreign(text);
}

/** Acts that a question may ask for and that nobody here carries out. */
const ACT =
  /^(?:please |pls |can you |could you |would you )*(?:e-?mail|forward|fax|text|tweet|notify|remind|schedule|print)\b(?! addresses| address)|\b(?:e-?mail|send|forward|mail)\b[^?.!]{0,60}\bto (?:my|the|our|his|her|their|him|them|[a-z]+@|finance|marketing|accounting|everyone)\b/i;

const FOREIGN =
  /\b(?:wie|wieviel|welche|umsatz|letzten|letzte|letzter|bestellungen|kunden|und|nach|quanto|quantos|quantas|vendas|qual|quais|receita|pedidos|mes passado|cuantos|cuanto|cuantas|cuales|ventas|pedidos|quel|quelle|combien|chiffre|ventes|mois|dernier|avons|nous|fatturato|vendite|hoeveel|omzet|vorige|el|los|las|del|der|das|die|ist|im|dans|les|des|est|nao|foi|em|fue)\b/gi;

function foreign(text: string): Refusal | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const other = text.match(/[^\p{Script=Latin}\P{L}]/gu)?.length ?? 0;
  const words = text.normalize('NFKD').replace(/\p{M}/gu, '').match(FOREIGN) ?? [];
  const all = text.split(/\s+/).length;
  if ((letters > 0 && other / letters > 0.4) || (words.length >= 2 && words.length / all >= 0.3)) {
    return refusal(
      'cannot-answer',
      'I only understand English so far. For example: revenue last month by category.',
    );
  }
  return undefined;
}

function refusal(reason: Refusal['reason'], text: string): Refusal {
  return { kind: 'refuse', reason, text };
}
