import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
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
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory()) yield* walk(path, seen);
    else if (info?.isFile() && !maildir && isMailName(name)) yield path;
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

async function* readMailFile(path: string, maxBytes: number): AsyncGenerator<SourceItem> {
  const origin: Origin = { path, index: 0 };
  let file: FileHandle | undefined;
  try {
    file = await open(path, constants.O_RDONLY);
    const info = await file.stat();
    if (info.isDirectory()) {
      yield fileFailure(origin, 'is a folder');
      return;
    }
    if (!info.isFile()) {
      // A pipe, as in `parse <(zcat mail.mbox.gz)`.
      yield* readStream(file.createReadStream({ autoClose: false }), path, maxBytes);
      return;
    }
    const start = await readFrom(file, 0, Math.min(info.size, maxBytes + 1, FIRST_READ));
    // A `.eml` file is one message, though a `From ` line may stand in front of it.
    if (extname(path).toLowerCase() !== '.eml' && isMbox(start)) {
      const chunks = file.createReadStream({ start: 0, highWaterMark: MBOX_CHUNK, autoClose: false });
      yield* readStream(chunks, path, maxBytes);
      return;
    }
    const more = Math.min(info.size, maxBytes + 1) - start.length;
    const rest = more > 0 && start.length === FIRST_READ ? await readFrom(file, FIRST_READ, more) : null;
    yield fileMessage(origin, rest === null ? start : Buffer.concat([start, rest]), info.mtime);
  } catch (error) {
    yield fileFailure(origin, explainFileError(error));
  } finally {
    await file?.close();
  }
}

async function readFrom(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** One file of a Maildir, which is never an mbox. @throws what the file system says. */
export async function readMessageFile(
  path: string,
  maxBytes: number,
): Promise<{ bytes: Buffer; received: Date }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new Error('is no regular file');
    return { bytes: await readFrom(file, 0, Math.min(info.size, maxBytes + 1)), received: info.mtime };
  } finally {
    await file.close();
  }
}
