import type { Recipient, Report } from '../../model/report.ts';
import { clean } from '../terminal.ts';

const COLUMNS: readonly (readonly [
  string,
  (report: Report, recipient: Recipient | null) => string | null | undefined,
])[] = [
  ['path', (m) => m.source?.path],
  ['index', (m) => m.source?.index.toString()],
  ['kind', (m) => m.kind],
  ['format', (m) => m.format],
  ['recipient', (_, r) => r?.recipient],
  ['action', (_, r) => r?.action],
  ['status', (_, r) => r?.status],
  ['replyCode', (_, r) => r?.replyCode],
  ['reason', (_, r) => r?.reason],
  ['bounceType', (_, r) => r?.bounceType],
  ['bucket', (_, r) => r?.bucket],
  ['decision', (_, r) => r?.decision.action],
  ['scope', (_, r) => r?.decision.scope],
  ['provider', (_, r) => r?.provider],
  ['remoteMta', (_, r) => r?.remoteMta],
  ['diagnosticCode', (_, r) => r?.diagnosticCode],
  ['reportingMta', (m) => m.reportingMta],
  ['originalMessageId', (m) => m.original?.messageId],
  ['originalSubject', (m) => m.original?.subject],
  ['eventId', (_, r) => r?.eventId],
];

/** How a formula begins, in East Asian width too; a blank in front does not keep every spreadsheet from it. */
const FORMULA = /^ {0,99}[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(value: string | null | undefined): string {
  let text = clean(value ?? '');
  if (FORMULA.test(text)) text = `'${text}`;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvHeader(): string {
  return COLUMNS.map(([name]) => name).join(',');
}

/** One line a recipient; one for a message without any. */
export function csvLines(report: Report): string[] {
  const recipients = report.recipients.length > 0 ? report.recipients : [null];
  return recipients.map((recipient) => COLUMNS.map(([, read]) => cell(read(report, recipient))).join(','));
}
