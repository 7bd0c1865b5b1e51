import type { Extraction } from '../extract/draft.ts';
import type { Message } from '../mime/scan.ts';

/** How sure a format is that it wrote the message, and why. */
export interface Claim {
  /** 0 to 1. 1 is kept for reports that name themselves in a machine-readable part. */
  readonly confidence: number;
  /** One clause for `explain`. */
  readonly why: string;
}

/** Who wrote a report. One file each; a user's own has the same type as a built-in one. */
export interface Format {
  /** Stable, lower case: `rfc3464`, `qmail`. */
  readonly id: string;
  /** The most that it ever claims, 1 where it does not say: it is not asked where another was surer. */
  readonly maxConfidence?: number;
  /** Null where the message is not of this format. Looks at structure and at several marks together. */
  recognise(message: Message): Claim | null;
  /** Called for the surest format only. */
  extract(message: Message): Extraction;
}
