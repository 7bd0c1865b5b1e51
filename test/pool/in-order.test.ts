import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/pool/in-order.ts';

async function* upTo(count: number, taken: number[] = []): AsyncGenerator<number> {
  for (let n = 0; n < count; n++) {
    taken.push(n);
    yield n;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('inOrder', () => {
  it('gives out in the order of the items, whichever is ready first', async () => {
    const finished: number[] = [];
    const run = async (n: number): Promise<number> => {
      await sleep((7 * n) % 11);
      finished.push(n);
      return n * n;
    };
    expect(await all(inOrder(upTo(20), 4, run))).toEqual(Array.from({ length: 20 }, (_, n) => n * n));
    expect(finished).not.toEqual([...finished].sort((a, b) => a - b));
  });

  it('has as many under way as it may, and never more', async () => {
    let running = 0;
    let most = 0;
    const run = async (n: number): Promise<number> => {
      most = Math.max(most, ++running);
      await sleep(1);
      running--;
      return n;
    };
    await all(inOrder(upTo(30), 3, run));
    expect(most).toBe(3);
  });

  it('takes no more while nobody asks for what is ready', async () => {
    const taken: number[] = [];
    const items = inOrder(upTo(100, taken), 3, async (n) => n);
    expect((await items.next()).value).toBe(0);
    await sleep(20);
    expect(taken.length).toBeLessThanOrEqual(4);
    await items.return(undefined);
  });

  it('gives out what is ready while the next item is slow to come', async () => {
    let come = (): void => {};
    async function* slow(): AsyncGenerator<number> {
      yield 1;
      await new Promise<void>((resolve) => {
        come = resolve;
      });
      yield 2;
    }
    const items = inOrder(slow(), 4, async (n) => n);
    expect((await items.next()).value).toBe(1);
    come();
    expect((await items.next()).value).toBe(2);
  });

  it('gives out what came before an item that fails, then throws', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield* upTo(2);
      throw new Error('the disk is gone');
    }
    const found: number[] = [];
    const reading = async (items: AsyncIterable<number>): Promise<void> => {
      for await (const n of items) found.push(n);
    };
    const late = async (n: number): Promise<number> => sleep(5, n);
    await expect(reading(inOrder(failing(), 8, late))).rejects.toThrow('the disk is gone');
    expect(found).toEqual([0, 1]);
  });

  it('throws what the work throws, in its place', async () => {
    const found: number[] = [];
    const run = async (n: number): Promise<number> => {
      if (n === 2) throw new Error('2 is bad');
      return sleep(10 - n, n);
    };
    const reading = async (): Promise<void> => {
      for await (const n of inOrder(upTo(9), 4, run)) found.push(n);
    };
    await expect(reading()).rejects.toThrow('2 is bad');
    expect(found).toEqual([0, 1]);
  });

  it('throws the reason of a signal at once, though source and work say nothing', async () => {
    async function* never(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => {});
    }
    const stop = new AbortController();
    const items = inOrder(never(), 4, () => new Promise<number>(() => {}), stop.signal);
    const next = items.next();
    await sleep(5);
    stop.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
  });

  it('closes the source when the loop is left', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<number> {
      try {
        yield* upTo(100);
      } finally {
        closed = true;
      }
    }
    for await (const n of inOrder(source(), 2, async (m) => m)) if (n === 3) break;
    expect(closed).toBe(true);
  });
});
