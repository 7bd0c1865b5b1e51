import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { BouncekitError } from '../index.ts';
import { explainFileError } from '../sources/errors.ts';
import type { Outcome } from '../sources/source.ts';

/** What a sink took, and the message that it came from. */
export interface Entry {
  /** Position: `origin.path` of the message, for IMAP with UIDVALIDITY and UID. */
  readonly message: string;
  readonly events: readonly string[];
  readonly outcome: Outcome;
}

/** Ids of one file. Two files are kept, so at least this many of the last events are known again. */
const GENERATION = 50_000;

/**
 * Remembers what the sink took, so that after a crash between the sink and the mailbox, or in a mailbox that was
 * numbered anew, nothing is handed over twice. A text file, one JSON object a line, each synced to the disk; when it is
 * full it becomes `<path>.1` and a new one begins.
 */
export class Journal {
  readonly #path: string;
  readonly #capacity: number;
  #file: FileHandle;
  /** Bytes of whole lines in the file. */
  #size: number;
  #current: Memory;
  #previous: Memory;
  /** Lines that could not be written yet. */
  #pending: string[] = [];

  private constructor(
    path: string,
    capacity: number,
    file: FileHandle,
    size: number,
    memories: [Memory, Memory],
  ) {
    this.#path = path;
    this.#capacity = capacity;
    this.#file = file;
    this.#size = size;
    [this.#previous, this.#current] = memories;
  }

  /** @throws BouncekitError `invalid-option` where the file cannot be used, or another watcher uses it. */
  static async open(path: string, capacity = GENERATION): Promise<Journal> {
    let locked = false;
    try {
      await mkdir(dirname(path), { recursive: true });
      await lock(`${path}.lock`);
      locked = true;
      const previous = await load(`${path}.1`);
      const current = await load(path);
      const file = await open(path, 'a', 0o600);
      return new Journal(path, capacity, file, await endOfLastLine(file, path), [previous, current]);
    } catch (error) {
      if (locked) await rm(`${path}.lock`, { force: true });
      if (error instanceof BouncekitError) throw error;
      throw new BouncekitError('invalid-option', `the journal ${path}: ${explainFileError(error)}`, {
        cause: error,
      });
    }
  }

  /** What the message was, where the sink has it already. */
  outcomeOf(message: string): Outcome | undefined {
    return this.#current.messages.get(message) ?? this.#previous.messages.get(message);
  }

  /** Whether the sink has all of them already. */
  knows(events: readonly string[]): boolean {
    return events.every((event) => this.#current.events.has(event) || this.#previous.events.has(event));
  }

  /**
   * Known from here on. Where the disk does not take it, it stays known in memory, is written with the next entry,
   * and the error is thrown.
   */
  async remember(entry: Entry): Promise<void> {
    add(this.#current, entry);
    this.#pending.push(`${JSON.stringify(entry)}\n`);
    if (this.#pending.length > this.#capacity) this.#pending.shift();
    await this.flush();
    if (this.#current.events.size >= this.#capacity) await this.#turn();
  }

  /** Writes what could not be written before. */
  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(''));
    try {
      let written = 0;
      while (written < bytes.length) {
        written += (await this.#file.write(bytes, written, bytes.length - written)).bytesWritten;
      }
      await this.#file.datasync();
    } catch (error) {
      // Half a line must not stand in front of the next one.
      await this.#file.truncate(this.#size).catch(() => {});
      throw error;
    }
    this.#size += bytes.length;
    this.#pending = [];
  }

  async #turn(): Promise<void> {
    await rename(this.#path, `${this.#path}.1`).catch((error: NodeJS.ErrnoException) => {
      // An earlier turn that found no room for the new file got this far.
      if (error.code !== 'ENOENT') throw error;
    });
    const file = await open(this.#path, 'a', 0o600);
    await this.#file.close();
    this.#file = file;
    this.#size = 0;
    this.#previous = this.#current;
    this.#current = emptyMemory();
  }

  async close(): Promise<void> {
    await this.flush().catch(() => {});
    await this.#file.close();
    await rm(`${this.#path}.lock`, { force: true });
  }
}

interface Memory {
  readonly messages: Map<string, Outcome>;
  readonly events: Set<string>;
}

function emptyMemory(): Memory {
  return { messages: new Map(), events: new Set() };
}

function add(memory: Memory, entry: Entry): void {
  memory.messages.set(entry.message, entry.outcome);
  for (const event of entry.events) memory.events.add(event);
}

/** A line that is no entry is what a crash left of one. */
async function load(path: string): Promise<Memory> {
  const memory = emptyMemory();
  const stream = createReadStream(path);
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      const entry = readEntry(line);
      if (entry !== null) add(memory, entry);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return memory;
}

function readEntry(line: string): Entry | null {
  try {
    const { message, events, outcome } = JSON.parse(line) as Partial<Entry>;
    if (typeof message !== 'string' || !Array.isArray(events)) return null;
    return { message, events, outcome: outcome === 'unknown' ? 'unknown' : 'done' };
  } catch {
    return null;
  }
}

/** Cuts off what a crash left of a line. Returns the size. */
async function endOfLastLine(file: FileHandle, path: string): Promise<number> {
  const bytes = await readFile(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) await file.truncate(end);
  return end;
}

/** @throws BouncekitError where the process that holds the lock is alive. */
async function lock(path: string): Promise<void> {
  const own = `${process.pid} ${await startTimeOf(process.pid)}`;
  for (;;) {
    try {
      await writeFile(path, own, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const [pid = '', startTime = ''] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
    if (/^\d+$/.test(pid) && isAlive(Number(pid)) && startTime === (await startTimeOf(Number(pid)))) {
      const what = `the journal ${path.replace(/\.lock$/, '')} is in use by process ${pid}: one watcher a mailbox`;
      throw new BouncekitError('invalid-option', what);
    }
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Tells a process from a later one of the same number, and from one that is dead and only waits for its parent.
 * proc(5), /proc/pid/stat: the fields behind the name, which is in brackets. '' where there is no /proc.
 */
async function startTimeOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return 'dead';
  return fields[19] ?? '';
}
