import { hash } from 'node:crypto';
import { inTurn } from './classify/in-turn.ts';
import type { classify } from './classify/index.ts';
import { decide } from './decide/index.ts';
import { completeRecipient, completeRecipientAddress } from './extract/complete.ts';
import type { Extraction, Found, RecipientDraft } from './extract/draft.ts';
import { findOriginalPart, HeaderReader, OriginalReader, readOriginal } from './extract/original.ts';
import { adviseReply } from './extract/should-reply.ts';
import type { Format } from './formats/format.ts';
import type { Message } from './mime/scan.ts';
import type { Classification, Decision, ReplyFacts } from './model/classification.ts';
import type { Evidence } from './model/evidence.ts';
import { defineLater } from './model/later.ts';
import type { Kind } from './model/lists.ts';
import type { Feedback, MessageHeader, Original, Recipient, RecipientField, Report } from './model/report.ts';
import { recognise } from './recognise/recognise.ts';

/** What a parser was made with. */
export interface Stages {
  readonly formats: readonly Format[];
  readonly classify: typeof classify;
  readonly decide: typeof decide;
}

/** Part tree → report: recognise, extract, complete, classify, decide. */
export function readMessage(message: Message, stages: Stages): Report {
  const header = new HeaderReader(message.headers);
  const { format, extraction } = extractSurest(message, stages.formats);
  const original = readReturned(message, extraction);
  const idOf = eventIds(extraction, original, header);
  const recipients =
    extraction.feedback === undefined
      ? readRecipients(message, extraction, original, idOf, stages)
      : readComplainants(message, extraction, extraction.feedback.value, original, idOf);
  const kind = kindOf(extraction, recipients);
  const advice = adviseReply(message, kind, header);
  // The two headers are worked out when somebody looks: a program that acts on recipients never does.
  const report = { kind, format } as Report;
  defineLater(report, 'message', () => header.read());
  report.reportingMta = extraction.reportingMta?.value ?? null;
  report.receivedFromMta = extraction.receivedFromMta?.value ?? null;
  report.dsnGateway = extraction.dsnGateway?.value ?? null;
  report.arrivalDate = extraction.arrivalDate?.value ?? null;
  report.originalEnvelopeId = extraction.originalEnvelopeId?.value ?? null;
  report.recipients = recipients;
  defineLater(report, 'original', () => (original instanceof OriginalReader ? original.read() : original));
  report.shouldReply = advice.shouldReply;
  report.shouldReplyWhy = advice.why;
  report.evidence = reportEvidence(extraction, recipients);
  report.warnings = message.warnings.list;
  if (extraction.autoReply) report.autoReply = extraction.autoReply.value;
  if (extraction.feedback) report.feedback = extraction.feedback.value;
  if (extraction.disposition) report.disposition = extraction.disposition.value;
  return report;
}

function extractSurest(
  message: Message,
  formats: readonly Format[],
): { format: string | null; extraction: Extraction } {
  const [surest] = recognise(message, formats);
  if (surest !== undefined) {
    const { format } = surest;
    try {
      const extraction = format.extract(message);
      const { recipients } = message.limits;
      if (extraction.recipients.length > recipients) {
        message.warnings.add('limit-recipients', `the first ${recipients} recipients were read`);
        extraction.recipients.length = recipients;
      }
      return { format: format.id, extraction };
    } catch (error) {
      message.warnings.add(
        'format-error',
        `format ${format.id}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return extractSurest(
        message,
        formats.filter((other) => other !== format),
      );
    }
  }
  return { format: null, extraction: { recipients: [] } };
}

/** Only a report returns a message; in other mail an attached message is nobody's bounce. */
function readReturned(message: Message, extraction: Extraction): Original | null {
  if (extraction.original !== undefined) return extraction.original;
  if (extraction.recipients.length === 0 && extraction.kind === undefined) return null;
  const part = findOriginalPart(message);
  return part === null ? null : readOriginal(part, message);
}

/** The worst action decides; a format may say otherwise. */
function kindOf(extraction: Extraction, recipients: readonly Recipient[]): Kind {
  if (extraction.kind !== undefined) return extraction.kind.value;
  if (recipients.some((r) => r.action === 'failed')) return 'bounce';
  if (recipients.some((r) => r.action === 'delayed')) return 'delay';
  if (recipients.some((r) => r.action !== null)) return 'delivery';
  return 'other';
}

/** Apart from what is worked out later: that must not keep the message and the drafts as long as the report lives. */
function readRecipients(
  message: Message,
  extraction: Extraction,
  original: Original | null,
  idOf: IdOf,
  stages: Stages,
): Recipient[] {
  const judge = inTurn(stages.classify);
  return extraction.recipients.map((draft) => {
    completeRecipient(draft, original, message);
    return readRecipient(draft, extraction, idOf, judge, stages.decide);
  });
}

function readRecipient(
  draft: RecipientDraft,
  extraction: Extraction,
  idOf: IdOf,
  judge: (facts: ReplyFacts) => Classification,
  weigh: typeof decide,
): Recipient {
  const recipient = readFacts(draft, idOf);
  const failing =
    recipient.action === 'failed' || recipient.action === 'delayed' || recipient.action === null;
  const verdict = judge({
    diagnosticCode: recipient.diagnosticCode,
    diagnosticType: recipient.diagnosticType,
    replyCode: recipient.replyCode,
    status: recipient.status,
    remoteMta: recipient.remoteMta,
    reportingMta: extraction.reportingMta?.value,
    command: recipient.command,
    action: recipient.action,
    recipient: recipient.recipient,
  });
  recipient.provider = verdict.provider;
  if (!failing) {
    recipient.bounceType = 'success';
    recipient.decision = { ...NOTHING, why: `The report says that the mail was ${recipient.action}.` };
    return recipient;
  }
  const backing = draft.diagnosticCode ?? draft.status ?? draft.replyCode ?? draft.action;
  if (backing) {
    const { from, part, line, text } = backing.evidence;
    recipient.evidence.reason = { from, part, line, text, inferred: true };
  }
  recipient.reason = verdict.reason;
  recipient.bounceType = verdict.bounceType;
  recipient.bucket = verdict.bucket;
  recipient.rule = verdict.rule;
  recipient.decision = weigh(verdict);
  return recipient;
}

/** Whom a complaint speaks of: nothing failed, and the complaint's own decision holds for each. */
function readComplainants(
  message: Message,
  extraction: Extraction,
  feedback: Feedback,
  original: Original | null,
  idOf: IdOf,
): Recipient[] {
  const drafts: RecipientDraft[] = extraction.recipients.length > 0 ? extraction.recipients : [{}];
  for (const draft of drafts) completeRecipientAddress(draft, original, message);
  return drafts
    .filter((draft) => draft.recipient)
    .map((draft) => ({ ...readFacts(draft, idOf), decision: feedback.decision }));
}

const NOTHING = { action: 'none', scope: 'address', why: '' } as const satisfies Decision;

/** What the report says, without a verdict on it. */
function readFacts(draft: RecipientDraft, idOf: IdOf): Recipient {
  const value = <T>(f: Found<T> | null | undefined): T | null => f?.value ?? null;
  const facts: Omit<Recipient, 'eventId' | 'evidence'> = {
    recipient: value(draft.recipient),
    finalRecipient: value(draft.finalRecipient),
    originalRecipient: value(draft.originalRecipient),
    action: value(draft.action),
    status: value(draft.status),
    replyCode: value(draft.replyCode),
    diagnosticCode: value(draft.diagnosticCode),
    diagnosticType: value(draft.diagnosticType),
    remoteMta: value(draft.remoteMta),
    command: value(draft.command),
    lastAttemptDate: value(draft.lastAttemptDate),
    willRetryUntil: value(draft.willRetryUntil),
    finalLogId: value(draft.finalLogId),
    reason: null,
    bounceType: 'unknown',
    bucket: 'none',
    provider: null,
    rule: null,
    decision: NOTHING,
  };
  const recipient = facts as Recipient;
  const failure: Failure = [facts.recipient, facts.finalRecipient, facts.action, facts.status];
  defineLater(recipient, 'eventId', () => idOf(failure));
  recipient.evidence = recipientEvidence(draft);
  return recipient;
}

const EVIDENCE_FIELDS = [
  'recipient',
  'finalRecipient',
  'originalRecipient',
  'action',
  'status',
  'replyCode',
  'diagnosticCode',
  'diagnosticType',
  'remoteMta',
  'command',
  'lastAttemptDate',
  'willRetryUntil',
  'finalLogId',
] as const satisfies readonly RecipientField[];

function recipientEvidence(draft: RecipientDraft): Recipient['evidence'] {
  const evidence: Recipient['evidence'] = {};
  for (const name of EVIDENCE_FIELDS) {
    const found = draft[name];
    if (found) evidence[name] = found.evidence;
  }
  return evidence;
}

const REPORT_EVIDENCE = [
  'reportingMta',
  'receivedFromMta',
  'dsnGateway',
  'arrivalDate',
  'originalEnvelopeId',
  'autoReply',
  'feedback',
  'disposition',
] as const satisfies readonly (keyof Extraction)[];

function reportEvidence(extraction: Extraction, recipients: readonly Recipient[]): Report['evidence'] {
  const evidence: Report['evidence'] = {};
  const kind = extraction.kind?.evidence ?? kindEvidence(recipients);
  if (kind) evidence.kind = kind;
  for (const name of REPORT_EVIDENCE) {
    const found = extraction[name];
    if (found) evidence[name] = found.evidence;
  }
  return evidence;
}

function kindEvidence(recipients: readonly Recipient[]): Evidence | undefined {
  for (const action of ['failed', 'delayed', 'delivered', 'relayed', 'expanded']) {
    const first = recipients.find((r) => r.action === action);
    if (first?.evidence.action) return first.evidence.action;
  }
  return undefined;
}

type IdOf = (failure: Failure) => string;
type Failure = readonly [
  recipient: string | null,
  final: string | null,
  action: string | null,
  status: string | null,
];

/**
 * The same failure read twice, from whichever copy, has the same id: it is made of what the report says of the
 * failure, not of how the copy came here. A cryptographic hash, so that nobody can forge an event that is taken for
 * a duplicate of another. It keeps no more of what was read than it is made of.
 */
function eventIds(
  { originalEnvelopeId, reportingMta, arrivalDate, feedback }: Extraction,
  original: Original | null,
  header: MessageHeader,
): IdOf {
  return ([recipient, finalRecipient, action, status]) => {
    const message = originalEnvelopeId?.value ?? original?.messageId ?? null;
    const parts = [
      reportingMta?.value.toLowerCase(),
      message ?? `${header.messageId ?? ''} ${header.date ?? ''}`,
      recipient?.toLowerCase(),
      finalRecipient?.toLowerCase(),
      action ?? feedback?.value.type,
      status,
      arrivalDate?.value,
    ];
    return hash('sha256', parts.map((p) => p ?? '').join('\n')).slice(0, 32);
  };
}
