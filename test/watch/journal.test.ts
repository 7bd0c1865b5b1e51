import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../src/watch/journal.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bouncekit-journal-'));
  path = join(folder, 'state/journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entry = (n: number) => ({
  message: `imaps://u@h/INBOX;UIDVALIDITY=1/;UID=${n}`,
  events: [`e${n}`],
  outcome: 'done' as const,
});

describe('Journal', () => {
  it('knows after a restart what it was told before', async () => {
    const first = await Journal.open(path);
    await first.remember({ message: 'm1', events: ['a', 'b'], outcome: 'unknown' });
    await first.close();
    const second = await Journal.open(path);
    expect(second.outcomeOf('m1')).toBe('unknown');
    expect(second.outcomeOf('m2')).toBeUndefined();
    expect(second.knows(['a', 'b'])).toBe(true);
    expect(second.knows(['a', 'c'])).toBe(false);
    await second.close();
  });

  it('is on the disk before remember() returns', async () => {
    const journal = await Journal.open(path);
    await journal.remember(entry(1));
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(entry(1))}\n`);
    await journal.close();
  });

  it('cuts off the half line of a crash, and bears lines that are none', async () => {
    const first = await Journal.open(path);
    await first.remember(entry(1));
    await first.close();
    appendFileSync(path, 'rubbish\n{"message":"imaps://u@h/INBOX;UIDVALIDITY=1/;UID=2","ev');
    const second = await Journal.open(path);
    await second.remember(entry(3));
    await second.close();
    const third = await Journal.open(path);
    expect([1, 2, 3].map((n) => third.outcomeOf(entry(n).message))).toEqual(['done', undefined, 'done']);
    expect(readFileSync(path, 'utf8')).not.toContain('"ev{');
    await third.close();
  });

  it('stays bounded and knows at least as many as one file holds', async () => {
    const first = await Journal.open(path, 10);
    for (let n = 0; n < 95; n++) await first.remember(entry(n));
    await first.close();
    const journal = await Journal.open(path, 10);
    const known = Array.from({ length: 95 }, (_, n) => journal.knows([`e${n}`]));
    expect(known.slice(-10)).toEqual(Array.from({ length: 10 }, () => true));
    expect(known.filter(Boolean).length).toBeLessThanOrEqual(20);
    expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThanOrEqual(11);
    await journal.close();
  });

  it('admits one watcher, and takes over from one that died', async () => {
    const first = await Journal.open(path);
    await expect(Journal.open(path)).rejects.toThrow(/in use by process \d+: one watcher a mailbox/);
    await first.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
    const { pid } = spawnSync('true');
    writeFileSync(`${path}.lock`, `${pid} 123`);
    await (await Journal.open(path)).close();
    // A process of the same number that started at another time.
    writeFileSync(`${path}.lock`, `${process.pid} 1`);
    await (await Journal.open(path)).close();
  });

  it('says what is the matter where it cannot be opened', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(Journal.open(join(folder, 'file/journal'))).rejects.toThrow(/the journal .*: /);
  });
});

const noPrlimit =
  spawnSync('prlimit', ['--version']).status === 0 ? null : 'skipped: prlimit is not installed';
if (noPrlimit !== null) console.warn(`test/watch/journal.test.ts: ${noPrlimit}`);

/** The kernel refuses writes beyond this size, as a full disk does. */
function limitFileSize(bytes: number | 'unlimited'): void {
  const args = ['--pid', String(process.pid), `--fsize=${bytes}:`];
  const { status, stderr } = spawnSync('prlimit', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

describe.skipIf(noPrlimit !== null)('Journal on a full disk', () => {
  it('throws, knows it all the same, and writes it with the next entry', async () => {
    const ignore = (): void => {};
    process.on('SIGXFSZ', ignore);
    const journal = await Journal.open(path);
    await journal.remember(entry(1));
    limitFileSize(readFileSync(path).length + 20);
    try {
      await expect(journal.remember(entry(2))).rejects.toThrow(/EFBIG/);
    } finally {
      limitFileSize('unlimited');
      process.off('SIGXFSZ', ignore);
    }
    expect(journal.knows(['e2'])).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(entry(1))}\n`);
    await journal.remember(entry(3));
    expect(readFileSync(path, 'utf8')).toBe([1, 2, 3].map((n) => `${JSON.stringify(entry(n))}\n`).join(''));
    await journal.close();
  });
});
