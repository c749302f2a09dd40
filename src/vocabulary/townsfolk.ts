/** Those who live in a town, where its name does not say it with '-ers'. */
const OF_TOWNS: Record<string, string> = {
  mancunian: 'Manchester',
  liverpudlian: 'Liverpool',
  glaswegian: 'Glasgow',
  brummie: 'Birmingham',
  parisian: 'Paris',
  roman: 'Rome',
  carioca: 'rio de janeiro',
  paulistano: 'sao paulo',
};

const NAMED = new RegExp(`\\b(by )?(${Object.keys(OF_TOWNS).join('|')})s\\b`, 'gi');

/** 'how many Dubliners bought': customers from the town, where it is one that customers come from. */
export function withTownsfolk(question: string, isTown: (text: string) => boolean): string {
  const from = (said: string, by: string | undefined, town: string | undefined): string =>
    town !== undefined && isTown(town) && !isTown(said.slice((by ?? '').length))
      ? `${by === undefined ? '' : 'from '}customers from ${town}`
      : said;
  return question
    .replace(NAMED, (said: string, by: string | undefined, one: string) =>
      from(said, by, OF_TOWNS[one.toLowerCase()]),
    )
    .replace(/\b(by )?(\p{Lu}\p{L}+ \p{Lu}\p{L}{2,})ers\b/gu, from)
    .replace(/\b(by )?(\p{L}{3,})ers\b/gu, from);
}
