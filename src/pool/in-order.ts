type Answer<B> = { readonly value: B } | { readonly error: unknown };

/**
 * What `run` makes of each item, in the order of the items. At most `bound` items are taken and not yet given out, so
 * whoever is slower, the source, the work or the consumer, holds up the others.
 * @throws what the items or `run` throw, after all that came before; the signal's reason as soon as it aborts.
 */
export async function* inOrder<A, B>(
  items: AsyncIterable<A>,
  bound: number,
  run: (item: A) => Promise<B>,
  signal?: AbortSignal,
): AsyncGenerator<B> {
  const source = items[Symbol.asyncIterator]();
  const slots: { answer: Answer<B> | null }[] = [];
  let taking = false;
  let ended = false;
  let wake = (): void => {};
  const onAbort = (): void => wake();

  const start = async (answering: Promise<B>): Promise<void> => {
    const slot: { answer: Answer<B> | null } = { answer: null };
    slots.push(slot);
    try {
      slot.answer = { value: await answering };
    } catch (error) {
      slot.answer = { error };
    }
    wake();
  };
  const take = async (): Promise<void> => {
    taking = true;
    try {
      const { value, done } = await source.next();
      if (done === true) ended = true;
      else void start(run(value));
    } catch (error) {
      ended = true;
      slots.push({ answer: { error } });
    }
    taking = false;
    wake();
  };

  signal?.addEventListener('abort', onAbort);
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (!taking && !ended && slots.length < bound) void take();
      const answer = slots[0]?.answer;
      if (answer) {
        slots.shift();
        if ('error' in answer) throw answer.error;
        yield answer.value;
      } else if (ended && slots.length === 0) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // A source in the middle of waiting for its next item would be waited for.
    const closed = source.return?.();
    if (taking) closed?.catch(() => {});
    else await closed;
  }
}
