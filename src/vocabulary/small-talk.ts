import { mayMatch } from './may-match.ts';

/**
 * What people say around a question: greetings, thanks, who wants to know and what for. It never changes a number, so it
 * is taken off before the question is read; everything else that is not understood is asked about.
 */
export function withoutSmallTalk(question: string): string {
  let text = question.replace(LOOKS_LIKE, '$1');
  for (const talk of TALK) {
    if (!mayMatch(talk, text)) continue;
    const shorter = text.replace(talk, ' ');
    if (/[\p{L}\p{N}]/u.test(shorter)) text = shorter;
  }
  return text;
}

/** 'what do orders in York look like'. */
const LOOKS_LIKE =
  /\b(?:what|how) (?:(?:do|does|did) )?((?:the |our )?[\p{L}\d][^?.!,;]{3,70}?) (?:look|looks|looked|looking) like\b/giu;

const WHO =
  '(?:(?:my|our|the|his|her) )?(?:boss|manager|director|ceo|cfo|coo|owner|chef|lead|accountant|team|finance team|finance|board|bank|investors?|auditors?|colleagues?|head office)';

/** Who sits in which room: 'the email team', 'Buying', 'our head of retail'. */
const DESK =
  '(?:(?!how|what|which|who|when|where|did|do|does)[\\p{L}-]+ ){0,3}(?:team|dept\\.?|department|desk|office|folks|guys|lads|lot|manager|director|buyers?|planners?|merchandisers?|analysts?|controller|lead|head of [\\p{L}-]+)|(?:buying|merchandising|marketing|finance|sales|ops|operations|logistics|quality|accounts|planning|supply chain|crm|e-?commerce|digital|retail|trading|legal|stores|head office|hq|management|procurement)';

const BEFORE: readonly RegExp[] = [
  /^[\s,.!-]*(?:one for you|random one|excuse me|sorry to bother you|lastly|firstly|once more|one more|another one|last one|next one|next (?:question|up)|to (?:start|begin) with|first (?:of all|off|up)|(?:good )?afternoon all|refresh my memory|settle a bet|can you help(?: me)?|doing (?:some|a bit of) (?:analysis|research|checking|digging)|we(?:['’]re| are) (?:just )?(?:reviewing|checking|looking back)|i was asked|maybe a silly question|this may be obvious)\s*[,.!:;–-]*\s+(?=\S+ \S+)(?!(?:for|about|to|of|that|if|by|the)\b)/i,
  /^[\s,.!-]*(?:first|next|again|also|finally)\s*[,:;–-]+\s+(?=\S+ \S+)/i,
  /^[\s,]*(?:a |just a )?(?:quick|small|simple|short) (?:one|question|q) (?:from|by) (?:the|a|our|your) [\p{L} ]{3,25}?\s*[:,;–-]\s*/iu,
  new RegExp(
    `^[\\s,]*(?:the |our |my )?(?:${DESK}) (?:(?:is|are|was|were|has|have|just|been|keeps?|would|really) ){0,3}(?:asks?|asked|asking|wants?|wanted|needs?|needed|likes?|curious|wonder(?:s|ing)?|keen|after|interested)(?: me| us)?(?: to (?:know|see|hear|find out)| for| about| in)*[:,]? (?=(?:how|what|which|who|when|where|whether|if) )`,
    'iu',
  ),
  /^[\s,]*(?:i am|i['’]?m|we are|we['’]?re) after (?=(?:the|our|a|an|some)\b)/i,
  /^[\s,]*what (?:i|we)(?:['’]m|['’]d| am| are| would)?(?: really| actually| just)? (?:need|want|after|am after|looking for|would like|like)(?: to (?:know|see|have))? (?:is|are)\b(?! (?:for|to)\b)/i,
  /^[\s,]*(?:ok|okay|right|well|now|so) and (?=(?:how (?:many|much)|what|which) )/i,
  /^[\s,]*(?:volumes?|kpis?|numbers|figures|stats|quick check|question|request|for info|fyi|topic|subject|re)\s*:\s*(?=\S)/i,
  /^[\s,.!-]*(?!day-)(?:(?:good )?(?:morning|afternoon|evening|day)|hi+|hey+|hello|hiya|yo|howdy|greetings|dear)(?: (?:all|team|there|folks|everyone|guys|both|again|mate|plumbline|bot))*\s*[,.!:–-]+\s*/i,
  /^[\s,.!-]*(?:sorry|apologies|h+m+|uh+|um+|er+m*|oh|ah|right|alright|quick (?:one|question|q)|(?:a )?(?:quick|small|simple) (?:one|question|ask|thing)|question|random question|just curious|just wondering|out of (?:interest|curiosity)|when you (?:get|have) a (?:sec(?:ond)?|minute|moment)|if you (?:can|could|have time)|if possible|no rush(?: but)?|not urgent(?: but)?|urgent(?! (?:orders?|deliver(?:y|ies)|shipments?|refunds?|invoices?|cases?|customers?))|fyi|btw|by the way)\s*[,.!:–-]*\s+/i,
  /^[\s,.!-]*(?:i am|i['’]?m|we are|we['’]?re) (?:just )?(?:preparing|writing|doing|making|working on|putting together) (?:a|an|the|my|our|some) [\p{L} ]{2,30}? (?:and|so) (?:i |we )?(?:need|want|would like|['’]d like)\b/iu,
  /\b(?:can|could|would|please) (?:you |someone |anyone |anybody |somebody )?(?:please )?remind me (?=what|how|which|who|when|where|of)/i,
  /^[\s,.!-]*(?:i am |i['’]?m |we are |we['’]?re )?(?:just )?(?:preparing|writing|putting together|working on|finalising|finalizing|finishing) (?:a|an|the|my|our|some) [\p{L} ]{2,30}?(?:,|:| -|–|;)\s*/iu,
  /^[^?]{0,60}?(?:\.{2,}|…)\s*(?:no,? wait|wait,? no|actually,? no|scratch that|no,? sorry|sorry,? no|forget that|strike that)\s*[,:.–-]*\s*(?:just |rather |make it |i mean )?(?=\S+ \S+ \S+ \S+)/i,
  /^[\s,]*(?:it is |it['’]s |this is )(?:only )?my (?:very )?(?:first|second|third) (?:day|week|month)(?= ?[,.!;–-])[\s,.!;–-]*/i,
  /^[\s,.!-]*(?:and )?(?:so )?(?:sorry|apologies|forgive me|excuse me)(?:,? (?:if|but))? (?:this|that|it)(?:['’]s| is| may be| might be| sounds| seems)?(?: a| an)?(?: bit)?(?: very| rather| really)? (?:obvious|silly|stupid|dumb|basic|daft|simple|naive|trivial)(?: question| one| thing)?\s*[,.!:;–-]+\s*/i,
  /^[\s,]*(?:it is |it['’]s |this is )?(?:my )?(?:first|second|third|new) (?:day|week|month) (?:here|in the job|at the company|on the job)\s*(?:[:;]-?[)(D]|[,.!:–-])*\s*/i,
  /^[\s,]*remind me[,:]? (?=what|how|which|who|when|where|of)/i,
  /^[\s,]*(?:is there )?any (?:chance|way) (?:of (?:getting|seeing|having)|(?:that )?(?:you|i|we|someone) (?:could|can|might)(?: please)?(?: (?:pull|get|see|have|show|give|send|share|tell|run|find|check))?(?: up| out)?(?: me| us)?)\b/i,
  /^[\s,]*(?:does|do) (?:anyone|anybody|someone|we|you) know\b/i,
  /^[\s,]*(?:got |have you got |do you have )?any idea (?:of |about )?(?=what|how|which|who|when|where)/i,
  new RegExp(
    `^[\\s,]*${WHO} (?:has |have |is |are |was |were )?(?:just )?(?:asks?|asked|asking|wants?|wanted|needs?|needed|would like)(?: me| us)?(?: for| about| to know| to see)?\\b`,
    'i',
  ),
  /^[\s,]*(?:finance|marketing|ops|operations|head office|the board|the (?:ceo|cfo|coo)) (?:has |have |is |are )?(?:asks?|asked|asking|wants?|wanted|needs?|needed)(?: me| us)?(?: for| about| to know| to see)?\b/i,
  /^[\s,]*(?:i|we)(?:['’]d| would) (?:really )?(?:love|like|be interested|be curious) (?:to (?:know|see|hear|find out|understand|learn)|in)\b/i,
]; // prettier-ignore

const BEHIND: readonly RegExp[] = [
  /[\s,.!-]+if (?:you['’]d|you would|you could) be so kind[\s.!?]*$/i,
  /[\s,]+(?:if poss|if it['’]?s not too much (?:trouble|bother|hassle)|if that['’]?s ok(?:ay)?|much obliged|ever so|any idea|right|yeah|yep|eh|innit|pal|chief|boss|nothing more|no more than that|excluding nothing|nothing excluded|nothing left out|in full|in order|(?:in )?alphabetical(?: order)?|sorted (?:by name|alphabetically|a to z)|one after (?:another|the other)|rounded(?: (?:up|off))?|(?:rounded )?to the nearest (?:pound|thousand|hundred|whole number)|(?:so|so that) (?:i|we) can (?:plan|see|check|report|compare|decide)(?: (?:it|this|that|ahead))?)[\s.!?]*$/i,
  /(?<=\bstock\b.*)[?.!,;]\s*(?:in )?(?:units|pairs|pieces) (?:is|are|would be|will do|will be)(?: (?:fine|ok|okay|enough|good|great|sufficient))?[.!]*$/i,
  /[?.!,;]\s*(?:an? )?(?:rough|round|approximate|exact|total|overall|single)? ?(?:numbers?|figures?|totals?|list|sum) (?:is|are|would be|will be|'s) (?:fine|ok|okay|enough|good|great|sufficient)[.!]*$/i,
  /[\s,]+for (?:picking|packing|planning|scheduling|staffing|budgeting|reference|context|information|info|my (?:notes|records|report|file)|replenishment|re-?ordering|the rota|stocktaking)[\s.!?]*$/i,
  /[\s,.!-]+(?:tia|cheers|ta|thx|ty|thanks(?: a (?:lot|bunch|million))?|thank you(?: (?:so|very) much)?|much appreciated|many thanks|(?:thanks|thx|thank you|cheers),? in advance|please and thank you|(?:cheers|thanks) (?:mate|all|team|in advance))[\s.!]*$/i,
  /[\s,]+(?:in a nutshell|at a glance|in short|in brief|in one line|in a sentence|if possible|if you can|when you can|when you get a (?:sec(?:ond)?|minute|moment)|for me please|asap|urgently)[\s.!?]*$/i,
  /[\s,]+(?:mate|folks|everyone|guys)[\s.!?]*$/i,
]; // prettier-ignore

const CLAUSES: readonly RegExp[] = [
  /[,;.–-]\s*(?:is (?:it|this|that) possible|would (?:it|this|that) be possible|can (?:you|we|this|that) (?:do|be done|manage) ?(?:that|this)?|possible)\s*\?*$/i,
  /[,;.–-]\s*(?:something|it|that|this|the number)(?: (?:is|looks|seems|feels|smells|must be)|['’]s) (?:a bit |very |rather |too |so )?(?:off|odd|wrong|strange|weird|fishy|funny|low|high)(?: (?:there|here|to me))?[.!?]*$/i,
  /[,;.?–-]\s*(?:units|pounds|money|percent|a number|numbers|totals?|a total|roughly|rounded|approximate(?:ly)?)(?: only)? (?:is|are|will be|would be|will do|would do) (?:fine|ok|okay|enough|good|great|perfect)?[.!]*$/i,
  /\s(?:[:;]-?[)(DP])(?=\s|$)/,
  /,\s*(?:as |because |since |cos |coz )?(?:i|we) (?:get|keep getting|keep hearing|keep|hear|am getting|have to|promised|was told|was asked|were told|must)\b[^,?]*[.!]?$/i,
];

const MONEY = '(?:euros?|eur|dollars?|usd|pounds?|gbp|sterling|[£$€])';

const ANYWHERE: readonly RegExp[] = [
  // 'in euros.. sorry, pounds': what was taken back.
  new RegExp(
    `\\b(?:in )?${MONEY}\\s*(?:\\.{2,}|…|,|-|–)\\s*(?:(?:oh|no|oops|ah|er|um)[,\\s]+)*(?:sorry|i mean|scrap that)[,.]?\\s+(?=(?:in )?${MONEY})`,
    'iu',
  ),
  new RegExp(
    "(?:^|[\\s,(])for (?:the|a|my|our|his|her|this|tomorrow[’']?s|today[’']?s) (?:[\\p{L}]+ )?(?:board|meeting|board meeting|board pack|presentation|deck|slides?|report|review|call|newsletter|memo|pack|annual plan|budget round|planning|year[- ]end|audit|forecast round)\\b[,:]?(?: (?:i|we) (?:would|['’]d)? ?(?:need|like|want)\\b)?",
    'iu',
  ),
  /\b(?:a |the )?(?:rough|quick|rough and ready|ballpark) (?:idea|feel|sense|figure|number|estimate|look) (?:of|for|at|on) /i,
  /\bballpark\b/i,
  /\b(?:company|business|group|firm|chain|estate)[- ]?wide\b/i,
  /\bacross (?:the )?(?:whole |entire )?(?:business|company|group|firm|chain|estate|organi[sz]ation)\b/i,
]; // prettier-ignore

const TALK: readonly RegExp[] = [...BEFORE, ...BEHIND, ...CLAUSES, ...ANYWHERE];
