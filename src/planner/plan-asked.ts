/** 'who' and 'where' as what is asked for, and not as what joins ('customers who', 'branches where'). */
export const WHO_IS_ASKED = /^(?:so |and |ok |hey |please )*(?:who|whose)\b(?! are we\b)/i;

export const WHERE_IS_ASKED =
  /^(?:so |and |ok |hey |please )*where\b|\b(?:know|see|tell me|show me) where\b|\bwhere (?:do|does|did|are|is|was|were|have|has) (?:we|our|most|the|my|they|people|customers|orders)\b/i;

/** 'how many of our top 10 customers bought': how many of the best, and not who they are. */
export const OF_OUR_BEST =
  /\bhow many of (?:our|the|my) (?:\w+ )?(?:top|best|biggest|largest|worst|leading)\b/i;
