import type { Role } from './understand-function-words.ts';

/** How people ask which way and how far two figures stand apart; beside the plain words of comparing. */
export const COMPARING: readonly [role: Role, phrases: string][] = [
  [
    'versus',
    'beating|exceeding|topping|overshooting|undershooting|over or under|under or over|above or below|below or above|ahead of or behind|behind or ahead of|ahead or behind|behind or ahead|ahead of or below|above or under|over or below|more or less than|higher or lower than',
  ],
  [
    'stop',
    'send me|send us|send over|falls on|fall on|fell on|falls in|falls at|fall at|fell at|by how much|and by how much|if so by how much|and if so by how much|how much by|and how much by|by what amount|by what margin|by how many|and by how many|by how far|how far off|in either direction|one way or the other',
  ],
  [
    'share',
    'what part of|which part of|part of all|how big a part of|how large a part of|how big a share of|how large a share of|what slice of|what chunk of|how much out of|what bit of|the part of|part of',
  ],
  [
    'vague',
    'kpi|kpis|key figures|key numbers|headline figures|main figures|headline numbers|main numbers|dashboard|usual report|usual figures|usual numbers|usual stuff|the usual|standard report|normal report|regular report|normal figures',
  ],
];
