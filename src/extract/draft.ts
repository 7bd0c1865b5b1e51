import type { Evidence, EvidenceSource } from '../model/evidence.ts';
import type { Action, Command, Kind } from '../model/lists.ts';
import type { AutoReply, Disposition, Feedback, Original, ReportField } from '../model/report.ts';

/** A value with what backs it. */
export interface Found<T = string> {
  readonly value: T;
  readonly evidence: Evidence;
}

/** What a format read of one recipient. The pipeline fills in what follows from it. */
export interface RecipientDraft {
  /** Only where it is neither the original nor the final recipient. */
  recipient?: Found | null;
  finalRecipient?: Found | null;
  originalRecipient?: Found | null;
  action?: Found<Action> | null;
  /** A well-formed enhanced code. */
  status?: Found | null;
  /** Only where it is not to be read out of `diagnosticCode`. */
  replyCode?: Found | null;
  /** The reply, wrapped or bare, unfolded, without type. */
  diagnosticCode?: Found | null;
  diagnosticType?: Found | null;
  remoteMta?: Found | null;
  command?: Found<Command> | null;
  lastAttemptDate?: Found | null;
  willRetryUntil?: Found | null;
  finalLogId?: Found | null;
}

/** A draft with nothing in it. Drafts that have their fields in one order are read faster. */
export function emptyDraft(): RecipientDraft {
  return {
    recipient: null,
    finalRecipient: null,
    originalRecipient: null,
    action: null,
    status: null,
    replyCode: null,
    diagnosticCode: null,
    diagnosticType: null,
    remoteMta: null,
    command: null,
    lastAttemptDate: null,
    willRetryUntil: null,
    finalLogId: null,
  };
}

/** What a format read of a whole message. */
export interface Extraction {
  /** Set where the kind does not follow from the recipients' actions. */
  kind?: Found<Kind>;
  reportingMta?: Found | null;
  receivedFromMta?: Found | null;
  dsnGateway?: Found | null;
  arrivalDate?: Found | null;
  originalEnvelopeId?: Found | null;
  recipients: RecipientDraft[];
  /** Set where the returned message does not stand in a part of its own. */
  original?: Original | null;
  autoReply?: Found<AutoReply>;
  feedback?: Found<Feedback>;
  disposition?: Found<Disposition>;
}

export type ExtractionField = Exclude<ReportField, 'kind' | 'autoReply' | 'feedback' | 'disposition'>;

const EVIDENCE_LENGTH = 500;

export function found<T>(value: T, from: EvidenceSource, part: string, line: number, text: string): Found<T> {
  return { value, evidence: { from, part, line, text: text.slice(0, EVIDENCE_LENGTH) } };
}

/** A value that was concluded from the line that backs another. */
export function inferred<T>(value: T, from: EvidenceSource, backing: Evidence): Found<T> {
  return {
    value,
    evidence: { from, part: backing.part, line: backing.line, text: backing.text, inferred: true },
  };
}
