import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectCreated, ObjectInfo, ObjectStore } from '../ports/object-store.ts';
import { isMeant } from './disk-object-keys.ts';
import { type DiskPaths, keyHash, makeFolder } from './disk-object-paths.ts';

type Handler = (event: ObjectCreated) => Promise<void>;

type Subscription = {
  bucket: string;
  prefix: string;
  handler: Handler;
  /** Marks of versions that the handler finished, kept in `folder` so that a restart knows them too. */
  told: Set<string>;
  folder: string;
  inHand: Map<string, Promise<void>>;
};

/** A file that is still being copied in by hand changes; it is told of once it has been left alone this long. */
const SETTLED_MS = 1_000;

/** Tells subscribers of new objects, at least once: a version counts as told when its handler has finished. */
export function objectEvents(needs: {
  paths: DiskPaths;
  list: ObjectStore['list'];
  lookEveryMs: number;
  onError: (error: unknown) => void;
}) {
  const subscriptions = new Set<Subscription>();
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const tell = (subscription: Subscription, info: ObjectInfo): Promise<void> => {
    const mark = `${keyHash(info.ref.key)}-${keyHash(info.etag + info.modifiedAt).slice(0, 16)}`;
    if (subscription.told.has(mark)) return Promise.resolve();
    const inHand = subscription.inHand.get(mark);
    if (inHand) return inHand;
    const work = subscription
      .handler(eventOf(info))
      .then(async () => {
        subscription.told.add(mark);
        await writeFile(join(subscription.folder, mark), '');
      })
      .catch(needs.onError)
      .finally(() => subscription.inHand.delete(mark));
    subscription.inHand.set(mark, work);
    return work;
  };

  const look = async (subscription: Subscription): Promise<void> => {
    for await (const info of needs.list(subscription.bucket, subscription.prefix)) {
      const isOurs = !info.etag.startsWith('file-');
      const isSettled = isOurs || Date.now() - Date.parse(info.modifiedAt) >= SETTLED_MS;
      if (isSettled && (isOurs || isMeant(info.ref.key)) && subscriptions.has(subscription)) {
        void tell(subscription, info);
      }
    }
  };

  const lookAtAll = () => {
    looking = looking.then(async () => {
      for (const subscription of subscriptions) await look(subscription).catch(needs.onError);
    });
  };

  return {
    created(info: ObjectInfo): void {
      for (const subscription of subscriptions) {
        const { bucket, prefix } = subscription;
        if (info.ref.bucket === bucket && info.ref.key.startsWith(prefix)) void tell(subscription, info);
      }
    },
    async subscribe(bucket: string, prefix: string, handler: Handler): Promise<() => Promise<void>> {
      const folder = needs.paths.told(bucket, prefix);
      await makeFolder(needs.paths.bucket(bucket));
      await makeFolder(folder);
      const told = new Set(await readdir(folder));
      const subscription: Subscription = { bucket, prefix, handler, told, folder, inHand: new Map() };
      subscriptions.add(subscription);
      lookAtAll();
      timer ??= setInterval(lookAtAll, needs.lookEveryMs).unref();
      return async () => {
        subscriptions.delete(subscription);
        await Promise.all(subscription.inHand.values());
      };
    },
    async close(): Promise<void> {
      clearInterval(timer);
      const inHand = [...subscriptions].flatMap((subscription) => [...subscription.inHand.values()]);
      subscriptions.clear();
      await looking;
      await Promise.all(inHand);
    },
  };
}

function eventOf(info: ObjectInfo): ObjectCreated {
  const sequencer = `${info.modifiedAt}-${info.etag}`;
  return { ref: info.ref, sizeBytes: info.sizeBytes, etag: info.etag, sequencer };
}
