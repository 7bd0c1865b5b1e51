import { addressList, isAddress, isDomain } from '../extract/addresses.ts';
import { parseDate } from '../extract/dates.ts';
import { type Extraction, type Found, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { completeFeedback } from '../extract/feedback.ts';
import { findOriginalPart, HeaderReader, originalFromHeaderText, readOriginal } from '../extract/original.ts';
import { readShape } from '../extract/shape.ts';
import type { HeaderField } from '../mime/headers.ts';
import { textToLf } from '../mime/lines.ts';
import type { Part } from '../mime/part.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Original } from '../model/report.ts';
import type { Claim, Format } from './format.ts';
import { type Entry, nameOf, readReport, type XarfReport } from './xarf/entries.ts';

/**
 * X-ARF, in which those who watch networks report attacks and spam: YAML in `report.txt` (0.1, 0.2), JSON in `xarf.json`
 * (2 to 4). https://xarf.org
 */
export const xarf = {
  id: 'xarf',
  maxConfidence: 0.98,

  recognise(message: Message): Claim | null {
    if (message.leaves.length < 2) return null;
    const mark = markOf(message);
    if (mark === null && !message.leaves.some(isNamed)) return null;
    if (message.leaves.some((leaf) => leaf.type === 'message/feedback-report')) return null; // ARF, marked as both
    const [report] = once(message, readReports);
    if (mark !== null)
      return {
        confidence: report === undefined ? 0.9 : 0.98,
        why: `${mark.name.toUpperCase()}: ${mark.value.slice(0, 40)}`,
      };
    if (report === undefined || !isVersioned(report) || !isFromReporter(message, report)) return null;
    return { confidence: 0.96, why: `an X-ARF report in part ${report.part.path}` };
  },

  extract(message: Message): Extraction {
    const reports = once(message, readReports);
    for (const { part, warnings } of reports)
      for (const { code, detail } of warnings.list) message.warnings.add(code, detail, part.path);
    const facts = (reports[0]?.entries ?? []).filter(isFact);
    /** Where a mail holds several reports (`X-XARF: BULK`), a single value is the first one's. */
    const one = (...names: string[]): Entry | null =>
      facts.find((e) => names.includes(e.name) && e.value !== '') ?? null;
    const every = (...names: string[]): string[] =>
      reports.flatMap((r) =>
        r.entries.filter((e) => isFact(e) && names.includes(e.name)).map((e) => e.value),
      );

    const returned = returnedOf(message, reports);
    const named = recipientsOf(reports);
    const sources = every(...SOURCE);
    const ip = facts.find((e) => SOURCE.includes(e.name) && ipOf(e.value) !== null);
    const date = one('date', 'timestamp');
    const arrivalDate = date === null ? null : parseDate(date.value);
    if (date !== null && arrivalDate === null)
      message.warnings.add('malformed-date', date.text.slice(0, 80), reports[0]?.part.path);
    const reportType = one('reporttype', 'type');
    const category = one('category', 'reportclass', 'class');
    const incidents = Number.parseInt(one('occurrences')?.value ?? '', 10);
    const mailFrom = one('smtpmailfromaddress', 'smtpfrom')?.value ?? '';
    const feedback = completeFeedback({
      type: typeOf(reportType?.value ?? '', category?.value ?? ''),
      userAgent: one('useragent')?.value ?? null,
      version: one('version', 'xarfversion')?.value ?? null,
      originalMailFrom: addressList(mailFrom)[0] ?? (returned?.original.returnPath || null),
      originalRcptTo: named.map((f) => f.value),
      arrivalDate,
      sourceIp: ipOf(ip?.value ?? ''),
      incidents: Number.isNaN(incidents) ? null : incidents,
      reportedDomain: [...new Set([...every('domain'), ...sources].filter(isDomainName))],
      reportedUri: [...new Set([...every('url', 'uri', 'sourceurl'), ...sources].filter((s) => URI.test(s)))],
    });

    const recipients: RecipientDraft[] = named.map((recipient) => ({ recipient }));
    if (recipients.length === 0 && returned?.recipient) recipients.push({ recipient: returned.recipient });
    const kind = kindOf(message, reports[0], reportType ?? category ?? facts[0]);
    return {
      kind,
      recipients,
      feedback: inferred(feedback, kind.evidence.from, kind.evidence),
      original: returned?.original ?? null,
    };
  },
} satisfies Format;

const MARK = /^(?:plain|secure|bulk|yes|true)\b/i;

/** X-XARF names the form (0.2 and later), `X-ARF: YES` says it alone (0.1). */
function markOf({ headers }: Message): HeaderField | null {
  const field = headers.field('x-xarf') ?? headers.field('x-arf');
  return field !== null && MARK.test(field.value) ? field : null;
}

const FILE_NAME = /(?:^|[^\w.-])(?:report\.txt|(?:x-?arf|report)\.json)(?![\w.-])/i;

function isNamed(leaf: Part): boolean {
  const { headers } = leaf;
  return [headers.get('content-type'), headers.get('content-disposition')].some(
    (field) => field !== null && FILE_NAME.test(field),
  );
}

const REPORT_TYPE = /(?:^|\n)Report-Type[ \t]{0,9}:/i;

/** The machine-readable parts; a marked mail may have left out their names. */
function readReports(message: Message): XarfReport[] {
  const named = message.leaves.filter((leaf) => isNamed(leaf) || isJson(leaf)).map(readReport);
  const reports = named.filter((r) => has(r, 'reporttype') || has(r, 'xarfversion'));
  if (reports.length > 0 || markOf(message) === null) return reports;
  const unnamed = message.leaves.filter((leaf) => leaf.type === 'text/plain' && REPORT_TYPE.test(leaf.text));
  return unnamed.length > 0 ? unnamed.map(readReport) : named;
}

function isJson(leaf: Part): boolean {
  return leaf.type === 'application/json' || leaf.type === 'text/json';
}

const has = (report: XarfReport, name: string): boolean =>
  report.entries.some((e) => isFact(e) && e.name === name && e.value !== '');

/** The report itself: at the top (0.1, 0.2 and 4), or in `Report` (2, 3). */
const isFact = (entry: Entry): boolean => entry.parent === '' || entry.parent === 'report';

/** `report.txt` and `report.json` are names that anybody gives: the fields that every version requires are there, too. */
function isVersioned(report: XarfReport): boolean {
  if (has(report, 'xarfversion')) return has(report, 'category') && has(report, 'type');
  return (
    has(report, 'version') &&
    has(report, 'reporttype') &&
    (has(report, 'category') || has(report, 'reportclass'))
  );
}

/**
 * Without the mark in the header a report may be the attachment of a person's mail about it: who reports sends it
 * himself, or a program says that it did.
 */
function isFromReporter(message: Message, report: XarfReport): boolean {
  if (readShape(message).personal || message.headers.has('in-reply-to')) return false;
  const submitted = message.headers.get('auto-submitted');
  if (submitted !== null && !/^\s{0,9}no\b/i.test(submitted)) return true;
  const from = domainOf(new HeaderReader(message.headers).from ?? '');
  if (from === '') return false;
  return report.entries.filter(isReporter).some(({ value }) => {
    const domain = domainOf(value);
    return domain !== '' && (from === domain || from.endsWith(`.${domain}`) || domain.endsWith(`.${from}`));
  });
}

function isReporter({ parent, name }: Entry): boolean {
  if (parent === '') return name === 'reportedfrom';
  return parent === 'reporterinfo' || parent === 'reporter' || parent === 'sender';
}

/** The domain of an address or of a value that is one. */
function domainOf(value: string): string {
  const domain = (addressList(value)[0] ?? value).split('@').pop() as string;
  return domain.includes('.') && isDomain(domain) ? domain.toLowerCase() : '';
}

/** Words of reporters, in the order of what they say most surely, as types of RFC 5965 §7.3, RFC 6430 and RFC 6591. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^notspam$/, 'not-spam'],
  [/^authfailure$/, 'auth-failure'],
  [/^optout$/, 'opt-out'],
  [/phish|fraud|scam/, 'fraud'],
  [/malware|virus|trojan|botnet|infect/, 'virus'],
  [/^abuse$|spam|attack/, 'abuse'],
];

/** Where the report type says nothing of that: Category (0.1, 0.2), ReportClass (2, 3), category (4). */
const CATEGORIES: Readonly<Record<string, string>> = {
  abuse: 'abuse',
  activity: 'abuse',
  messaging: 'abuse',
  connection: 'abuse',
  fraud: 'fraud',
  auth: 'auth-failure',
};

function typeOf(reportType: string, category: string): string | null {
  const type = nameOf(reportType);
  const known = TYPES.find(([pattern]) => pattern.test(type));
  if (known !== undefined) return known[1];
  if (type === '' && category === '') return null;
  // What a server has open, whose copyright it was, and what else is neither mail nor an attack.
  return CATEGORIES[nameOf(category)] ?? 'other';
}

/** An address, a domain or a URI. */
const SOURCE: readonly string[] = ['sourceip', 'source', 'sourceidentifier'];

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^[0-9a-f:.]{2,45}$/i;
/** Reporters write `hxxp` so that nobody follows it. */
const URI = /^(?:https?|hxxps?|ftp):\/\//i;

function ipOf(value: string): string | null {
  const ip = value.replace(/^\[(.{2,60})\]$/, '$1');
  return IPV4.test(ip) || (IPV6.test(ip) && ip.split(':').length > 2) ? ip : null;
}

function isDomainName(value: string): boolean {
  return value.includes('.') && isDomain(value) && ipOf(value) === null;
}

/** Whom the reported message was sent to, by the fields of the SMTP session. */
function recipientsOf(reports: readonly XarfReport[]): Found[] {
  const named = new Map<string, Found>();
  for (const { part, entries } of reports) {
    for (const entry of entries) {
      if (!isFact(entry) || (entry.name !== 'smtprcpttoaddress' && entry.name !== 'smtpto')) continue;
      for (const address of addressList(entry.value))
        if (!named.has(address))
          named.set(address, found(address, 'feedback-report', part.path, entry.line, entry.text));
    }
  }
  return [...named.values()];
}

interface Returned {
  readonly original: Original;
  /** Set where the message lies in the JSON: what stands in a part of its own, every format's is read of alike. */
  readonly recipient: Found | null;
}

/** The reported message: attached, or among the samples in the JSON. */
function returnedOf(message: Message, reports: readonly XarfReport[]): Returned | null {
  const part = findOriginalPart(message);
  if (part !== null) {
    const original = readOriginal(part, message);
    // In bulk each report may be a message; it went to us, and is nobody's spam.
    if (original === null || 'x-xarf' in original.headers || 'x-arf' in original.headers) return null;
    return { original, recipient: null };
  }
  for (const { part, entries } of reports) {
    for (const sample of entries) {
      if (sample.name !== 'payload' || !isMessage(sample, entries)) continue;
      const original = originalFromHeaderText(headerOf(sample.value, part, message), message);
      if (original === null) continue;
      const { to, headers } = original;
      const sole =
        to !== null && isAddress(to) && headers['cc'] === undefined && headers['bcc'] === undefined;
      const { evidence } = found('', 'original', part.path, sample.line, sample.text);
      return {
        original,
        recipient: sole && to !== original.from ? inferred(to, 'original', evidence) : null,
      };
    }
  }
  return null;
}

function isMessage(sample: Entry, entries: readonly Entry[]): boolean {
  const type = entries.find((e) => e.object === sample.object && e.name === 'contenttype');
  return type !== undefined && /^\s{0,9}message\/(?:rfc822|global)/i.test(type.value);
}

/** Base64 in version 4, either in 3: a header has colons, and base64 has none. */
function headerOf(payload: string, part: Part, { limits, warnings }: Message): string {
  const { headerBytes } = limits;
  const plain = payload.slice(0, 1_000).includes(':');
  const front = payload.slice(0, plain ? headerBytes : 4 * Math.ceil(headerBytes / 3));
  const text = plain ? front : Buffer.from(front, 'base64').toString('utf8');
  const header = textToLf(text).replace(/^\n{1,9}/, '');
  const end = header.indexOf('\n\n');
  if (end !== -1) return header.slice(0, end + 1);
  if (front.length < payload.length)
    warnings.add('limit-header-bytes', `the first ${headerBytes} bytes of the header were read`, part.path);
  return header;
}

/** The line that says what is reported; the mark in the header where no report could be read. */
function kindOf(
  message: Message,
  report: XarfReport | undefined,
  entry: Entry | undefined,
): Found<'feedback'> {
  if (report !== undefined && entry !== undefined)
    return found('feedback', 'feedback-report', report.part.path, entry.line, entry.text);
  const mark = markOf(message);
  const said = mark === null ? '' : `${mark.name.toUpperCase()}: ${mark.value}`;
  return inferred('feedback', 'header', found('', 'header', '0', mark?.line ?? 1, said).evidence);
}
