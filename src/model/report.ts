import type { Decision } from './classification.ts';
import type { Evidence } from './evidence.ts';
import type { Action, AutoReplyType, BounceType, Bucket, Command, Kind, Reason } from './lists.ts';
import type { Warning } from './warnings.ts';

/** Where a message came from. Command line and sources only. */
export interface Origin {
  readonly path: string;
  /** Place in an mbox, from 0. */
  readonly index: number;
}

/** Addresses are bare (`local@domain`), dates ISO 8601 with the offset that the message had, ids without `<>`. */
export interface MessageHeader {
  readonly messageId: string | null;
  readonly from: string | null;
  /** Several addresses are joined by `, `. */
  readonly to: string | null;
  readonly subject: string | null;
  readonly date: string | null;
  /** Empty string for the null sender `<>`. */
  readonly returnPath: string | null;
}

/** The returned message, or what is left of it. */
export interface Original extends MessageHeader {
  readonly listId: string | null;
  /** Field names in lower case; a field that occurs more than once keeps every value, joined by line ends. */
  readonly headers: Record<string, string>;
}

/** Values of a recipient that are copied from or concluded out of the report: each has evidence. */
export type RecipientField =
  | 'recipient'
  | 'finalRecipient'
  | 'originalRecipient'
  | 'action'
  | 'status'
  | 'replyCode'
  | 'diagnosticCode'
  | 'diagnosticType'
  | 'remoteMta'
  | 'command'
  | 'lastAttemptDate'
  | 'willRetryUntil'
  | 'finalLogId'
  | 'reason';

/** What one report says of one recipient. */
export interface Recipient {
  /** The address to act on: the one the sender wrote to. */
  recipient: string | null;
  finalRecipient: string | null;
  originalRecipient: string | null;
  action: Action | null;
  /** Enhanced status code `class.subject.detail` (RFC 3463). */
  status: string | null;
  /** Three digits. */
  replyCode: string | null;
  /** Unfolded, without the type. */
  diagnosticCode: string | null;
  /** Lower case. */
  diagnosticType: string | null;
  /** Bare host name or address. */
  remoteMta: string | null;
  command: Command | null;
  lastAttemptDate: string | null;
  willRetryUntil: string | null;
  finalLogId: string | null;
  reason: Reason | null;
  bounceType: BounceType;
  bucket: Bucket;
  provider: string | null;
  rule: string | null;
  decision: Decision;
  /** 32 hex digits; the same failure read twice gives the same id. */
  eventId: string;
  evidence: Partial<Record<RecipientField, Evidence>>;
}

/** An automatic reply (RFC 3834). */
export interface AutoReply {
  type: AutoReplyType;
  /** What counted, strongest first. */
  signals: string[];
  /** Of a vacation: the last day away or the first day back, as the text names it, `YYYY-MM-DD`. */
  until: string | null;
  /** Of a vacation: whom to write to instead. */
  standIn: string | null;
  /** Of a notice: the address that replaces the one written to. */
  newAddress: string | null;
  /** The holder has left or the address is given up: for a person to look at, not for suppression. */
  review: boolean;
  evidence: Partial<Record<'until' | 'standIn' | 'newAddress', Evidence>>;
}

/** An abuse report (RFC 5965). Lists keep the order of the report. */
export interface Feedback {
  /** Lower case: abuse, fraud, virus, not-spam, auth-failure, opt-out, other; null when the report names none. */
  type: string | null;
  /** The recipient does not want the mail. False for auth-failure, not-spam, virus and other. */
  complaint: boolean;
  /** What to do about the addresses in `originalRcptTo`. */
  decision: Decision;
  userAgent: string | null;
  version: string | null;
  originalMailFrom: string | null;
  originalRcptTo: string[];
  originalEnvelopeId: string | null;
  arrivalDate: string | null;
  sourceIp: string | null;
  reportingMta: string | null;
  incidents: number | null;
  reportedDomain: string[];
  reportedUri: string[];
  authenticationResults: string[];
}

/** A disposition notification (RFC 8098). */
export interface Disposition {
  /** displayed, deleted, dispatched, processed; denied and failed in RFC 2298. */
  type: string | null;
  /** manual-action or automatic-action. */
  mode: string | null;
  /** mdn-sent-manually or mdn-sent-automatically. */
  sendingMode: string | null;
  modifiers: string[];
  finalRecipient: string | null;
  originalRecipient: string | null;
  originalMessageId: string | null;
  reportingUa: string | null;
  errors: string[];
}

/** Report-level values that have evidence of their own. */
export type ReportField =
  | 'kind'
  | 'reportingMta'
  | 'receivedFromMta'
  | 'dsnGateway'
  | 'arrivalDate'
  | 'originalEnvelopeId'
  | 'autoReply'
  | 'feedback'
  | 'disposition';

/** What bouncekit read in one message. Unknown is null; lists are never null. */
export interface Report {
  source?: Origin;
  kind: Kind;
  /** Id of the format that read the message, null when none did. */
  format: string | null;
  message: MessageHeader;
  /** Bare host; likewise `receivedFromMta` and `dsnGateway`. */
  reportingMta: string | null;
  receivedFromMta: string | null;
  dsnGateway: string | null;
  arrivalDate: string | null;
  originalEnvelopeId: string | null;
  recipients: Recipient[];
  original: Original | null;
  autoReply?: AutoReply;
  feedback?: Feedback;
  disposition?: Disposition;
  /** False where an answer could start a mail loop. */
  shouldReply: boolean;
  /** One sentence for a person. */
  shouldReplyWhy: string;
  evidence: Partial<Record<ReportField, Evidence>>;
  warnings: Warning[];
}
