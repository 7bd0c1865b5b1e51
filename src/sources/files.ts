import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Origin } from '../model/report.ts';

/** One message from wherever it came. */
export interface SourceItem {
  readonly origin: Origin;
  readonly bytes: Buffer;
}

/** Something that could not be read. The rest of the batch goes on. */
export interface SourceFailure {
  readonly origin: Origin;
  /** One line for a person. */
  readonly error: string;
}

/** Names of files in a folder that are mail. A file that is named on the command line is read whatever its name. */
function isMailName(name: string): boolean {
  if (name.startsWith('.')) return false;
  const extension = extname(name).toLowerCase();
  // Maildir (`1388.M1P2.host:2,S`), MH (`17`) and spool files have no extension that means anything.
  return extension === '.eml' || extension === '.mail' || /^\d/.test(name) || extension === '';
}

/** Every mail file of the paths, folders walked in the order of their names. */
export async function* listFiles(paths: readonly string[]): AsyncGenerator<string | SourceFailure> {
  for (const path of paths) {
    const failure = (error: string): SourceFailure => ({ origin: { path, index: 0 }, error });
    try {
      const info = await stat(path);
      if (!info.isDirectory()) {
        yield path;
        continue;
      }
      let files = 0;
      for await (const found of walk(path, new Set())) {
        if (typeof found === 'string') files++;
        yield found;
      }
      if (files === 0)
        yield failure('there is no mail in this folder (looked for .eml files and Maildir or MH names)');
    } catch (error) {
      yield failure(explain(error));
    }
  }
}

async function* walk(folder: string, seen: Set<string>): AsyncGenerator<string | SourceFailure> {
  const real = await realpath(folder);
  if (seen.has(real)) return; // a link that leads back
  seen.add(real);
  let entries: string[];
  try {
    entries = (await readdir(folder)).sort();
  } catch (error) {
    yield { origin: { path: folder, index: 0 }, error: explain(error) };
    return;
  }
  for (const name of entries) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info?.isDirectory()) {
      if (!name.startsWith('.')) yield* walk(path, seen);
    } else if (isMailName(basename(name))) yield path;
  }
}

/** The first `maxBytes` + 1 bytes of a file: one more than is read, so that the reader can tell that there was more. */
export async function readMailFile(path: string, maxBytes: number): Promise<SourceItem | SourceFailure> {
  const origin = { path, index: 0 };
  try {
    const file = await open(path, 'r');
    try {
      const info = await file.stat();
      if (info.isDirectory()) return { origin, error: 'is a folder' };
      if (!info.isFile()) return { origin, error: 'is no regular file' };
      const length = Math.min(info.size, maxBytes + 1);
      const bytes = Buffer.allocUnsafe(length);
      let at = 0;
      while (at < length) {
        const { bytesRead } = await file.read(bytes, at, length - at, at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return { origin, bytes: bytes.subarray(0, at) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { origin, error: explain(error) };
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  EISDIR: 'is a folder',
};

function explain(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return CAUSES[code] ?? (error instanceof Error ? error.message : String(error));
}
