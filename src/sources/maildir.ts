import { type FSWatcher, watch } from 'node:fs';
import { access, mkdir, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { BouncekitError, DEFAULT_LIMITS } from '../index.ts';
import { explainFileError, SourceError } from './errors.ts';
import { readMessageFile } from './files.ts';
import {
  DEFAULT_POLL_MS,
  type MailboxOptions,
  type Outcome,
  type Placement,
  type SourceItem,
} from './source.ts';
import { isStopped, sleep } from './wait.ts';

export interface MaildirOptions extends MailboxOptions {
  /** The folder that holds cur, new and tmp. */
  readonly path: string;
}

/**
 * The messages of a Maildir (https://cr.yp.to/proto/maildir.html), then the next ones as they are delivered.
 *
 * With `done` as a folder, new and cur are read and what is handled moves there. Without, only new is read and what is
 * handled moves to cur, not marked as seen. Folders are Maildir++ (`Done` is `.Done` below the Maildir), or Maildirs by
 * their absolute path. Messages with the flag T (trashed) are left alone.
 * @throws SourceError where the folder is no Maildir. BouncekitError for a keyword, which a Maildir cannot keep.
 */
export async function* readMaildir(options: MaildirOptions): AsyncGenerator<SourceItem> {
  const { path, once, dryRun, signal, onEvent, pollMs = DEFAULT_POLL_MS } = options;
  for (const placement of [options.done, options.unknown, options.failed]) {
    if (placement?.kind !== 'keyword') continue;
    throw new BouncekitError(
      'invalid-option',
      `a Maildir keeps no keywords: name a folder, not keyword:${placement.name}`,
    );
  }
  await checkMaildir(path);
  if (dryRun !== true) await makeFolders(options);
  const folders =
    options.done?.kind === 'folder' || options.done?.kind === 'delete' ? ['new', 'cur'] : ['new'];
  const bell = new Bell(join(path, 'new'));
  const shown = new Set<string>();
  try {
    onEvent?.({ type: 'connected', detail: path });
    while (!isStopped(signal)) {
      bell.reset();
      const names = await listNames(path, folders);
      const fresh = names.filter(({ name }) => !shown.has(baseName(name)));
      onEvent?.({ type: 'polled', waiting: fresh.length });
      for (const { folder, name } of fresh) {
        if (isStopped(signal)) return;
        if (once === true || dryRun === true) shown.add(baseName(name));
        const item = await lease(options, folder, name);
        if (item !== null) yield item;
      }
      if (once === true) {
        if (fresh.length === 0) return;
        continue;
      }
      await bell.wait(pollMs, signal);
    }
  } finally {
    bell.close();
  }
}

/** `new` as the file system reports it; where it cannot, as on NFS, polling is what is left. */
class Bell {
  readonly #watcher: FSWatcher | null;
  #rung = false;
  #ring: () => void = () => {};

  constructor(folder: string) {
    this.#watcher = this.#start(folder);
  }

  #start(folder: string): FSWatcher | null {
    try {
      const watcher = watch(folder, () => {
        this.#rung = true;
        this.#ring();
      });
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return null;
    }
  }

  reset(): void {
    this.#rung = false;
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#rung) return;
    const rung = new AbortController();
    this.#ring = () => rung.abort();
    signal?.addEventListener('abort', this.#ring, { once: true });
    await sleep(isStopped(signal) ? 0 : ms, rung.signal);
    signal?.removeEventListener('abort', this.#ring);
    this.#ring = () => {};
  }

  close(): void {
    this.#watcher?.close();
  }
}

async function checkMaildir(path: string): Promise<void> {
  try {
    await Promise.all([readdir(join(path, 'new')), readdir(join(path, 'cur'))]);
  } catch (error) {
    const what = `${path} is no Maildir that can be read (it has folders cur, new and tmp): ${explainFileError(error)}`;
    throw new SourceError('folder', what, false, { cause: error });
  }
}

function folderPath(options: MaildirOptions, name: string): string {
  if (isAbsolute(name)) return name;
  return join(options.path, name.startsWith('.') ? name : `.${name.replaceAll('/', '.')}`);
}

async function makeFolders(options: MaildirOptions): Promise<void> {
  for (const placement of [options.done, options.unknown, options.failed]) {
    if (placement?.kind !== 'folder') continue;
    const path = folderPath(options, placement.name);
    try {
      for (const name of ['tmp', 'new', 'cur'])
        await mkdir(join(path, name), { recursive: true, mode: 0o700 });
      // Marks a Maildir++ folder (https://www.courier-mta.org/maildir.html).
      if (!isAbsolute(placement.name)) await writeFile(join(path, 'maildirfolder'), '', { flag: 'a' });
    } catch (error) {
      const what = `the folder ${path} cannot be made: ${explainFileError(error)}`;
      throw new SourceError('folder', what, false, { cause: error });
    }
  }
}

/** The part of a name that stays the same when flags change or the file moves from new to cur. */
function baseName(name: string): string {
  const info = name.indexOf(':2,');
  return info === -1 ? name : name.slice(0, info);
}

function flagsOf(name: string): string {
  const info = name.indexOf(':2,');
  return info === -1 ? '' : name.slice(info + 3);
}

interface Entry {
  readonly folder: string;
  readonly name: string;
}

async function listNames(path: string, folders: readonly string[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const folder of folders) {
    for (const name of await readdir(join(path, folder))) {
      if (!name.startsWith('.') && !flagsOf(name).includes('T')) entries.push({ folder, name });
    }
  }
  // Names begin with the time of delivery in seconds.
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function lease(options: MaildirOptions, folder: string, name: string): Promise<SourceItem | null> {
  const file = join(options.path, folder, name);
  // The same id before and after the message moved from new to cur.
  const origin = { path: join(options.path, baseName(name)), index: 0 };
  const fail = (): Promise<void> => settle(options, folder, name, options.failed);
  try {
    const { bytes, received } = readMessageFile(file, options.maxBytes ?? DEFAULT_LIMITS.bytes);
    const ack = (outcome: Outcome = 'done'): Promise<void> =>
      settle(options, folder, name, outcome === 'unknown' ? (options.unknown ?? options.done) : options.done);
    return { origin, bytes, received, ack, fail };
  } catch (error) {
    // A mail reader took it, or changed its flags: then the next look finds it under its new name.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return { origin, error: explainFileError(error), fail };
  }
}

async function settle(
  options: MaildirOptions,
  folder: string,
  name: string,
  placement: Placement | undefined,
): Promise<void> {
  if (options.dryRun === true) return;
  try {
    const now = await currentName(options.path, folder, name);
    if (now === null) return;
    if (placement?.kind === 'delete') {
      await unlink(join(options.path, now));
      return;
    }
    const target = placement === undefined ? options.path : folderPath(options, placement.name);
    await moveTo(join(options.path, now), join(target, 'cur'), name);
  } catch (error) {
    const what = placement === undefined ? 'cur' : placement.kind === 'delete' ? 'the bin' : placement.name;
    throw new SourceError('settle', `cannot move ${name} to ${what}: ${explainFileError(error)}`, true, {
      cause: error,
    });
  }
}

/** Where the file is: a mail reader may have renamed it meanwhile. Null where it is gone. */
async function currentName(path: string, folder: string, name: string): Promise<string | null> {
  const leased = join(folder, name);
  if (await exists(join(path, leased))) return leased;
  const base = baseName(name);
  for (const other of ['cur', 'new']) {
    const found = (await readdir(join(path, other))).find((n) => baseName(n) === base);
    if (found !== undefined) return join(other, found);
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** rename() overwrites without a word, so a name that is taken gets a number. */
async function moveTo(file: string, cur: string, name: string): Promise<void> {
  const base = baseName(name);
  for (let n = 0; ; n++) {
    const target = join(cur, `${n === 0 ? base : `${base}-${n}`}:2,${flagsOf(name)}`);
    if (target === file) return;
    if (await exists(target)) continue;
    await rename(file, target);
    return;
  }
}
