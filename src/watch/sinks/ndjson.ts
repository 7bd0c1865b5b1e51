import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { BouncekitError } from '../../index.ts';
import { explainFileError } from '../../sources/errors.ts';
import { type Sink, SinkError } from './sink.ts';

/** A report a line on stdout. Safe means here: handed to the operating system. */
export function stdoutSink(): Sink {
  return {
    name: 'stdout',
    deliver: ({ json }) =>
      new Promise((resolve, reject) => {
        process.stdout.write(`${json}\n`, (error) => {
          if (error) reject(new SinkError(`stdout: ${error.message}`, { cause: error }));
          else resolve();
        });
      }),
    close: async () => {},
  };
}

const LF = 0x0a;
const CHUNK = 64 * 1024;
/** A last line longer than this is not looked at. */
const MAX_LAST_LINE = 64 * 1024 * 1024;

/**
 * A report a line in a file, appended and synced. At `rotateBytes` the file is renamed to `<path>.<time>` and a new one
 * begins; nothing is removed. A file that was renamed by somebody else (logrotate) is left, too.
 */
export async function fileSink(path: string, rotateBytes: number): Promise<Sink> {
  const sink = new FileSink(path, rotateBytes);
  try {
    await sink.open();
  } catch (error) {
    if (error instanceof BouncekitError) throw error;
    throw new BouncekitError('invalid-option', `the file ${path}: ${explainFileError(error)}`, {
      cause: error,
    });
  }
  return sink;
}

class FileSink implements Sink {
  readonly name: string;
  readonly #path: string;
  readonly #rotateBytes: number;
  #file: FileHandle | null = null;
  #inode = 0;
  /** Bytes of whole lines. */
  #size = 0;

  constructor(path: string, rotateBytes: number) {
    this.name = path;
    this.#path = path;
    this.#rotateBytes = rotateBytes;
  }

  async open(): Promise<void> {
    const file = await open(this.#path, 'a+', 0o600);
    const info = await file.stat();
    this.#file = file;
    this.#inode = info.ino;
    this.#size = info.isFile() ? await this.#cutHalfLine(file, info.size) : 0;
  }

  /** What stands behind the last line end is what a crash left of a report that was never acknowledged. */
  async #cutHalfLine(file: FileHandle, size: number): Promise<number> {
    const tail = await readLastLine(file, size);
    if (tail === null || tail.length === 0) return size;
    if (!tail.toString('utf8', 0, 20).startsWith('{"source":')) {
      throw new BouncekitError(
        'invalid-option',
        `the file ${this.#path} ends in something that is no report`,
      );
    }
    await file.truncate(size - tail.length);
    return size - tail.length;
  }

  async last(): Promise<string | null> {
    if (this.#file === null || this.#size === 0) return null;
    return (await readLastLine(this.#file, this.#size - 1))?.toString() ?? null;
  }

  async deliver({ json }: { readonly json: string }): Promise<void> {
    const line = Buffer.from(`${json}\n`);
    try {
      await this.#renew(line.length);
      const file = this.#file as FileHandle;
      try {
        let written = 0;
        while (written < line.length) {
          written += (await file.write(line, written, line.length - written)).bytesWritten;
        }
        await file.datasync();
      } catch (error) {
        await file.truncate(this.#size).catch(() => {});
        throw error;
      }
      this.#size += line.length;
    } catch (error) {
      throw new SinkError(`${this.#path}: ${explainFileError(error)}`, { cause: error });
    }
  }

  async #renew(length: number): Promise<void> {
    const there = await stat(this.#path).catch(() => null);
    if (
      there !== null &&
      there.ino === this.#inode &&
      this.#size > 0 &&
      this.#size + length > this.#rotateBytes
    ) {
      await rename(this.#path, `${this.#path}.${new Date().toISOString().replaceAll(/[-:]/g, '')}`);
    } else if (this.#file !== null && there?.ino === this.#inode) return;
    await this.#file?.close();
    this.#file = null;
    await this.open();
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }
}

/** The bytes between `end` and the last line end in front of it. Null where they are too many. */
async function readLastLine(file: FileHandle, end: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  for (let start = end; start > 0 && end - start < MAX_LAST_LINE; start -= CHUNK) {
    const from = Math.max(0, start - CHUNK);
    const chunk = Buffer.alloc(start - from);
    await file.read(chunk, 0, chunk.length, from);
    const lf = chunk.lastIndexOf(LF);
    parts.unshift(chunk.subarray(lf + 1));
    if (lf !== -1 || from === 0) return Buffer.concat(parts);
  }
  return end === 0 ? Buffer.alloc(0) : null;
}
