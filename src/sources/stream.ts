import { isMbox, splitMbox } from './mbox.ts';
import { fileMessage, type SourceMessage } from './source.ts';

/** Enough for the blank lines and the `From ` line that an mbox begins with. */
const SNIFF_BYTES = 2_000;

/**
 * The messages of a stream: one, or those of an mbox. `stdin` of a Postfix pipe or a procmail recipe is one message,
 * with or without a `From ` line in front.
 */
export async function* readStream(
  stream: AsyncIterable<Buffer>,
  path: string,
  maxBytes: number,
): AsyncGenerator<SourceMessage> {
  const chunks = stream[Symbol.asyncIterator]();
  try {
    let start = Buffer.alloc(0);
    let ended = false;
    while (start.length < SNIFF_BYTES && !ended) {
      const { value, done } = await chunks.next();
      if (done === true) ended = true;
      else start = Buffer.concat([start, value]);
    }
    const rest: AsyncIterable<Buffer> = {
      async *[Symbol.asyncIterator]() {
        yield start;
        if (!ended) yield* { [Symbol.asyncIterator]: () => chunks };
      },
    };
    if (isMbox(start)) {
      for await (const { bytes, index } of splitMbox(rest, maxBytes)) {
        yield fileMessage({ path, index }, bytes, null);
      }
    } else yield fileMessage({ path, index: 0 }, await collect(rest, maxBytes), null);
  } finally {
    await chunks.return?.();
  }
}

async function collect(chunks: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    length += chunk.length;
    if (length > maxBytes) break;
  }
  return Buffer.concat(kept, Math.min(length, maxBytes + 1));
}
