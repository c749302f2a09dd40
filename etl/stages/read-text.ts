import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { AppError } from '../../src/domain/app-error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1';

export type TextReader = {
  /** UTF-8 bytes of the next piece. */
  push(chunk: Buffer): Buffer;
  end(): Buffer;
  /** What it turned out to be; 'utf-8' while everything was ASCII. */
  encoding(): Encoding;
  /** Places where the bytes were not text and U+FFFD stands now. */
  replaced(): number;
};

const NOTHING = Buffer.alloc(0);

/**
 * Brings bytes to UTF-8. A byte-order mark decides, then what was declared, then validity: pure ASCII goes
 * through until the first other byte, which is UTF-8 when it is valid there and windows-1252 when not.
 * Errors: file.not-text when a NUL byte or another sign of a binary file comes.
 */
export function createTextReader(declared: Encoding | 'auto'): TextReader {
  let encoding: Encoding | 'auto' = 'auto';
  let started = false;
  let pending: Buffer = NOTHING;
  let decoder: TextDecoder | undefined;
  let replaced = 0;

  return {
    push(chunk) {
      const bytes = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
      pending = NOTHING;
      if (!started && bytes.length < 4) {
        pending = bytes;
        return NOTHING;
      }
      return convert(started ? bytes : start(bytes), false);
    },
    end() {
      const bytes = pending;
      pending = NOTHING;
      const last = convert(started ? bytes : start(bytes), true);
      return decoder ? Buffer.concat([last, checked(Buffer.from(decoder.decode(), 'utf8'))]) : last;
    },
    encoding: () => (encoding === 'auto' ? 'utf-8' : encoding),
    replaced: () => replaced,
  };

  function start(bytes: Buffer): Buffer {
    started = true;
    refuseBinary(bytes);
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      encoding = 'utf-8';
      return bytes.subarray(3);
    }
    if (bytes[0] === 0xff && bytes[1] === 0xfe) encoding = 'utf-16le';
    else if (bytes[0] === 0xfe && bytes[1] === 0xff) encoding = 'utf-16be';
    else if (declared !== 'auto') encoding = declared;
    else if (bytes.length >= 4 && bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0)
      encoding = 'utf-16le';
    else if (bytes.length >= 4 && bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0 && bytes[3] !== 0)
      encoding = 'utf-16be';
    return bytes;
  }

  function convert(bytes: Buffer, final: boolean): Buffer {
    if (bytes.length === 0) return NOTHING;
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      decoder ??= new TextDecoder(encoding);
      return counted(decoder.decode(bytes, { stream: true }));
    }
    if (encoding === 'windows-1252' || encoding === 'iso-8859-1') return checked(fromWindows1252(bytes));
    const whole = final ? bytes.length : wholeCharacters(bytes);
    const text = bytes.subarray(0, whole);
    if (isUtf8(text)) {
      pending = Buffer.from(bytes.subarray(whole));
      if (encoding === 'auto' && !isAscii(text)) encoding = 'utf-8';
      return checked(text);
    }
    if (encoding === 'auto') {
      encoding = 'windows-1252';
      return checked(fromWindows1252(bytes));
    }
    pending = Buffer.from(bytes.subarray(whole));
    return counted(new TextDecoder('utf-8', { ignoreBOM: true }).decode(text));
  }

  function counted(text: string): Buffer {
    for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', at + 1)) replaced += 1;
    return checked(Buffer.from(text, 'utf8'));
  }

  /** The five byte values that windows-1252 leaves open are counted as replaced. */
  function fromWindows1252(bytes: Buffer): Buffer {
    const out = Buffer.allocUnsafe(bytes.length * 3);
    let to = 0;
    for (let i = 0; i < bytes.length; i += 1) {
      const byte = bytes[i] as number;
      if (byte < 0x80) {
        out[to++] = byte;
        continue;
      }
      const code = byte < 0xa0 ? (HIGH[byte - 0x80] as number) : byte;
      if (code === 0xfffd) replaced += 1;
      if (code < 0x800) {
        out[to++] = 0xc0 | (code >> 6);
      } else {
        out[to++] = 0xe0 | (code >> 12);
        out[to++] = 0x80 | ((code >> 6) & 0x3f);
      }
      out[to++] = 0x80 | (code & 0x3f);
    }
    return out.subarray(0, to);
  }
}

/** windows-1252 for 0x80 to 0x9F. */
const HIGH = [
  0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
  0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
  0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
];

const SIGNATURES: { bytes: number[]; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a workbook or an archive (it begins like a zip file)' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel or Word file' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture' },
  { bytes: [0x42, 0x5a, 0x68], what: 'a bzip2 archive' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58], what: 'an xz archive' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a zstd archive' },
];

function refuseBinary(bytes: Buffer): void {
  for (const { bytes: signature, what } of SIGNATURES) {
    if (signature.every((byte, i) => bytes[i] === byte)) notText(`It is ${what}.`);
  }
  const beginning = bytes.toString('latin1', 0, Math.min(bytes.length, 200)).trimStart().toLowerCase();
  if (beginning.startsWith('<!doctype html') || beginning.startsWith('<html'))
    notText('It is a web page; perhaps a sign-in page was saved instead of the file.');
}

function checked(utf8: Buffer): Buffer {
  const nul = utf8.indexOf(0);
  if (nul >= 0) notText('It holds NUL bytes, as a binary file does.');
  return utf8;
}

function notText(detail: string): never {
  throw new AppError('file.not-text', { detail });
}

/** How many bytes are left when a character cut off at the end is taken away. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
