/**
 * bouncekit/sources: messages from files, folders, Maildirs, mboxes, streams and IMAP folders.
 *
 * ```ts
 * for await (const item of readImap({ url, credential })) {
 *   if ('error' in item) { await item.fail(item.error); continue; }
 *   await save(await parse(item.bytes));
 *   await item.ack();
 * }
 * ```
 */

export { SourceError, type SourceErrorCode } from './errors.ts';
export { type FilesOptions, readFiles } from './files.ts';
export { DEFAULT_IMAP_PLACEMENTS, type ImapCredential, type ImapOptions, readImap } from './imap.ts';
export { type MaildirOptions, readMaildir } from './maildir.ts';
export { isMbox, type MboxMessage, splitMbox } from './mbox.ts';
export type {
  MailboxOptions,
  Outcome,
  Placement,
  SourceEvent,
  SourceFailure,
  SourceItem,
  SourceMessage,
} from './source.ts';
export { readStream } from './stream.ts';
