import { existsSync } from 'node:fs';
import { z } from 'zod';
import { AppError, hasCode } from '../../src/domain/app-error.ts';
import { ObjectRef } from '../../src/domain/object-ref.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import type { Warehouse } from '../../src/ports/warehouse.ts';
import type { Feed, FeedSet } from '../feeds/feed.ts';
import { addUnits, unitsFromText, unitsToText } from '../feeds/units.ts';
import type { PartLimits } from './part-writer.ts';
import { readLookup } from './read-lookups.ts';
import { createStaging } from './stage-rows.ts';
import { validateInWorker } from './validate-in-worker.ts';
import { type PlainFile, validatePlain } from './validate-plain.ts';
import type { FileReport, UnitReport, ValidationPlan } from './validate-rows.ts';
import { type UnitFile, validateUnit } from './validate-unit.ts';
import type { StagedOutput, ValidatedFile } from './validated-file.ts';

/** Files that are judged together: one, or all the parts of a feed whose targets are grouped. */
export const ValidateInput = z.object({
  run: z.string(),
  set: z.string(),
  feed: z.string(),
  files: z
    .array(
      z.object({
        name: z.string(),
        object: ObjectRef,
        sizeBytes: z.number().int(),
        sha256: z.string(),
        workbook: z.string().optional(),
        recordsOf: z.string().optional(),
      }),
    )
    .min(1),
  /** The set's look-up files by the look-up's name. */
  lookups: z.record(z.string(), z.object({ name: z.string(), object: ObjectRef })),
});
export type ValidateInput = z.infer<typeof ValidateInput>;

export type ValidateNeeds = {
  objects: ObjectStore;
  feeds: readonly FeedSet[];
  stagingBucket: string;
  /** Where the warehouse reads landed files itself, it judges what is plainly good in them. */
  readSource?: Warehouse['readSource'];
  /** Only files larger than this are read by the warehouse. */
  plainFromBytes?: number;
  /** Where the warehouse loads compressed parts, as many as these at once; left out: one plain object a table. */
  parts?: Pick<PartLimits, 'slices'> & Partial<PartLimits>;
};

/** Smaller units are judged where they are: a thread or an engine would take longer to start. */
const SMALL_BYTES = 256 * 1024;
/** How much larger a packed file usually becomes. */
const PACKED = 5;

/**
 * Judges every row of a landed file and stages what is good: one entry for each file of the input.
 * Errors: file.vanished, file.empty, file.not-text, file.missing-column, file.line-too-long, file.unreadable,
 * file.too-large, feed.unknown, home.disk-full, objects.unavailable. Nothing staged is left behind by an error.
 */
export async function validateFile(input: ValidateInput, needs: ValidateNeeds): Promise<ValidatedFile[]> {
  const { set, feed: declared } = declaredFeed(input, needs.feeds);
  const feed = input.files.some(({ workbook }) => workbook !== undefined) ? ofSheets(declared) : declared;
  const { pairs, warnings } = await lookupsOf(input, set, feed, needs.objects);
  const plan: ValidationPlan = { feed, currency: set.currency, timeZone: set.timeZone, lookups: pairs };
  const staging = createStaging(input, feed, needs);
  const plain = await plainPart(input, plan, needs);
  const files: UnitFile[] = input.files.map((file) => ({
    name: file.name,
    chunks: plain ? inTurn(plain.rest) : landedBytes(file, needs.objects),
  }));
  const validate = isSmall(input, SMALL_BYTES) || plain || !workerIsThere() ? validateUnit : validateInWorker;
  let unit: UnitReport;
  try {
    unit = await validate(plain ? { ...plan, onlyRest: true } : plan, files, staging.sink);
    await staging.close();
  } catch (thrown) {
    await staging.abandon();
    throw thrown;
  }
  return input.files.map((file, i): ValidatedFile => {
    const report = staging.reports[i] as FileReport;
    return {
      file: file.name,
      feed: feed.name,
      object: file.object,
      sizeBytes: file.sizeBytes,
      sha256: file.sha256,
      outputs:
        i > 0
          ? []
          : [
              ...plainOutputs(plain),
              ...unit.outputs
                .map((output, target) => ({ ...output, ...staging.staged(target) }))
                // Where all rows are plain there is nothing else to stage.
                .filter(({ rows }) => !plain || rows > 0),
            ],
      counts: {
        read: report.read + (plain?.rows ?? 0),
        accepted: report.accepted + (plain?.rows ?? 0),
        refused: report.refused,
        waiting: 0,
      },
      refusedObject: staging.refusedRefs[i]?.[0] ?? null,
      ...(needs.parts && staging.refusedRefs[i] ? { refusedParts: staging.refusedRefs[i] } : {}),
      refusals: report.refusals,
      controlTotals: i > 0 ? {} : addTotals(unit.controlTotals, plain?.controlTotals ?? {}),
      warnings: i > 0 ? report.warnings : [...warnings, ...report.warnings],
      unused: report.unused,
    };
  });
}

/** Only a file that is a unit by itself, and too long to be done before an engine has started. */
async function plainPart(
  input: ValidateInput,
  plan: ValidationPlan,
  needs: ValidateNeeds,
): Promise<PlainFile | null> {
  const [file] = input.files;
  if (
    !needs.readSource ||
    !file ||
    input.files.length > 1 ||
    isSmall(input, needs.plainFromBytes ?? SMALL_BYTES)
  )
    return null;
  const chunks = () => landedBytes(file, needs.objects);
  return validatePlain(file, plan, { chunks, readSource: needs.readSource });
}

function plainOutputs(plain: PlainFile | null): StagedOutput[] {
  if (!plain) return [];
  const { table, columns, rows, select } = plain;
  const { object, ...file } = plain.source;
  return [{ table, columns, rows, object, source: { ...file, select } }];
}

async function* inTurn(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

function addTotals(a: Record<string, string>, b: Record<string, string>): Record<string, string> {
  const units = (text: string | undefined) => unitsFromText(text ?? '0') ?? 0;
  return Object.fromEntries(
    Object.entries(a).map(([name, value]) => [name, unitsToText(addUnits(units(value), units(b[name])))]),
  );
}

function declaredFeed(input: ValidateInput, sets: readonly FeedSet[]): { set: FeedSet; feed: Feed } {
  const set = sets.find((one) => one.name === input.set);
  const feed = set?.feeds.find((one) => one.name === input.feed);
  if (!set || !feed)
    throw new AppError('feed.unknown', {
      detail: `There is no feed '${input.feed}' in the set '${input.set}'.`,
    });
  return { set, feed };
}

/** Sheets come as commas, a decimal point and ISO dates, however the feed's other files are written. */
function ofSheets(feed: Feed): Feed {
  return {
    ...feed,
    format: { ...feed.format, type: 'separated', delimiter: ',', quote: '"', encoding: 'utf-8' },
    columns: feed.columns.map((column) => ({
      ...column,
      decimalComma: false,
      formats: column.formats.length > 0 ? [...column.formats, ...(ISO_FORMATS[column.type] ?? [])] : [],
    })),
  };
}

const ISO_FORMATS: Partial<Record<Feed['columns'][number]['type'], string[]>> = {
  date: ['YYYY-MM-DD'],
  timestamp: ['YYYY-MM-DDTHH:mm:ss', 'YYYY-MM-DD'],
};

/** Only the look-ups that this feed's expressions name. */
async function lookupsOf(
  input: ValidateInput,
  set: FeedSet,
  feed: Feed,
  objects: ObjectStore,
): Promise<{ pairs: ValidationPlan['lookups']; warnings: string[] }> {
  const pairs: ValidationPlan['lookups'] = {};
  const warnings: string[] = [];
  const expressions = [
    ...Object.values(feed.compute),
    ...feed.rules.map((rule) => rule.check),
    ...feed.targets.flatMap((target) => [target.when ?? '', ...target.fill.map((one) => one.expression)]),
  ].join('\n');
  for (const [name, declaration] of Object.entries(set.lookups)) {
    if (!expressions.includes(`'${name}'`)) continue;
    pairs[name] = { ...declaration.values };
    if (!declaration.match) continue;
    const file = input.lookups[name];
    if (file) Object.assign(pairs[name], await readLookup(declaration, file, objects));
    else
      warnings.push(
        `The look-up '${name}' had no file in this set (${declaration.match.join(', ')}), so nothing was looked up in it.`,
      );
  }
  return { pairs, warnings };
}

async function* landedBytes(
  file: { name: string; object: ObjectRef },
  objects: ObjectStore,
): AsyncGenerator<Uint8Array> {
  let body: AsyncIterable<Uint8Array>;
  try {
    body = (await objects.get(file.object)).body;
  } catch (thrown) {
    if (hasCode(thrown, 'objects.not-found'))
      throw new AppError('file.vanished', { detail: `${file.name} is no longer in landing.`, cause: thrown });
    throw thrown;
  }
  yield* body;
}

function isSmall(input: ValidateInput, smallBytes: number): boolean {
  let bytes = 0;
  for (const file of input.files)
    bytes += /\.gz$/i.test(file.name) ? file.sizeBytes * PACKED : file.sizeBytes;
  return bytes <= smallBytes;
}

/** A bundle for Lambda holds one file; there the process does nothing else anyway. */
function workerIsThere(): boolean {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return existsSync(new URL(`./validate-worker.${extension}`, import.meta.url));
}
