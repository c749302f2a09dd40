const PLACE = "([\\p{L}][\\p{L}’' -]{1,30}?)";
const STATE = '(?:the )?(?:state|province) of ';
const SELLERS = '(?:sellers|merchants|vendors)';
const BUYERS = '(?:customers|buyers|clients|shoppers|consumers|people)';
const END =
  '(?= (?:to|sell|sold|have|has|did|do|in|for|over|during|last|this|since|from|by|went|send|sent|ship|shipped|and|placed|bought|buy)\\b|[?.!,;]|$)';

const SELLERS_OF: readonly RegExp[] = [
  new RegExp(
    `\\b(?:the )?${SELLERS} (?:in|from|of|based in|located in) (?:${STATE})?${PLACE}(?: state)?${END}`,
    'giu',
  ),
  new RegExp(
    `(?<=^|\\b(?:from|of|by|do|did|for|the|what|have|which|sales|orders|revenue) )${PLACE}(?: state)? ${SELLERS}\\b`,
    'giu',
  ),
];
const BUYERS_OF: readonly RegExp[] = [
  new RegExp(
    `\\b(?:the )?${BUYERS} (?:in|from|of|based in|living in|who live in) (?:${STATE})?${PLACE}(?: state)?${END}`,
    'giu',
  ),
  new RegExp(`(?<=\\b(?:to|for|by|from|of|and) )(?:the )?${PLACE}(?: state)? ${BUYERS}\\b`, 'giu'),
];

/** 'what do Minas Gerais sellers sell to customers in São Paulo': one is the state of the seller, one that of the customer. */
export function sellersToBuyers(
  question: string,
  isState: (text: string, whose: 'state' | 'seller_state') => boolean,
): string {
  const sold = named(question, SELLERS_OF, 'seller state', (place) => isState(place, 'seller_state'));
  if (sold === question) return question;
  const bought = named(sold, BUYERS_OF, 'customer state', (place) => isState(place, 'state'));
  return bought === sold ? question : bought;
}

function named(
  text: string,
  patterns: readonly RegExp[],
  as: string,
  isPlace: (place: string) => boolean,
): string {
  for (const pattern of patterns)
    for (const [whole, place = ''] of text.matchAll(pattern))
      for (const name of endsOf(place))
        if (isPlace(name))
          return text.replace(
            whole,
            `${whole.slice(0, Math.max(0, whole.indexOf(place)) + place.length - name.length).replace(LED, '')}${as} "${name}"`,
          );
  return text;
}

const LED = new RegExp(
  `(?:the )?(?:${SELLERS}|${BUYERS}) (?:in|from|of|based in|located in|living in|who live in) (?:${STATE})?$|the $`,
  'i',
);

/** 'what do Minas Gerais', 'do Minas Gerais', 'Minas Gerais'. */
function endsOf(words: string): string[] {
  const all = words.trim().split(' ');
  return all.map((_word, at) => all.slice(at).join(' '));
}
