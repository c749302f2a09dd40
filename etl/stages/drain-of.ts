import type { PassThrough } from 'node:stream';

/** Resolves when the stream takes more, or is gone. */
export function drainOf(stream: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      stream.off('drain', go);
      stream.off('close', go);
      resolve();
    };
    stream.on('drain', go);
    stream.on('close', go);
  });
}
