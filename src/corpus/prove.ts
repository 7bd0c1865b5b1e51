import { decodeWords } from '../mime/headers.ts';
import type { Evidence } from '../model/evidence.ts';
import type { MessageHeader, Original, Recipient, Report } from '../model/report.ts';
import { compareReports, type Difference } from './compare.ts';
import type { Redactor, Side } from './redactor.ts';
import { plain } from './sample.ts';

/** Where the report of the redacted message is not the old report with the stand-ins in place of the values. */
export function proveSame(before: Report, after: Report, redactor: Redactor): Difference[] {
  const expected = comparable(expectedReport(before, redactor));
  return compareReports(expected, comparable(after), false).differences;
}

/** Evidence quotes lines up to a bound, which a stand-in of another length moves. */
const EVIDENCE_LENGTH = 200;

/** Without what is made of other values (`eventId`) and of what stands in them (warnings, signals of automatic replies). */
function comparable(report: Report): Record<string, unknown> {
  const copy = structuredClone(report);
  const cut = (evidence: Partial<Record<string, Evidence>>): Partial<Record<string, Evidence>> =>
    Object.fromEntries(
      Object.entries(evidence).map(([name, e]) => [
        name,
        e && { ...e, text: decodeWords(e.text).slice(0, EVIDENCE_LENGTH) },
      ]),
    );
  return {
    ...plain(copy),
    autoReply: copy.autoReply?.type,
    evidence: cut(copy.evidence),
    recipients: copy.recipients.map((r) => ({ ...r, eventId: null, evidence: cut(r.evidence) })),
    // The characters that a charset was warned of may be among those that were replaced.
    warnings: copy.warnings
      .filter((w) => !w.code.endsWith('-charset'))
      .map(({ code, part }) => ({ code, part })),
  };
}

function expectedReport(report: Report, redactor: Redactor): Report {
  const text = <T extends string | null>(value: T): T =>
    value === null ? value : (redactor.text(value) as T);
  const opaque = <T extends string | null>(value: T): T =>
    value === null ? value : (redactor.whole(value) as T);
  const { feedback, disposition } = report;
  return {
    ...report,
    message: expectedHeader(report.message, 'report', redactor),
    reportingMta: text(report.reportingMta),
    receivedFromMta: text(report.receivedFromMta),
    dsnGateway: text(report.dsnGateway),
    originalEnvelopeId: opaque(report.originalEnvelopeId),
    recipients: report.recipients.map((r) => expectedRecipient(r, redactor)),
    original: report.original === null ? null : expectedOriginal(report.original, redactor),
    evidence: expectedEvidence(report.evidence, redactor),
    ...(feedback && {
      feedback: {
        ...feedback,
        originalMailFrom: text(feedback.originalMailFrom),
        originalRcptTo: feedback.originalRcptTo.map(text),
        originalEnvelopeId: opaque(feedback.originalEnvelopeId),
        sourceIp: text(feedback.sourceIp),
        reportingMta: text(feedback.reportingMta),
        userAgent: text(feedback.userAgent),
        reportedDomain: feedback.reportedDomain.map(text),
        reportedUri: feedback.reportedUri.map(opaque),
        authenticationResults: feedback.authenticationResults.map(text),
      },
    }),
    ...(disposition && {
      disposition: {
        ...disposition,
        finalRecipient: text(disposition.finalRecipient),
        originalRecipient: text(disposition.originalRecipient),
        originalMessageId: opaque(disposition.originalMessageId),
        reportingUa: text(disposition.reportingUa),
        errors: disposition.errors.map(text),
      },
    }),
  };
}

function expectedRecipient(r: Recipient, redactor: Redactor): Recipient {
  const text = (value: string | null): string | null => (value === null ? null : redactor.text(value));
  return {
    ...r,
    recipient: text(r.recipient),
    finalRecipient: text(r.finalRecipient),
    originalRecipient: text(r.originalRecipient),
    diagnosticCode: text(r.diagnosticCode),
    remoteMta: text(r.remoteMta),
    finalLogId: r.finalLogId === null ? null : redactor.whole(r.finalLogId),
    decision: { ...r.decision, why: redactor.text(r.decision.why) },
    evidence: expectedEvidence(r.evidence, redactor),
  };
}

function expectedHeader<T extends MessageHeader>(header: T, side: Side, redactor: Redactor): T {
  const field = (name: string, value: string | null): string | null =>
    value === null ? null : redactor.field(name, value, side);
  return {
    ...header,
    messageId: field('message-id', header.messageId),
    from: header.from === null ? null : redactor.text(header.from),
    to: header.to === null ? null : redactor.text(header.to),
    subject: field('subject', header.subject),
    returnPath: header.returnPath === null ? null : redactor.text(header.returnPath),
  };
}

function expectedOriginal(original: Original, redactor: Redactor): Original {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(original.headers)) {
    headers[name] = value
      .split('\n')
      .map((v) => redactor.header(name, v, 'returned'))
      .join('\n');
  }
  return {
    ...expectedHeader(original, 'returned', redactor),
    listId: original.listId === null ? null : redactor.whole(original.listId),
    headers,
  };
}

function expectedEvidence<T extends Partial<Record<string, Evidence>>>(evidence: T, redactor: Redactor): T {
  const entries = Object.entries(evidence).map(([name, e]) => {
    const at = e === undefined ? -1 : e.text.indexOf(':');
    if (e === undefined) return [name, e];
    const value = decodeWords(e.text.slice(at + 1));
    const side = e.from === 'original' ? 'returned' : 'report';
    const isField = e.from !== 'text' && /^[!-9;-~]{1,100}$/.test(e.text.slice(0, at).trimEnd());
    const text = isField
      ? e.text.slice(0, at + 1) + redactor.header(e.text.slice(0, at).trim().toLowerCase(), value, side)
      : redactor.text(e.text);
    return [name, { ...e, text }];
  });
  return Object.fromEntries(entries) as T;
}
