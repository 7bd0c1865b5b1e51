/** Where a value was read. */
export const EVIDENCE_SOURCES = [
  'header', // a header of the message itself
  'delivery-status', // a field of the machine-readable part (RFC 3464, RFC 6533)
  'disposition-notification', // RFC 8098
  'feedback-report', // RFC 5965
  'text', // the part that a person was meant to read
  'reply', // taken out of the SMTP reply that another field or the text holds
  'original', // the returned message or its headers
  'return-path', // a recipient encoded in the envelope sender (VERP)
] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** What backs a value: the line it was read from. */
export interface Evidence {
  readonly from: EvidenceSource;
  /** IMAP section number of the part (RFC 9051 §6.4.5); `"0"` is the message's own header. */
  readonly part: string;
  /** 1-based line in the decoded text of that part, or in the header. */
  readonly line: number;
  /** What stands there, unfolded, at most 500 characters. */
  readonly text: string;
  /** True where the value was concluded from this line, and is not a copy of it. */
  readonly inferred?: true;
}
