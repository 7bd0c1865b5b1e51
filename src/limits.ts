import { BouncekitError } from './model/errors.ts';

/**
 * Every bound on what one message may cost, with its reason. Over a bound the report is partial and carries
 * the `limit-…` warning of that bound; nothing throws and nothing is cut without a word.
 */
export interface Limits {
  /** Bytes read of one message. Reports stand at the front; what follows is the returned message. */
  readonly bytes: number;
  /** MIME parts. Real reports have 3 to 12. */
  readonly parts: number;
  /** Multiparts inside one another. Real reports have up to 5. */
  readonly depth: number;
  /** Bytes of one header block. Mail servers refuse headers far below this. */
  readonly headerBytes: number;
  /** Fields of one header block. Long relay chains reach a few hundred. */
  readonly headerLines: number;
  /** Characters of one field value that are kept. RFC 5322 §2.1.1 allows lines of 998. */
  readonly fieldLength: number;
  /** Bytes of one text that are decoded. The longest real notices have some 100 KB; UTF-7 costs 0.2 s a MB. */
  readonly textBytes: number;
  /** Bytes of one machine-readable part that are decoded: 100,000 recipients take 13 MB. */
  readonly statusBytes: number;
  /** Bytes of HTML that are rendered where no plain text stands beside it. Notices have some 50 KB. */
  readonly htmlBytes: number;
  /** Lines of one notice that are read. The longest real ones have a few thousand, for as many recipients. */
  readonly noticeLines: number;
  /** Characters of one line of a notice that are read: a paragraph of HTML comes as one. */
  readonly lineLength: number;
  /** Recipients of one report. SMTP servers take 100 to 50,000 recipients in one transaction. */
  readonly recipients: number;
  /** Header fields of the returned message that the report repeats. */
  readonly originalHeaders: number;
}

export const DEFAULT_LIMITS = {
  bytes: 64 * 1024 * 1024,
  parts: 1_000,
  depth: 50,
  headerBytes: 1024 * 1024,
  headerLines: 2_000,
  fieldLength: 16 * 1024,
  textBytes: 4 * 1024 * 1024,
  statusBytes: 32 * 1024 * 1024,
  htmlBytes: 192 * 1024,
  noticeLines: 20_000,
  lineLength: 4_000,
  recipients: 100_000,
  originalHeaders: 500,
} as const satisfies Limits;

/** @throws BouncekitError `invalid-option` for a bound that is no positive integer. */
export function withDefaults(limits: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(limits)) {
    if (!(name in DEFAULT_LIMITS)) {
      throw new BouncekitError('invalid-option', `limits: there is no bound named "${name}"`);
    }
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new BouncekitError(
        'invalid-option',
        `limits.${name} must be a positive integer, not ${String(value)}`,
      );
    }
  }
  return { ...DEFAULT_LIMITS, ...limits };
}
