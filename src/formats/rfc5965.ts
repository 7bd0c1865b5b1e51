import { bareAddress, bareHost, splitType } from '../extract/addresses.ts';
import { parseDate } from '../extract/dates.ts';
import { type Extraction, found } from '../extract/draft.ts';
import { completeFeedback } from '../extract/feedback.ts';
import { fieldGroups } from '../extract/field-groups.ts';
import type { Part } from '../mime/part.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

const TYPE = 'message/feedback-report';
/** Removal-Recipient is the name in MARF drafts. */
const ORIGINAL_RECIPIENT: ReadonlySet<string> = new Set(['original-rcpt-to', 'removal-recipient']);
/** Abuse reports in ARF: RFC 5965; auth-failure reports RFC 6591, not-spam RFC 6430. */
export const rfc5965 = {
  id: 'rfc5965',
  maxConfidence: 0.98,

  recognise(message: Message): Claim | null {
    const part = feedbackPart(message);
    if (part === null) return null;
    if (part.type !== TYPE) return { confidence: 0.96, why: `a feedback report in ${part.type}` };
    return { confidence: 0.98, why: `a ${TYPE} part` };
  },

  extract(message: Message): Extraction {
    const part = feedbackPart(message);
    if (part === null) return { recipients: [] };
    const fields = [...fieldGroups(part.text, part, message.warnings)].flat();
    const all = (...names: string[]): string[] =>
      fields.filter((f) => names.includes(f.name) && f.value !== '').map((f) => f.value);
    const one = (...names: string[]): string | null => all(...names)[0] ?? null;
    const address = (value: string): string => bareAddress(splitType(value).value, true) ?? value;
    const mailFrom = one('original-mail-from');
    // Received-Date is the name in drafts before RFC 5965.
    const arrival = one('arrival-date', 'received-date');
    const incidents = Number.parseInt(one('incidents') ?? '', 10);
    const reportingMta = one('reporting-mta');
    const feedback = completeFeedback({
      type: one('feedback-type', 'abuse-type')?.toLowerCase() ?? null,
      userAgent: one('user-agent'),
      version: one('version'),
      originalMailFrom: mailFrom === null ? null : address(mailFrom),
      originalRcptTo: all(...ORIGINAL_RECIPIENT).map(address),
      originalEnvelopeId: one('original-envelope-id'),
      arrivalDate: arrival === null ? null : parseDate(arrival),
      sourceIp: one('source-ip', 'source')?.replace(/^\[(.{2,60})\]$/, '$1') ?? null,
      reportingMta: reportingMta === null ? null : bareHost(reportingMta),
      incidents: Number.isNaN(incidents) ? null : incidents,
      reportedDomain: all('reported-domain'),
      reportedUri: all('reported-uri'),
      authenticationResults: all('authentication-results'),
    });
    const line = fields.find((f) => f.name === 'feedback-type') ?? fields[0] ?? { line: 1, text: '' };
    return {
      kind: found('feedback', 'feedback-report', part.path, line.line, line.text),
      recipients: feedback.originalRcptTo.map((recipient) => {
        const f = fields.find((x) => ORIGINAL_RECIPIENT.has(x.name) && address(x.value) === recipient);
        return { recipient: found(recipient, 'feedback-report', part.path, f?.line ?? 1, f?.text ?? '') };
      }),
      feedback: found(feedback, 'feedback-report', part.path, line.line, line.text),
    };
  },
} satisfies Format;

/** The machine-readable part. Where the container says what it is, the part may carry another label (X-ARF, early loops). */
function feedbackPart(message: Message): Part | null {
  const labelled = message.leaves.find((leaf) => leaf.type === TYPE);
  if (labelled !== undefined) return labelled;
  const declared = message.root.param('report-type')?.toLowerCase() === 'feedback-report';
  if (!declared) return null;
  return (
    message.leaves.find(
      (leaf) => !leaf.isMessage && /(?:^|\n)Feedback-Type[ \t]{0,9}:/i.test(leaf.text.slice(0, 2_000)),
    ) ??
    message.leaves[1] ??
    null
  );
}
