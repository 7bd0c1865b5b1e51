/** Enough that handing them to a thread costs little beside reading them; few enough to bound memory and waiting. */
const BATCH_MESSAGES = 100;
const BATCH_BYTES = 1024 * 1024;
/** Milliseconds for which a message waits for others to go with it. */
const BATCH_WAIT_MS = 10;

/**
 * Items in groups, in their order; a group is full by number or by bytes, or ends when the next item is slow to come.
 * Where the items fail, those that came before are given out first.
 */
export async function* inBatches<T>(
  items: Iterable<T> | AsyncIterable<T>,
  sizeOf: (item: T) => number,
): AsyncGenerator<T[]> {
  const source = iterate(items);
  let next: Promise<IteratorResult<T>> | null = null;
  let failure: { error: unknown } | null = null;
  let ended = false;
  try {
    while (!ended) {
      const batch: T[] = [];
      let bytes = 0;
      let timer: NodeJS.Timeout | undefined;
      let slow: Promise<null> | undefined;
      while (batch.length < BATCH_MESSAGES && bytes < BATCH_BYTES) {
        next ??= source.next();
        try {
          const result = await (slow === undefined ? next : Promise.race([next, slow]));
          if (result === null) break;
          next = null;
          ended = result.done === true;
          if (result.done === true) break;
          batch.push(result.value);
          bytes += sizeOf(result.value);
        } catch (error) {
          next = null;
          ended = true;
          failure = { error };
          break;
        }
        slow ??= new Promise((resolve) => {
          timer = setTimeout(resolve, BATCH_WAIT_MS, null);
        });
      }
      clearTimeout(timer);
      if (batch.length > 0) yield batch;
    }
    if (failure !== null) throw failure.error;
  } finally {
    // A source in the middle of waiting for its next item would be waited for.
    const closed = source.return(undefined);
    if (next === null) await closed;
    else closed.catch(() => {});
  }
}

async function* iterate<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, undefined> {
  yield* items;
}

/** Messages as one block of bytes, which goes to a thread without being copied again. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each message ends. */
  readonly ends: readonly number[];
}

export function pack(messages: readonly Uint8Array[]): Packed {
  const bytes = new Uint8Array(messages.reduce((sum, message) => sum + message.length, 0));
  let end = 0;
  const ends = messages.map((message) => {
    bytes.set(message, end);
    return (end += message.length);
  });
  return { bytes, ends };
}

export function unpack({ bytes, ends }: Packed): Buffer[] {
  return ends.map((end, at) => {
    const start = ends[at - 1] ?? 0;
    return Buffer.from(bytes.buffer, start, end - start);
  });
}
