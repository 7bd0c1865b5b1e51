import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { Origin } from '../model/report.ts';
import { explainFileError } from './errors.ts';
import { isMbox } from './mbox.ts';
import { fileFailure, fileMessage, type SourceFailure, type SourceItem } from './source.ts';
import { readStream } from './stream.ts';

export interface FilesOptions {
  /** Bytes read of one message. */
  readonly maxBytes?: number;
  /** What the path `-` reads; without it, `-` is a file of that name. */
  readonly stdin?: AsyncIterable<Buffer>;
}

/**
 * The messages of files, folders, Maildirs and mboxes, in the order of the paths and of the names in a folder.
 * A file that is named is read whatever its name; an mbox is known by its first line.
 */
export async function* readFiles(
  paths: readonly string[],
  options: FilesOptions = {},
): AsyncGenerator<SourceItem> {
  const maxBytes = options.maxBytes ?? DEFAULT_LIMITS.bytes;
  for (const path of paths) {
    if (path === '-' && options.stdin !== undefined) {
      yield* readStream(options.stdin, path, maxBytes);
      continue;
    }
    for await (const found of listFiles(path)) {
      if (typeof found === 'string') yield* readMailFile(found, maxBytes);
      else yield found;
    }
  }
}

async function* listFiles(path: string): AsyncGenerator<string | SourceFailure> {
  try {
    if (!(await stat(path)).isDirectory()) {
      yield path;
      return;
    }
    let files = 0;
    for await (const found of walk(path, new Set())) {
      files++;
      yield found;
    }
    if (files === 0 && !(await isMaildir(path))) {
      const looked =
        'there is no mail in this folder (looked for .eml and .mbox files, Maildir and MH names)';
      yield fileFailure({ path, index: 0 }, looked);
    }
  } catch (error) {
    yield fileFailure({ path, index: 0 }, explainFileError(error));
  }
}

/** Names of files in a folder that are mail. */
function isMailName(name: string): boolean {
  if (name.startsWith('.')) return false;
  const extension = extname(name).toLowerCase();
  // Maildir (`1388.M1P2.host:2,S`), MH (`17`) and spool files have no extension that means anything.
  return ['.eml', '.mail', '.mbox', ''].includes(extension) || /^\d/.test(name);
}

async function isMaildir(folder: string): Promise<boolean> {
  const isFolder = async (name: string): Promise<boolean> =>
    (await stat(join(folder, name)).catch(() => null))?.isDirectory() === true;
  return (await isFolder('cur')) && (await isFolder('new'));
}

/** A Maildir is read by its rules: all of new and cur, nothing of tmp, where deliveries are under way. */
async function* walk(folder: string, seen: Set<string>): AsyncGenerator<string | SourceFailure> {
  let names: string[];
  let maildir: boolean;
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return; // a link that leads back
    seen.add(real);
    names = (await readdir(folder)).sort();
    maildir = names.includes('cur') && names.includes('new') && (await isMaildir(folder));
  } catch (error) {
    yield fileFailure({ path: folder, index: 0 }, explainFileError(error));
    return;
  }
  for (const name of names) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    if (maildir && name === 'tmp') continue;
    if (maildir && (name === 'cur' || name === 'new')) {
      yield* listMessages(path);
      continue;
    }
    const info = look(path);
    if (info?.isDirectory()) yield* walk(path, seen);
    else if (info?.isFile() && !maildir && isMailName(name)) yield path;
  }
}

/** Null for a link that leads nowhere or in a circle. */
function look(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

async function* listMessages(folder: string): AsyncGenerator<string | SourceFailure> {
  try {
    for (const name of (await readdir(folder)).sort()) if (!name.startsWith('.')) yield join(folder, name);
  } catch (error) {
    yield fileFailure({ path: folder, index: 0 }, explainFileError(error));
  }
}

/** Bytes read before it is known whether the file is a message or an mbox: most messages are shorter. */
const FIRST_READ = 64 * 1024;
const MBOX_CHUNK = 1024 * 1024;

/**
 * A message is read at one go: through the thread pool of Node, opening, reading and closing a file of some KB takes
 * longer than parsing it. Between two files everybody else has a turn.
 */
async function* readMailFile(path: string, maxBytes: number): AsyncGenerator<SourceItem> {
  const origin: Origin = { path, index: 0 };
  try {
    await setImmediate();
    const info = statSync(path);
    if (info.isDirectory()) {
      yield fileFailure(origin, 'is a folder');
      return;
    }
    // Not a file: a pipe, as in `parse <(zcat mail.mbox.gz)`.
    const bytes = info.isFile() ? readMessage(path, info.size, maxBytes) : null;
    if (bytes !== null) yield fileMessage(origin, bytes, info.mtime);
    else yield* readStream(createReadStream(path, { highWaterMark: MBOX_CHUNK }), path, maxBytes);
  } catch (error) {
    yield fileFailure(origin, explainFileError(error));
  }
}

/** Null for an mbox. A `.eml` file is one message, though a `From ` line may stand in front of it. */
function readMessage(path: string, size: number, maxBytes: number): Buffer | null {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const start = readFrom(file, 0, Math.min(size, maxBytes + 1, FIRST_READ));
    if (extname(path).toLowerCase() !== '.eml' && isMbox(start)) return null;
    const more = Math.min(size, maxBytes + 1) - start.length;
    if (more <= 0 || start.length < FIRST_READ) return start;
    return Buffer.concat([start, readFrom(file, FIRST_READ, more)]);
  } finally {
    closeSync(file);
  }
}

function readFrom(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const bytesRead = readSync(file, bytes, at, length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** One file of a Maildir, which is never an mbox. @throws what the file system says. */
export function readMessageFile(path: string, maxBytes: number): { bytes: Buffer; received: Date } {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const info = fstatSync(file);
    if (!info.isFile()) throw new Error('is no regular file');
    return { bytes: readFrom(file, 0, Math.min(info.size, maxBytes + 1)), received: info.mtime };
  } finally {
    closeSync(file);
  }
}
