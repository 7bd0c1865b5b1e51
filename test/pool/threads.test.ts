import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultJobs, type Task, Threads } from '../../src/pool/threads.ts';

const MORTAL = new URL('./mortal-worker.mjs', import.meta.url);
const STILLBORN = new URL('./stillborn-worker.mjs', import.meta.url);

const taskOf = (words: readonly string[]): Task<readonly string[]> => ({ task: words, moved: [] });

let threads: Threads | undefined;
afterEach(async () => {
  await threads?.close();
  threads = undefined;
});

/** `WORD` for an answer, `word: why` for none. */
async function run(words: readonly string[]): Promise<string[]> {
  threads ??= await Threads.start(MORTAL, 2, null);
  const outcomes = await threads.run<string, string[]>(words, taskOf);
  return outcomes.flatMap((o) => ('error' in o ? [`${o.items[0]}: ${o.error.message}`] : o.answer));
}

describe('threads', () => {
  it('answer', async () => {
    expect(await run(['a', 'b'])).toEqual(['A', 'B']);
    expect(await run([])).toEqual([]);
  });

  it.each([
    ['ends a thread', 'exit', /^exit: could not be read: .*7/],
    ['is refused', 'throw', /^throw: could not be read: no such word/],
  ])(
    'where one item %s: it is told of, the others are answered, and the next ones too',
    async (_, word, told) => {
      // Together with others, several times, so that more threads die than there were.
      const batches = await Promise.all([
        run(['a', word, 'b']),
        run(['c', 'd']),
        run([word, word]),
        run([word]),
      ]);
      expect(batches).toEqual([
        ['A', expect.stringMatching(told), 'B'],
        ['C', 'D'],
        [expect.stringMatching(told), expect.stringMatching(told)],
        [expect.stringMatching(told)],
      ]);
      expect(await run(['e', 'f'])).toEqual(['E', 'F']);
    },
  );

  it('end at once, in the middle of work, and start nothing more', async () => {
    const busy = run(['forever', 'a']);
    busy.catch(() => {});
    await sleep(200);
    const started = Date.now();
    await threads?.close();
    await expect(busy).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('that cannot start are an error, not a wait without end', async () => {
    threads = await Threads.start(STILLBORN, 2, null);
    await expect(Promise.all([run(['a']), run(['b', 'c']), run(['d'])])).rejects.toThrow('never starts');
    await expect(run(['e'])).rejects.toThrow('never starts');
  });
});

it('there is one thread a core, within reason', () => {
  expect([1, 2, 4, 8, 96].map(defaultJobs)).toEqual([1, 2, 4, 8, 8]);
});
