import type { Origin } from '../model/report.ts';

/** What a message turned out to be, for a source that puts it somewhere: a report, or ordinary mail. */
export type Outcome = 'done' | 'unknown';

/** One message from wherever it came. */
export interface SourceMessage {
  readonly origin: Origin;
  /** One byte more than `maxBytes` at most, so that the parser can tell that there was more. */
  readonly bytes: Buffer;
  /** When it arrived in the mailbox; null where that is not known. */
  readonly received: Date | null;
  /**
   * Call it when the report is safe: the source moves or flags the message. Does nothing for files.
   * @throws SourceError where that did not work. The message is then offered again later.
   */
  ack(outcome?: Outcome): Promise<void>;
  /** Call it when the message can never be handled: the source puts it aside. Throws like `ack`. */
  fail(error: string): Promise<void>;
}

/** Something that could not be read. The rest goes on. */
export interface SourceFailure {
  readonly origin: Origin;
  /** One line for a person. */
  readonly error: string;
  fail(error: string): Promise<void>;
}

/** Every source is an `AsyncIterable<SourceItem>`: lazy, one message at a time. So is any queue of your own. */
export type SourceItem = SourceMessage | SourceFailure;

/** Where a mailbox source puts a message that was handled. */
export type Placement =
  | { readonly kind: 'folder'; readonly name: string }
  /** An IMAP keyword (RFC 9051 §2.3.2); the message stays where it is. */
  | { readonly kind: 'keyword'; readonly name: string }
  | { readonly kind: 'delete' };

/** What happens to a source besides messages; for logs and gauges. */
export type SourceEvent =
  | { readonly type: 'connected'; readonly detail: string }
  | { readonly type: 'disconnected'; readonly detail: string; readonly retryInMs: number }
  | { readonly type: 'uidvalidity-changed'; readonly detail: string }
  /** A look into the mailbox, with the number of messages that wait there. */
  | { readonly type: 'polled'; readonly waiting: number };

/** What the mailbox sources, `readImap` and `readMaildir`, have in common. */
export interface MailboxOptions {
  readonly done?: Placement;
  readonly unknown?: Placement;
  readonly failed?: Placement;
  /** Bytes of one message; more is not fetched. */
  readonly maxBytes?: number;
  /** Milliseconds between two looks, besides those that the server or the file system asks for. */
  readonly pollMs?: number;
  /** Ends when nothing is left, instead of waiting for more. */
  readonly once?: boolean;
  /** Changes nothing in the mailbox; offers each message once. */
  readonly dryRun?: boolean;
  /** Ends the source. A message in hand can still be acknowledged. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: SourceEvent) => void;
}

export const DEFAULT_POLL_MS = 60_000;

const nothing = async (): Promise<void> => {};

/** A message of a source that has nowhere to put it. */
export function fileMessage(origin: Origin, bytes: Buffer, received: Date | null): SourceMessage {
  return { origin, bytes, received, ack: nothing, fail: nothing };
}

export function fileFailure(origin: Origin, error: string): SourceFailure {
  return { origin, error, fail: nothing };
}
