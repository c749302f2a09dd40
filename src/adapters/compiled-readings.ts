import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { type KeptReadings, nothingKept } from '../ports/kept-readings.ts';

/**
 * Readings beside the compiled program (infra/run.js), whose folder is another one when any file of the program is: so what is
 * found there was made, and checked, by this very program from these very texts. From source nothing is kept.
 */
export function compiledReadings(): KeptReadings {
  const place = import.meta.url.endsWith('.ts') ? '' : fileURLToPath(import.meta.url);
  return place.includes('/node_modules/.cache/plumbline/') ? keptIn(dirname(place)) : nothingKept;
}

export function keptIn(folder: string): KeptReadings {
  return (name, texts, make) => {
    const hash = createHash('sha256');
    for (const text of texts) hash.update(`${text.length} ${text}`);
    const file = join(folder, `${name}-${hash.digest('hex').slice(0, 32)}.json`);
    type Made = ReturnType<typeof make>;
    const kept = read(file) as { made: Made } | undefined;
    if (kept) return kept.made;
    const made = make();
    keep(file, { made });
    return made;
  };
}

function read(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // Made again, and written anew.
  }
}

/** Only what comes back as it was; where nothing can be written, the next start makes it again. */
function keep(file: string, kept: unknown): void {
  const text = JSON.stringify(kept);
  if (!isDeepStrictEqual(JSON.parse(text), kept)) return;
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch {
    return;
  }
}
