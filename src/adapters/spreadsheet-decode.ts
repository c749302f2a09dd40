import { unreadable } from './spreadsheet-limits.ts';

export type Decoded = { text: string; encoding: string; guessed: boolean };

/** Bytes of text in whatever encoding: by mark, by the pattern of zeros, by being valid UTF-8, else by their letters. */
export function decodeText(bytes: Buffer): Decoded {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return sure(bytes.subarray(3), 'utf-8');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return sure(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return sure(bytes.subarray(2), 'utf-16be');
  const wide = wideEncoding(bytes);
  if (wide) return sure(bytes, wide);
  refuseBinary(bytes);
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      encoding: 'utf-8',
      guessed: false,
    };
  } catch {
    return guessed(bytes);
  }
}

function sure(bytes: Buffer, encoding: string): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding, guessed: false };
}

/** Text of Europe in UTF-16 has a zero in every other byte. */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, 4_000);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  const half = sample.length / 2;
  if (sample.length < 4) return undefined;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  return even > half * 0.6 && odd < half * 0.1 ? 'utf-16be' : undefined;
}

function refuseBinary(bytes: Buffer): void {
  const sample = bytes.subarray(0, 64_000);
  let controls = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  if (sample.includes(0) || controls > sample.length * 0.01)
    throw unreadable('It is neither a spreadsheet nor text. Send it as xlsx or csv.');
}

/** Letters that German, French, Spanish, Portuguese, Italian and Dutch use beyond ASCII. */
const LETTERS = /[äöüßÄÖÜéèêëàâçîïôûùœñáíóúãõìòÉÈÀÇÑ]/;

/**
 * windows-1252 (of which Latin-1 is a part) or Mac Roman: the one in which the bytes above 127 are letters between letters.
 */
function guessed(bytes: Buffer): Decoded {
  const sample = bytes.subarray(0, 200_000);
  const windows = { encoding: 'windows-1252', score: plausibility(sample, 'windows-1252') };
  const mac = { encoding: 'macintosh', score: plausibility(sample, 'macintosh') };
  const { encoding } = mac.score > windows.score ? mac : windows;
  return { text: decodeAs(bytes, encoding), encoding, guessed: true };
}

const WINDOWS_80_TO_9F = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Node's own decoder takes windows-1252 for Latin-1 in some versions, and loses the euro sign. */
function decodeAs(bytes: Buffer, encoding: string): string {
  if (encoding !== 'windows-1252') return new TextDecoder(encoding).decode(bytes);
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_80_TO_9F[sign.charCodeAt(0) - 0x80] ?? sign);
}

function plausibility(sample: Buffer, encoding: string): number {
  const text = decodeAs(sample, encoding);
  let score = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign.charCodeAt(0) < 128) continue;
    const beside = /[a-z]/i.test(text[at - 1] ?? '') || /[a-z]/i.test(text[at + 1] ?? '');
    if (LETTERS.test(sign)) score += beside ? 3 : 1;
    else if (/[€£§°–—’‘“”…«»  ]/.test(sign)) score += beside && !/[’'–]/.test(sign) ? 0 : 1;
    else score -= beside ? 3 : 1;
  }
  return score;
}
