import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../../src/index.ts';
import { Dovecot, PASSWORD, USER } from './dovecot.ts';
import { bounce, letter } from './messages.ts';
import { Proxy } from './proxy.ts';
import { Receiver } from './receiver.ts';
import { Watcher } from './watcher.ts';

export interface SoakOptions {
  readonly messages: number;
  /** A webhook whose receiver is idempotent, or a file, which takes every line that it is given. */
  readonly sink: 'webhook' | 'file';
  /** kill -9 at random moments. */
  readonly kills: number;
  readonly cuts: number;
  readonly restarts: number;
  /** Milliseconds between two disturbances, at most. */
  readonly pauseMs: number;
  readonly onProgress?: (line: string) => void;
}

export interface SoakFigures {
  messages: number;
  kills: number;
  cuts: number;
  restarts: number;
  uidValidityChanges: number;
  /** How often the watcher said that the journal's disk was full; null where no small disk could be mounted. */
  journalFull: number | null;
  /** Events that never reached the sink. */
  lost: number;
  /** Events that the sink took twice. */
  twice: number;
  /** Requests that the sink recognised by their key as seen before. */
  repeatedRequests: number;
  requests: number;
  /** Messages left in the folder at the end. */
  unmoved: number;
  /** Messages in Done, Look and Failed, which is `messages` where none was copied twice. */
  moved: number;
  seconds: number;
  /** The largest resident memory of any watcher, in MB. */
  memoryMb: number;
  /** Exit codes of watchers that ended by themselves. */
  crashes: string[];
}

const KIBIBYTE = 1024;

/** A disk of its own for the journal, so that it can be full. */
class SmallDisk {
  readonly folder: string;
  readonly mounted: boolean;
  #fullUntil = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'bouncekit-journal-'));
    this.mounted = this.#mount();
  }

  #mount(): boolean {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', this.folder], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  /** Whether it was full at any time since then, in milliseconds. */
  wasFullSince(time: number): boolean {
    return this.#fullUntil > time;
  }

  fill(): void {
    this.#fullUntil = Number.POSITIVE_INFINITY;
    for (const size of [1024 * KIBIBYTE, 64 * KIBIBYTE, 4 * KIBIBYTE]) {
      try {
        for (let n = 0; ; n++) writeFileSync(join(this.folder, `filler-${size}-${n}`), Buffer.alloc(size));
      } catch {
        // That is full.
      }
    }
  }

  empty(): void {
    execFileSync('/bin/sh', ['-c', `rm -f ${this.folder}/filler-*`]);
    this.#fullUntil = Date.now();
  }

  remove(): void {
    if (this.mounted) execFileSync('umount', [this.folder], { stdio: 'ignore' });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Messages arrive while everything breaks that can. Counts what became of them. */
export async function soak(options: SoakOptions): Promise<SoakFigures> {
  const dovecot = await Dovecot.start();
  const proxy = await Proxy.start(dovecot.port);
  const disk = new SmallDisk();
  // A sink with troubles of its own: answers 500, and answers that get lost after it took the report.
  const receiver = await Receiver.start(
    () => (Math.random() < 0.01 ? 500 : Math.random() < 0.005 ? 'cut' : 200),
    false,
  );
  const figures: SoakFigures = {
    messages: options.messages,
    kills: 0,
    cuts: 0,
    restarts: 0,
    uidValidityChanges: 0,
    journalFull: disk.mounted ? 0 : null,
    lost: 0,
    twice: 0,
    repeatedRequests: 0,
    requests: 0,
    unmoved: 0,
    moved: 0,
    seconds: 0,
    memoryMb: 0,
    crashes: [],
  };
  const say = options.onProgress ?? (() => {});
  const started = Date.now();
  let stopping = false;
  let watcher: Watcher | null = null;
  const folder = join(disk.folder, 'state');
  mkdirSync(folder);
  const outputs = mkdtempSync(join(tmpdir(), 'bouncekit-output-'));
  const output = join(outputs, 'out.ndjson');

  const supervise = async (): Promise<void> => {
    while (!stopping) {
      const current: Watcher = new Watcher(
        [
          '--imap',
          `imaps://${USER}@localhost:${proxy.port}/INBOX`,
          '--done',
          'Done',
          '--unknown',
          'Look',
          '--failed',
          'Failed',
          ...(options.sink === 'file'
            ? ['--output', output, '--rotate-bytes', '500000']
            : ['--webhook', receiver.url]),
          '--journal',
          join(folder, 'journal'),
          '--poll',
          '1',
        ],
        {
          BOUNCEKIT_IMAP_PASSWORD: PASSWORD,
          BOUNCEKIT_WEBHOOK_SECRET: 'soak',
          NODE_EXTRA_CA_CERTS: dovecot.authority,
        },
      );
      watcher = current;
      const began = Date.now();
      const measure = setInterval(() => {
        figures.memoryMb = Math.max(figures.memoryMb, Math.round((current.memory() ?? 0) / 1024 / KIBIBYTE));
      }, 200);
      const code = await current.ended;
      clearInterval(measure);
      const log = current.log;
      // One that was killed on a full disk cannot start there either, says so, and is started again.
      const refused = disk.wasFullSince(began) && current.stderr.includes('no space left on the disk');
      if (figures.journalFull !== null) {
        const failed = log.filter((l) => l.event === 'journal-failed').length;
        figures.journalFull += failed === 0 && refused ? 1 : failed;
      }
      if (code !== null && code !== 0 && !refused)
        figures.crashes.push(`${code}: ${current.stderr.slice(-300)}`);
      // As systemd does.
      if (!stopping) await sleep(code === null ? 50 : 500);
    }
  };

  const deliver = async (): Promise<void> => {
    // The whole time of the disturbances, and a bit.
    const total = (options.kills + options.cuts + options.restarts) * options.pauseMs * 0.6;
    const start = Date.now();
    for (let n = 0; n < options.messages; n++) {
      dovecot.deliver(n % 20 === 19 ? letter(n) : n % 50 === 48 ? bounce(n - 1, 1) : bounce(n));
      const due = start + (total * n) / options.messages;
      if (due > Date.now()) await sleep(due - Date.now());
      else if (n % 50 === 0) await sleep(1);
    }
  };

  const disturb = async (): Promise<void> => {
    const troubles = shuffle([
      ...Array.from({ length: options.kills }, () => 'kill'),
      ...Array.from({ length: options.cuts }, () => 'cut'),
      ...Array.from({ length: options.restarts }, () => 'restart'),
      'uidvalidity',
    ]);
    // While messages still arrive, or nobody notices.
    if (disk.mounted) troubles.splice(Math.floor((Math.random() * troubles.length) / 3), 0, 'disk');
    for (const trouble of troubles) {
      await sleep(Math.random() * options.pauseMs);
      if (trouble === 'kill') {
        // Moments of a process that starts count, too; only a process that is gone is not worth a kill.
        while (watcher === null || !watcher.running) await sleep(5);
        await watcher.kill();
        figures.kills++;
      } else if (trouble === 'cut') {
        proxy.cut();
        figures.cuts++;
      } else if (trouble === 'restart') {
        await dovecot.stop();
        await sleep(Math.random() * 1_000);
        await dovecot.start();
        figures.restarts++;
      } else if (trouble === 'uidvalidity') {
        await dovecot.stop();
        dovecot.changeUidValidity();
        await dovecot.start();
        figures.uidValidityChanges++;
      } else {
        disk.fill();
        const full = Date.now();
        const noticed = (): boolean => watcher?.stderr.includes('journal-failed') === true;
        while (Date.now() < full + 3_000 || (!noticed() && Date.now() < full + 30_000)) await sleep(50);
        disk.empty();
      }
      say(`${trouble}: ${figures.kills} kills, ${dovecot.list('INBOX').length} waiting`);
    }
  };

  const supervised = supervise();
  try {
    await Promise.all([deliver(), disturb()]);
    const end = Date.now() + 120_000 + options.messages * 60;
    while (dovecot.list('INBOX').length > 0 && Date.now() < end) await sleep(100);
    stopping = true;
    await (watcher as Watcher | null)?.stop();
    await supervised;
    const taken = options.sink === 'file' ? readOutput(outputs) : [...receiver.taken.values()];
    tally(figures, options.messages, taken, dovecot);
    figures.repeatedRequests = receiver.repeated;
    figures.requests = receiver.count;
    figures.seconds = Math.round((Date.now() - started) / 1000);
    return figures;
  } finally {
    stopping = true;
    await (watcher as Watcher | null)?.kill();
    await receiver.stop();
    await proxy.stop();
    await dovecot.remove();
    disk.remove();
    rmSync(outputs, { recursive: true, force: true });
  }
}

function readOutput(folder: string): Report[] {
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Report);
}

function tally(figures: SoakFigures, messages: number, taken: readonly Report[], dovecot: Dovecot): void {
  const times = new Map<string, number>();
  for (const report of taken) {
    const name = report.recipients[0]?.recipient ?? report.message.messageId ?? '?';
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  for (let n = 0; n < messages; n++) {
    const name = n % 20 === 19 ? `letter-${n}@example.com` : `user${n % 50 === 48 ? n - 1 : n}@example.com`;
    if (!times.has(name)) figures.lost++;
  }
  figures.twice = [...times.values()].filter((n) => n > 1).length;
  figures.unmoved = dovecot.list('INBOX').length;
  figures.moved = ['Done', 'Look', 'Failed'].reduce((sum, name) => sum + dovecot.list(name).length, 0);
}

function shuffle<T>(items: T[]): T[] {
  for (let n = items.length - 1; n > 0; n--) {
    const other = Math.floor(Math.random() * (n + 1));
    [items[n], items[other]] = [items[other] as T, items[n] as T];
  }
  return items;
}
