/**
 * Common English words. They are never taken for a misspelt name of a product, a place or a person: what such a word
 * does here has to be known, or it is asked about.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `able above across actually after again against ahead almost alone along already also although always among amount
another anybody anyone anything anyway anywhere apart around aside available away back badly because become been before
began begin behind being believe below beneath beside besides better between beyond both brief bring broken brought
build business busy call came cannot care case cause certain chance change cheap check choose clear close closed come
coming common company compare complete considering correct could couple course current currently daily deal decide deep
depend describe desk different difficult direct done double doubt down during each early earn easily easy either else
empty enough ensure entire equal especially even evening ever every everybody everyone everything exact except expect
expected extra face fact fair fall false famous fast faster fastest feel fell felt fewer figure final finally find fine
finish first focus follow following forever forget former found free frequent friend from front full further future gave
general get give given going gone good gotten great group grow half happen happy hard hardly have having heavy held help
hence here high higher highest hold hour however huge idea ignore important include including increase indeed inside
instead interest into items itself join just keep kept kind knew know known lack large largest last late lately later
latest latter lead least leave left less letter level light like likely line list little live local long longer longest
look loose lose losing lost lots lower lowest made main major make many match matter maybe mean meant measure meet mere
middle might mind minor missing mistake mixed moment money more morning most mostly move moving much must name near
nearly necessary need neither never nevertheless next nice nobody none nonetheless nor normal note nothing notice now
nowhere number obvious obviously odd offer often okay once one only open opposite ordinary other others otherwise ought
outside over overall owing paid part particular pass past pay people percent perfect perhaps period person pick piece
place plain plan please plenty point poor possible possibly present pretty previous price probably problem proper prove
provide push put quick quickly quiet quieter quietest quite quiz rank rare rarely rate rather reach read ready real
really reason recent recently record regular remain remaining remember remove repeat replace report rest result return
right rise road roughly round rule running safe said same save saying says second section seem seen seldom select sell
send sense sent separate serious serve several shall share short shortest should show side similar simple simply since
single size slight slightly slow slower slowest small smallest smart so sold some somebody somehow someone something
sometimes somewhere soon sort sound special specific spend spent split spread stand start state stay still stop stopped store
strange strong stuff such sudden suddenly suggest sure surely take taken taking talk tell ten tend than thank that their
them then there therefore these they thing things think third this those though thought through throughout thus time
times tiny today together told took top total toward towards tried trouble true truly try trying turn twice two type
under understand unique unless unlike until unusual upon used useful usual usually value various versus very view wait
walk want warm watch weak wear week weekly well went were what whatever when whenever where wherever whether which while
whole whose why wide will wish with within without wonder word work worse worst worth would wrong year yearly yesterday
yet your yours yourself`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Whole words that stand near one that is known and are no slip of it: 'planning' is not 'plunging', nor an investor the inventory. */
export const NO_SLIPS: ReadonlySet<string> = new Set(
  `achieve archived assumed attachment attachments balanced biased believed clash clashes clicking clipping coding component
components connected connection connections correctly counterpart deciding decision decisions declared declaring decorating
defining developer developers easier emitting evaluation exclusive exiting failing filling foremost generation generations imported imposing
improper inferred informative insurance insured interpret investor investors invested locking marking masking mode monkey notion pasted pasting planner planning
planned played preserved prevent prevented producer producers progressive provider providers raise raised raises raising rally reduce reduces reducing redaction regarded
rejection rejections relate relates repost reserved resort resorts respecting retained reworked rounding scale scales sender
sending separated setting settings sharing shell shells shortened shutting spanning speaking spelling spreading stack stacks stale statistical
stick sticks stored suite suites theme themes thorough threading trailer trailers transition transitions translation
treating trough understood variants variant ware wire wired`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
