import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { parse, type Report } from '../src/index.ts';

const SAMPLE = new URL('../corpus/rfc3464/postfix-two-failed-of-three-hosts.eml', import.meta.url);
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Reports of messages of 1 MB, and how many of the messages are still in memory. */
async function parseMany(count: number): Promise<{ reports: Report[]; kept: () => number }> {
  const sample = readFileSync(SAMPLE, 'latin1');
  const reports: Report[] = [];
  const messages: WeakRef<Buffer>[] = [];
  for (let n = 0; n < count; n++) {
    const message = Buffer.from(sample + `${'x'.repeat(76)}\n`.repeat(MB / 77), 'latin1');
    messages.push(new WeakRef(message));
    reports.push(await parse(message));
  }
  return { reports, kept: () => messages.filter((message) => message.deref() !== undefined).length };
}

it('a report does not keep its message in memory', async () => {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const { reports, kept } = await parseMany(50);
  await sleep(0); // WeakRefs hold what they were made of until the task is done
  collectGarbage();
  expect(kept()).toBeLessThan(3);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10 * MB);
  // What is worked out later still can be.
  expect(reports.every((r) => r.message.subject !== null && r.original?.headers.subject !== undefined)).toBe(
    true,
  );
});
