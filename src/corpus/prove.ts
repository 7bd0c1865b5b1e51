import { decodeWords } from '../mime/headers.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Report } from '../model/report.ts';
import { compareReports, type Difference } from './compare.ts';
import type { Redactor, Side } from './redactor.ts';
import { plain } from './sample.ts';

/** Where the report of the redacted message is not the old report with the stand-ins in place of the values. */
export function proveSame(before: Report, after: Report, redactor: Redactor): Difference[] {
  const expected = redactReport(plain(before), redactor) as unknown as Report;
  return compareReports(comparable(expected), comparable(after), false).differences;
}

/** Evidence quotes lines up to a bound, which a stand-in of another length moves. */
const EVIDENCE_LENGTH = 200;

/** Without what is made of other values (`eventId`) and of what stands in them (warnings, signals of automatic replies). */
function comparable(report: Report): Record<string, unknown> {
  const { autoReply, warnings, recipients, evidence, ...rest } = plain(report) as unknown as Report;
  const cut = (all: Partial<Record<string, Evidence>>): Partial<Record<string, Evidence>> =>
    Object.fromEntries(
      Object.entries(all).map(([name, e]) => [
        name,
        e && { ...e, text: decodeWords(e.text).slice(0, EVIDENCE_LENGTH) },
      ]),
    );
  return {
    ...rest,
    autoReply: autoReply && { ...autoReply, signals: [] },
    evidence: cut(evidence),
    recipients: recipients.map((r) => ({ ...r, eventId: null, evidence: cut(r.evidence) })),
    // The characters that a charset was warned of may be among those that were replaced.
    warnings: warnings.filter((w) => !w.code.endsWith('-charset')).map(({ code, part }) => ({ code, part })),
  };
}

/** Values of closed lists, ids of rules, codes. They stay. */
const FIXED = new Set(
  (
    'kind format action status replyCode diagnosticType command reason bounceType bucket provider rule scope detail ' +
    'code part type mode sendingMode modifiers version blocklist helpUrl'
  ).split(' '),
);

/** What is replaced whole wherever it stands. */
const OPAQUE = new Set('originalEnvelopeId originalMessageId finalLogId listId reportedUri'.split(' '));

/** Values that are those of a header field. */
const FIELDS = new Map([
  ['messageId', 'message-id'],
  ['subject', 'subject'],
]);

type Json = Record<string, unknown>;

/** The report that the redacted message has to give. */
function redactReport(report: Json, redactor: Redactor): Json {
  const string = (name: string, value: string, side: Side): string => {
    if (FIXED.has(name) || /^\d{4}-\d\d-\d\d(?:T|$)/.test(value)) return value;
    if (OPAQUE.has(name)) return redactor.whole(value);
    const field = FIELDS.get(name);
    return field === undefined ? redactor.text(value) : redactor.field(field, value, side);
  };
  const walk = (name: string, value: unknown, side: Side): unknown => {
    if (typeof value === 'string') return string(name, value, side);
    if (Array.isArray(value)) return value.map((v) => walk(name, v, side));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value as Json).map(([key, v]): [string, unknown] => {
      if (key === 'evidence') return [key, redactEvidence(v as Partial<Record<string, Evidence>>, redactor)];
      if (key === 'headers') return [key, redactHeaders(v as Record<string, string>, redactor)];
      return [key, walk(key, v, key === 'original' ? 'returned' : side)];
    });
    return Object.fromEntries(entries);
  };
  return walk('', report, 'report') as Json;
}

/** Fields that occur more than once have every value, joined by line ends. */
function redactHeaders(headers: Record<string, string>, redactor: Redactor): Record<string, string> {
  const field = (name: string, values: string): string =>
    values
      .split('\n')
      .map((value) => redactor.header(name, value, 'returned'))
      .join('\n');
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, field(name, values)]));
}

function redactEvidence(
  evidence: Partial<Record<string, Evidence>>,
  redactor: Redactor,
): Partial<Record<string, Evidence>> {
  return Object.fromEntries(
    Object.entries(evidence).map(([name, e]) => [name, e && { ...e, text: redactQuote(e, redactor) }]),
  );
}

/** A line of a text, or a field `Name: value`. */
function redactQuote({ from, text }: Evidence, redactor: Redactor): string {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon).trimEnd();
  if (from === 'text' || !/^[!-9;-~]{1,100}$/.test(name)) return redactor.text(text);
  const side = from === 'original' ? 'returned' : 'report';
  const value = redactor.header(name.toLowerCase(), decodeWords(text.slice(colon + 1)), side);
  return text.slice(0, colon + 1) + value;
}
