import { bareAddress, bareHost, splitType } from '../extract/addresses.ts';
import { parseDate } from '../extract/dates.ts';
import { type Extraction, found } from '../extract/draft.ts';
import { parseFieldGroups } from '../extract/field-groups.ts';
import type { Message } from '../mime/scan.ts';
import type { Feedback } from '../model/report.ts';
import type { Claim, Format } from './format.ts';

const TYPE = 'message/feedback-report';
const NO_FIELDS: ReadonlySet<string> = new Set();

/** Abuse reports in ARF: RFC 5965, auth-failure reports RFC 6591. */
export const rfc5965 = {
  id: 'rfc5965',

  recognise(message: Message): Claim | null {
    if (!message.leaves.some((leaf) => leaf.type === TYPE)) return null;
    return { confidence: 0.98, why: `a ${TYPE} part` };
  },

  extract(message: Message): Extraction {
    const part = message.leaves.find((leaf) => leaf.type === TYPE);
    if (part === undefined) return { recipients: [] };
    const fields = parseFieldGroups(part.text, part, NO_FIELDS, message.warnings).flat();
    const all = (name: string): string[] =>
      fields.filter((f) => f.name === name && f.value !== '').map((f) => f.value);
    const one = (name: string): string | null => all(name)[0] ?? null;
    const address = (value: string): string => bareAddress(splitType(value).value, true) ?? value;
    const mailFrom = one('original-mail-from');
    // Received-Date is the name in drafts before RFC 5965.
    const arrival = one('arrival-date') ?? one('received-date');
    const incidents = Number.parseInt(one('incidents') ?? '', 10);
    const reportingMta = one('reporting-mta');
    const feedback: Feedback = {
      type: one('feedback-type')?.toLowerCase() ?? null,
      userAgent: one('user-agent'),
      version: one('version'),
      originalMailFrom: mailFrom === null ? null : address(mailFrom),
      originalRcptTo: all('original-rcpt-to').map(address),
      originalEnvelopeId: one('original-envelope-id'),
      arrivalDate: arrival === null ? null : parseDate(arrival),
      sourceIp: one('source-ip'),
      reportingMta: reportingMta === null ? null : bareHost(reportingMta),
      incidents: Number.isNaN(incidents) ? null : incidents,
      reportedDomain: all('reported-domain'),
      reportedUri: all('reported-uri'),
      authenticationResults: all('authentication-results'),
    };
    const line = fields.find((f) => f.name === 'feedback-type') ?? fields[0] ?? { line: 1, text: '' };
    return {
      kind: found('feedback', 'feedback-report', part.path, line.line, line.text),
      recipients: [],
      feedback: found(feedback, 'feedback-report', part.path, line.line, line.text),
    };
  },
} satisfies Format;
