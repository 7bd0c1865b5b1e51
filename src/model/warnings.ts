/**
 * What can be wrong with a message. Mail never throws: what could be read is returned, and each defect is
 * named by one of these codes.
 */
export const WARNING_CODES = [
  'empty-message',
  'not-a-message', // no header field at all: a binary file, or text that is no mail
  'missing-header-end', // no empty line between header and body
  'malformed-header', // a line of the header that is neither a field nor a continuation
  'missing-boundary', // a multipart without boundary parameter
  'wrong-boundary', // the declared boundary never occurs; another was found and used
  'missing-close-boundary', // truncated mail, or a sender that forgot it
  'malformed-base64',
  'unknown-charset',
  'wrong-charset', // the bytes contradict the label; read as the charset they are
  'unknown-transfer-encoding',
  'missing-report-type',
  'missing-recipient',
  'missing-action',
  'missing-status',
  'unknown-action',
  'malformed-status',
  'malformed-date',
  'malformed-field', // a line of the machine-readable part that is no field
  'lost-folding', // a continuation line that lost its indentation
  'malformed-address',
  'conflicting-status', // class of Status and of the reply differ (RFC 2034 §4)
  'recipient-is-sender', // Final-Recipient names the sender of the returned message
  'given-up', // the report says that it goes on, and is known to be the last one
  'retry-until-with-failed', // RFC 3464 §2.3.9 allows Will-Retry-Until with delayed only
  'parsed-mail-loss', // the ParsedMail handed in has lost parts of the message
  'ambiguous-format', // two formats were equally sure; the first in order was taken
  'format-error', // a format threw; the next surest was taken
  'limit-bytes',
  'limit-parts',
  'limit-depth',
  'limit-header-bytes',
  'limit-header-lines',
  'limit-text-bytes',
  'limit-notice-lines',
  'limit-line-length',
  'limit-recipients',
  'limit-original-headers',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

export interface Warning {
  readonly code: WarningCode;
  /** One sentence for a person. */
  readonly detail: string;
  /** IMAP section number of the part, null for the message as a whole. */
  readonly part: string | null;
}
