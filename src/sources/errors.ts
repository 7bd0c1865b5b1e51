export type SourceErrorCode =
  | 'authentication'
  | 'certificate'
  | 'folder'
  | 'connection'
  | 'missing-package'
  | 'settle';

/** A mailbox that cannot be used. The message says what to do about it. */
export class SourceError extends Error {
  readonly code: SourceErrorCode;
  /** Whether the same attempt can work later without anybody's help. */
  readonly retryable: boolean;

  constructor(code: SourceErrorCode, message: string, retryable: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SourceError';
    this.code = code;
    this.retryable = retryable;
  }
}

const FILE_CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  EISDIR: 'is a folder',
  ENOTDIR: 'is no folder',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'no space left in the quota',
  EFBIG: 'the file may not grow any more',
  EROFS: 'the file system is read-only',
  EXDEV: 'is on another file system; messages are moved by renaming, which needs the same one',
};

/** What the file system said, for a person. */
export function explainFileError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return FILE_CAUSES[code] ?? (error instanceof Error ? error.message : String(error));
}
