/** Other names for a country as it stands in the data: its ISO code for a name, its names for a code. */
export function countryNames(value: string): string[] {
  const code = codeOf(value);
  if (code === undefined) return [];
  const names = new Set([code, ...(COMMON[code] ?? [])]);
  const official = DISPLAY.of(code);
  if (official !== undefined) names.add(official);
  return [...names].filter((name) => name.toLowerCase() !== value.toLowerCase());
}

const DISPLAY = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** What people say besides the official name: short names, older names, and the adjective. */
const COMMON: Record<string, string[]> = {
  GB: ['UK', 'U.K.', 'United Kingdom', 'Britain', 'Great Britain', 'British'],
  US: ['USA', 'U.S.', 'United States', 'America', 'United States of America', 'American'],
  IE: ['Ireland', 'EIRE', 'Republic of Ireland', 'Irish'],
  NL: ['Holland', 'The Netherlands', 'Dutch'],
  DE: ['German', 'Deutschland'],
  FR: ['French'],
  ES: ['Spanish'],
  IT: ['Italian'],
  PT: ['Portuguese'],
  BE: ['Belgian'],
  AT: ['Austrian'],
  CH: ['Swiss'],
  SE: ['Swedish'],
  NO: ['Norwegian'],
  DK: ['Danish'],
  FI: ['Finnish'],
  PL: ['Polish'],
  CZ: ['Czech Republic', 'Czechia', 'Czech'],
  GR: ['Greek'],
  JP: ['Japanese'],
  CN: ['Chinese'],
  AU: ['Australian'],
  CA: ['Canadian'],
  BR: ['Brazilian', 'Brasil'],
  IN: ['Indian'],
  MX: ['Mexican'],
  ZA: ['RSA', 'South African'],
  KR: ['South Korea', 'Korea', 'Korean'],
  RU: ['Russian', 'Russia'],
  TR: ['Turkey', 'Turkish'],
  HK: ['Hong Kong'],
  AE: ['United Arab Emirates', 'UAE', 'Emirates'],
  CI: ['Channel Islands'],
};

const CODES = new Map<string, string>();

function codeOf(value: string): string | undefined {
  if (/^[A-Z]{2}$/.test(value)) return DISPLAY.of(value) === undefined ? undefined : value;
  if (CODES.size === 0) {
    for (const [code, names] of Object.entries(COMMON)) {
      if (code === 'CI') continue;
      for (const name of names) CODES.set(name.toLowerCase(), code);
    }
    for (let first = 65; first <= 90; first += 1) {
      for (let second = 65; second <= 90; second += 1) {
        const code = String.fromCharCode(first, second);
        const name = DISPLAY.of(code);
        if (name !== undefined && !CODES.has(name.toLowerCase())) CODES.set(name.toLowerCase(), code);
      }
    }
  }
  return CODES.get(value.toLowerCase());
}
