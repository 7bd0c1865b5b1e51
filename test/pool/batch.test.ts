import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inBatches, pack, unpack } from '../../src/pool/batch.ts';

async function sizes<T>(
  items: Iterable<T> | AsyncIterable<T>,
  sizeOf: (item: T) => number,
): Promise<number[]> {
  const found: number[] = [];
  for await (const batch of inBatches(items, sizeOf)) found.push(batch.length);
  return found;
}

describe('inBatches', () => {
  it('fills batches by number', async () => {
    expect(await sizes(Array(250).fill('x'), () => 1)).toEqual([100, 100, 50]);
    expect(await sizes([], () => 1)).toEqual([]);
  });

  it('fills batches by bytes: one of 400 KB too many, and what is larger stands alone', async () => {
    expect(await sizes(Array(7).fill(400 * 1024), (n) => n)).toEqual([3, 3, 1]);
    expect(await sizes([5e6, 5e6, 5e6], (n) => n)).toEqual([1, 1, 1]);
  });

  it('keeps the order', async () => {
    const items = Array.from({ length: 333 }, (_, n) => n);
    const found: number[] = [];
    for await (const batch of inBatches(items, () => 1)) found.push(...batch);
    expect(found).toEqual(items);
  });

  it('does not let a message wait for one that is slow to come', async () => {
    let come = (): void => {};
    async function* slow(): AsyncGenerator<string> {
      yield 'a';
      yield 'b';
      await new Promise<void>((resolve) => {
        come = resolve;
      });
      yield 'c';
    }
    const batches = inBatches(slow(), () => 1);
    expect((await batches.next()).value).toEqual(['a', 'b']);
    const next = batches.next();
    come();
    expect((await next).value).toEqual(['c']);
    expect((await batches.next()).done).toBe(true);
  });

  it('gives out what came before the items failed', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'a';
      await sleep(1);
      throw new Error('gone');
    }
    const batches = inBatches(failing(), () => 1);
    expect((await batches.next()).value).toEqual(['a']);
    await expect(batches.next()).rejects.toThrow('gone');
  });
});

describe('pack', () => {
  it('gives messages back as they were, and takes nothing from their owner', () => {
    const shared = Buffer.from('one two three');
    const messages = [shared.subarray(0, 3), Buffer.alloc(0), shared.subarray(4, 7), Buffer.from([0, 255])];
    const packed = structuredClone(pack(messages));
    expect(unpack(packed)).toEqual(messages);
    expect(pack(messages).bytes.buffer.byteLength).toBe(8);
    expect(shared.toString()).toBe('one two three');
  });
});
