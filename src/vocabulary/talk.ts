/**
 * What is said around a question, told by its grammar and not by its wording: a run of words at the front that are only
 * about asking ('I should be grateful if you could send me'), and whole clauses that hold no other words ('it's for the
 * auditors'). None of these words could change a number; where one stands that might, the run ends before it.
 */
export function withoutTalk(question: string, clausesOnly = false): string {
  let text = question.replace(/\s+/g, ' ').replace(/[’´`]/g, "'").replace(SAYINGS, 'please').trim();
  for (let step = 0; step < 4; step += 1) {
    const shorter = clausesOnly ? withoutClauses(text) : withoutLead(withoutClauses(text));
    if (shorter === text) break;
    text = shorter;
  }
  return clausesOnly ? text : withoutTail(text);
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words of asking and courtesy: at least one of them makes a run of words talk. */
const ASKING =
  setOf(`great cannot can't grateful obliged thankful glad happy pleased delighted keen curious interested interest wondering wonder
wondered hoping trouble bother bothering bothered favour favor kindly please pls plz sorry apologies apologise pain hate love
appreciate appreciated helpful useful handy lovely possible chance mind remind remember refresh forget forgot forgotten know
tell ask asks asked asking request requested requesting requests furnish provide supply share forward prepare produce confirm
advise report need needs needed want wants wanted like send shoot ping fire chuck throw hit pull dig rustle fetch grab give gimme
gis get show find finding see look looking after walk talk trying try help chasing wish require required enquire inquire let
pass bung drop sling whip lob hurry rush urgent urgently asap soon idea honest honestly seriously frankly cheers thanks thank ta
thx tia discussed mentioned promised agreed lost check checking dashboard auditor auditors accountant boss manager director board
lmk question questions meeting deadline presentation slide slides deck lol haha hello hi hey dear regards
settle argument arguing bet joke friend silly stupid dumb obvious weather news following telling anyone anybody someone somebody opinion reckoning
guess estimate fine think suppose wonderful`);

/** Who asks whom, and the small words between. */
const AROUND =
  setOf(`i i'd im i'm i've ive i'll we we'd we're we've you you'd you're u he she they he's she's they're it it'd it's
it'll its me us my our your his her their someone somebody anyone anybody one would could can might should will shall do does
did don't dont doesn't be am is are was were been being have has had got if that this to for of a an the so very much really just
quickly quick also then well ok okay and but or when whenever while moment minute sec time free some good great nice kind
enough any able up out over through about with hand at sure can't cannot in as on there here now again everything around being going
having work worked working right too simple rough round noon tomorrow today monday tuesday wednesday thursday friday monday's
tuesday's wednesday's thursday's friday's keep keeps what's here's there's that's available records thing
things final md ceo cfo colleague colleagues maybe perhaps though telling following up yesterday yesterday's works asked figure figures answer ballpark tonight pm am call called fine enough number sitting
chat conversation email mail thread message opinion view reckoning knowledge memory
loud curiosity long busy spare see get somewhere sitting people person jane bob`);

/** Sayings in which a word stands that says something anywhere else. */
const SAYINGS: RegExp = new RegExp(
  `\\b(?:(?:this|it|that) may (?:be|sound|seem|look)|when(?:ever)? you(?:'re| are|'ve| have| get)?(?: a)? (?:free|ready|sec|second|moment|minute|chance|time)|(?:i think |i know )?i(?:'ve| have)?(?: already)? asked (?:this |that |you )?before|(?:i am|i'm|we are|we're|am|currently)(?: just| currently)? (?:preparing|doing|writing|working on|finishing|putting together|finali[sz]ing|building|drafting) (?:the|my|our|a|an|next year's) (?:\\w+ )?(?:budget|report|plan|forecast|slides?|deck|presentation|pack|accounts|review)(?=[.,;!–-])|(?:on|in|from) (?:the|my|our) (?:dashboard|spreadsheet|screen)|(?:what|which)(?: one| ones)?(?:'s| is| was| are| were) (?:it|that|this|they|those|the (?:figure|number|answer|total))(?=[?.! ]*$)|(?:may|might|can|could|shall) (?:i|we|you)|what (?:i|we)(?:'m|'d| am| are| would| really| actually| just)* (?:need|want|after|like|asking for|looking for)(?: to (?:know|see|have|find out))? is|going (?:by|on) (?:the|our|your) (?:records|data|books|figures|system|numbers)|as per (?:our|my|your) (?:last )?(?:chat|conversation|e-?mail|call|discussion)|no (?:rush|hurry|idea|worries|problem|panic)|not (?:sure|certain|urgent)|nothing else|no more|(?:just |right )?out of (?:interest|curiosity)|next(?= ?:)|that(?:'s| is) all(?: i need)?|(?:first|last|next|final|other) (?:question|thing|one|request)s?(?: (?:of the day|from me|for (?:today|now)))?|last (?:e-?mail|message|chat|call|conversation)|best (?:regards|wishes)|(?:to the |the )?best of (?:your|my|our) knowledge|be a (?:love|dear|star|gem|sport)|by (?:noon|lunch(?:time)?)(?= (?:please|pls|plz|thanks|thx|thank you|if|for)\\b)|by (?:tonight|tomorrow|close of play|cob|eod|end of day|the way|any chance)|on the (?:phone|line|other line)|by (?:your|my|our) reckoning|per (?:our|my|your) (?:chat|conversation|email|call|discussion)|out loud|by heart|at hand|to hand|at short notice|hope (?:you(?:'re| are)|all is) (?:all )?well|long time no see|(?:all )?day long)\\b`,
  'gi',
);

/** Behind these the question itself begins. */
const HANDS_OVER =
  setOf(`me us for of about if whether that know see have get got find out over through up need needs want wants
wanted like love is to provide furnish supply share forward prepare produce confirm advise report send shoot ping fire fetch grab
pull dig give gimme gis show tell ask asking after at with on request check please pls plz kindly but remind appreciate looking
finding require remember forget was are`);

function withoutLead(text: string): string {
  const words = text.split(' ');
  let asking = false;
  let cut = 0;
  for (const [at, raw] of words.entries()) {
    const word = bare(raw);
    const isLast = at === words.length - 1;
    // 'share of' and 'number of' are of the question, whatever 'share' does elsewhere.
    if (
      /^(?:share|number|people|things)$/.test(word) &&
      /^(?:of|who|that|with)$/.test(bare(words[at + 1] ?? ''))
    )
      break;
    // 'when was the rush yesterday, which hour': a day in which nothing was asked is the question's own.
    if (
      TIMES.has(word) &&
      !words.slice(0, at).some((one) => OCCASIONS.has(bare(one)) || ASKED.test(bare(one)))
    )
      break;
    if (isLast || (!ASKING.has(word) && !AROUND.has(word))) break;
    asking ||= ASKING.has(word);
    // 'meeting with Nordhem on Friday: ...' says of what the meeting is.
    if (/^(?:with|about|on|at)$/.test(word) && /^(?:meeting|presentation)$/.test(bare(words[at - 1] ?? '')))
      break;
    if (asking && HANDS_OVER.has(word) && !/[,.;!?]$/.test(raw)) cut = at + 1;
    if (asking && /[,:;.!?–-]$/.test(raw)) cut = at + 1;
    if (asking && QUESTION.test(bare(words[at + 1] ?? ''))) cut = at + 1;
  }
  if (cut === 0) return text;
  const rest = words
    .slice(cut)
    .join(' ')
    .replace(/^[\s,:;.!?–-]+/, '');
  return rest.split(' ').some((word) => !isTalk(word)) ? rest : text;
}

const ASKED =
  /^(?:ask(?:s|ed|ing)?|told|said|want(?:s|ed)?|discussed|mentioned|promised|agreed|chas(?:ed|ing)|due|hi|hello|hey|morning|afternoon|evening|work(?:ing|s)?|thanks|deck|slides?|dashboard|lost|forgot|forgotten|checked|checking|please|pls)$/;
const QUESTION = /^(?:how|what|which|who|whom|whose|when|where|why)$/;

/** 'revenue last month would you', 'orders by branch when you can': from a word that begins such a clause. */
function withoutTail(text: string): string {
  const words = text.split(' ');
  let start = words.length;
  while (start > 1 && isTalk(words[start - 1] ?? '') && !TIMES.has(bare(words[start - 1] ?? ''))) start -= 1;
  const begins = words.findIndex((word, at) => at >= start && TAIL.test(bare(word)));
  return begins < 0 ? text : words.slice(0, begins).join(' ');
}

const TAIL =
  /^(?:if|when|whenever|would|could|can|please|pls|plz|or|thanks|thank|cheers|asap|urgently|i|anywhere|somewhere|asking|lol|haha|mate)$/;

const CLAUSE =
  /(?<=[.!?;:,)\n])\s+|\s+(?=\()|\s+[-–—]+\s+|\s+(?=(?:if (?:that|you|it|possible)|would you|when(?:ever)? you|asap|please and|for (?:my|our|the|his|her) (?:\w+ )?(?:boss|meeting|auditors?|board|report|presentation|deck|slides?|pack|accountant|bank|review)|thanks|thank you|many thanks|cheers|regards|best regards)\b)/i;

/** Clauses that hold nothing but talk are taken off, from both ends. */
function withoutClauses(text: string): string {
  const clauses = text.split(CLAUSE).filter((one) => /[\p{L}\p{N}]/u.test(one));
  if (clauses.length < 2 || clauses.length > 6) return text;
  const kept = clauses.filter((one) => !isOnlyTalk(one));
  if (kept.length === 0 || kept.length === clauses.length) return text;
  return kept.join(' ').replace(/[,:;–-]+$/, '');
}

function isOnlyTalk(clause: string): boolean {
  const words = clause
    .split(/\s+/)
    .map(bare)
    .filter((word) => word !== '');
  if (!words.every((word) => isTalk(word) || CLOCK.test(word)) || !words.some((word) => ASKING.has(word)))
    return false;
  // 'just for today please' is about the question, 'I need it today' is about the asker.
  return (
    !words.some((word) => TIMES.has(word) || CLOCK.test(word)) || words.some((word) => OCCASIONS.has(word))
  );
}

const CLOCK = /^\d{1,2}(?:[:.]\d\d)?(?:am|pm)?$/;

const TIMES = setOf(
  `today tomorrow yesterday yesterday's tonight monday tuesday wednesday thursday friday monday's tuesday's wednesday's thursday's friday's noon`,
);

/** Things that happen to the asker: a day named beside one of them is the day of that. */
const OCCASIONS =
  setOf(`meeting deadline presentation weather news board boss auditor auditors accountant question questions report
need needs urgent urgently happy idea remember know one forget sure mind argument friend available busy call called following`);

function isTalk(word: string): boolean {
  const said = bare(word);
  return said === '' || ASKING.has(said) || AROUND.has(said);
}

function bare(word: string): string {
  return word
    .toLowerCase()
    .replace(/[’´`]/g, "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
