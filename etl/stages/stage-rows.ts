import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ObjectRef } from '../../src/domain/object-ref.ts';
import type { Feed } from '../feeds/feed.ts';
import { drainOf } from './drain-of.ts';
import { createPartWriter, PART_BYTES, type PartWriter } from './part-writer.ts';
import { REFUSED_HEADER } from './refused-rows.ts';
import type { ValidateInput, ValidateNeeds } from './validate-file.ts';
import type { FileReport } from './validate-rows.ts';
import type { UnitSink } from './validate-unit.ts';
import type { StagedOutput } from './validated-file.ts';

export type Staging = {
  sink: UnitSink;
  reports: FileReport[];
  /** Where the rows of a target are, once it is closed. */
  staged(target: number): Pick<StagedOutput, 'object' | 'parts'>;
  /** By file; where the warehouse loads parts, those. */
  refusedRefs: (ObjectRef[] | undefined)[];
  close(): Promise<void>;
  abandon(): Promise<void>;
};

/** Passes what the judging gives on to the staging bucket, as streams. */
export function createStaging(input: ValidateInput, feed: Feed, needs: ValidateNeeds): Staging {
  const { objects, stagingBucket: bucket } = needs;
  const stem = `${input.set}/${input.run}/${safeName(input.files[0]?.name ?? feed.name)}-${input.files[0]?.sha256.slice(0, 12)}`;
  const open: { ref: ObjectRef; stream: PassThrough; stored: Promise<unknown> }[] = [];
  const reports: FileReport[] = [];
  const refusedRefs: (ObjectRef[] | undefined)[] = [];
  const refusedParts: { file: number; writer: PartWriter }[] = [];
  let current = 0;
  let refused: { write(bytes: Buffer): unknown; end?(): unknown } | undefined;
  let failure: unknown;

  const start = (ref: ObjectRef): PassThrough => {
    const stream = new PassThrough({ highWaterMark: 1 << 20 });
    // A stream that the store has given up is noticed through `stored`.
    stream.on('error', () => undefined);
    const stored = objects.put(ref, stream, { contentType: 'text/csv; charset=utf-8' }).catch((thrown) => {
      failure ??= thrown;
      stream.destroy();
    });
    open.push({ ref, stream, stored });
    return stream;
  };
  const outputRefs = feed.targets.map((target, i) => ({
    bucket,
    key: `${stem}/${i + 1}-${target.table}.csv`,
  }));
  const { parts: limits } = needs;
  const outputs = limits ? [] : outputRefs.map(start);
  const parts = limits
    ? outputRefs.map(({ key }) => {
        const refOf = (part: number) => ({ bucket, key: key.replace(/csv$/, `part-${part}.csv.gz`) });
        return createPartWriter(refOf, objects, { ...PART_BYTES, ...limits });
      })
    : [];
  let partRefs: ObjectRef[][] = [];
  const startRefused = (file: number) => {
    const key = `${stem}/refused-${file + 1}.csv`;
    if (!limits) {
      refusedRefs[file] = [{ bucket, key }];
      return start({ bucket, key });
    }
    const refOf = (part: number) => ({ bucket, key: key.replace(/csv$/, `part-${part}.csv.gz`) });
    const writer = createPartWriter(refOf, objects, { ...PART_BYTES, ...limits });
    refusedParts.push({ file, writer });
    return writer;
  };

  const sink: UnitSink = {
    fileStarts(index) {
      current = index;
      refused = undefined;
    },
    fileEnds(index, report) {
      reports[index] = report;
      refused?.end?.();
    },
    output(target, bytes) {
      (parts[target] ?? outputs[target])?.write(bytes);
    },
    refused(bytes) {
      if (!refused) {
        refused = startRefused(current);
        refused.write(Buffer.from(REFUSED_HEADER));
      }
      refused.write(bytes);
    },
    async drained() {
      for (const one of [...parts, ...refusedParts.map(({ writer }) => writer)]) await one.drained();
      for (const { stream } of open) {
        if (failure !== undefined) throw failure;
        if (stream.writableNeedDrain && !stream.destroyed) await drainOf(stream);
      }
      if (failure !== undefined) throw failure;
    },
  };
  return {
    sink,
    reports,
    staged(target) {
      const [first, ...more] = partRefs[target] ?? [];
      return first ? { object: first, parts: [first, ...more] } : { object: outputRefs[target] as ObjectRef };
    },
    refusedRefs,
    async close() {
      for (const stream of outputs) stream.end();
      partRefs = await Promise.all(parts.map((one) => one.close()));
      for (const { file, writer } of refusedParts) refusedRefs[file] = await writer.close();
      await Promise.all(open.map(({ stored }) => stored));
      if (failure !== undefined) throw failure;
    },
    async abandon() {
      await Promise.all([...parts, ...refusedParts.map(({ writer }) => writer)].map((one) => one.abandon()));
      for (const { stream } of open) stream.destroy(new Error('given up'));
      await Promise.all(
        open.map(({ stored, stream }) => Promise.all([stored, finished(stream).catch(() => undefined)])),
      );
      await Promise.all(open.map(({ ref }) => objects.delete(ref).catch(() => undefined)));
    },
  };
}

function safeName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-80);
}
