import { addressList, bareAddress, bareHost, decodeTypedAddress, splitType } from '../extract/addresses.ts';
import { parseDate } from '../extract/dates.ts';
import {
  type Extraction,
  type ExtractionField,
  emptyDraft,
  type Found,
  found,
  inferred,
  type RecipientDraft,
} from '../extract/draft.ts';
import { type Field, type FieldGroup, fieldGroups } from '../extract/field-groups.ts';
import { addReply, evidenceOf, framesOf, readNoticeReport } from '../extract/notice-report.ts';
import { isWarning } from '../extract/complete.ts';
import { headlineOf } from '../extract/headline.ts';
import { readShape } from '../extract/shape.ts';
import { type FrameReply, readReply } from '../extract/notice-reply.ts';
import { readNotice } from '../extract/notice.ts';
import { readTranscript } from '../extract/transcript.ts';
import type { Part, WarningList } from '../mime/part.ts';
import type { Message } from '../mime/scan.ts';
import type { Action } from '../model/lists.ts';
import { readCodes, readStatus } from '../model/smtp-codes.ts';
import type { Claim, Format } from './format.ts';

/** RFC 3464 §2, RFC 6533 §5. */
const TYPES = new Set(['message/delivery-status', 'message/global-delivery-status']);

/** RFC 3464 §2.2, and where each is kept. */
const MESSAGE_FIELDS: ReadonlyMap<string, ExtractionField> = new Map([
  ['reporting-mta', 'reportingMta'],
  ['original-envelope-id', 'originalEnvelopeId'],
  ['dsn-gateway', 'dsnGateway'],
  ['received-from-mta', 'receivedFromMta'],
  ['arrival-date', 'arrivalDate'],
] as const);

const RECIPIENT_FIELDS = new Set([
  'original-recipient',
  'final-recipient',
  'action',
  'status',
  'remote-mta',
  'diagnostic-code',
  'localized-diagnostic',
  'last-attempt-date',
  'final-log-id',
  'will-retry-until',
  'x-actual-recipient',
]);

const KNOWN_FIELDS = new Map([...MESSAGE_FIELDS.keys(), ...RECIPIENT_FIELDS].map((name) => [name, name]));

/** Fields that a recipient has once: a second one starts the next recipient where the empty line is missing. */
const ONCE = new Set(['original-recipient', 'final-recipient', 'action', 'status']);

/** Actions of RFC 3464 §2.3.3 and what servers write instead. */
const ACTION_WORDS: ReadonlyMap<string, Action> = new Map([
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['fail', 'failed'],
  ['expired', 'failed'], // SendGrid: given up after its retries
  ['bounced', 'failed'],
  ['error', 'failed'], // OpenSMTPD before 6.4
  ['delayed', 'delayed'],
  ['delay', 'delayed'],
  ['deferred', 'delayed'],
  ['delivered', 'delivered'],
  ['relayed', 'relayed'],
  ['expanded', 'expanded'],
  ['deliverable', 'delivered'], // Sendmail address probes (-bv)
] as const);

export const rfc3464 = {
  id: 'rfc3464',

  recognise(message: Message): Claim | null {
    const parts = statusParts(message);
    if (parts.length === 0) return null;
    const type = message.root.type;
    // A person who forwards a report attaches its parts.
    if (type !== 'multipart/report' && readShape(message).personal) return null;
    if (type === 'multipart/report' || TYPES.has(type)) {
      return { confidence: 1, why: `${type} with a delivery-status part` };
    }
    return { confidence: 0.95, why: `a delivery-status part in ${type}` };
  },

  extract(message: Message): Extraction {
    const extraction: Extraction = { recipients: [] };
    const parts = statusParts(message);
    if (message.root.type === 'multipart/report' && message.root.param('report-type') === null) {
      message.warnings.add('missing-report-type', 'multipart/report without report-type');
    }
    for (const part of parts) readStatusFields(part.text, part, message, extraction);
    if (extraction.recipients.length === 0) readFailedRecipients(message, extraction, parts[0] as Part);
    addRepliesFromNotice(message, extraction);
    completeFirstLines(message, extraction);
    warnOfLastDelay(message, extraction);
    return extraction;
  },
} satisfies Format;

/** A status part without recipients: the header that Exim and Gmail write names them. */
function readFailedRecipients(message: Message, extraction: Extraction, part: Part): void {
  const field = message.headers.field('x-failed-recipients');
  for (const address of addressList(field?.value ?? '')) {
    extraction.recipients.push({
      finalRecipient: found(
        address,
        'header',
        '0',
        field?.line ?? 1,
        `X-Failed-Recipients: ${field?.value ?? ''}`,
      ),
      action: found('failed', 'header', '0', field?.line ?? 1, `X-Failed-Recipients: ${field?.value ?? ''}`),
    });
  }
  if (extraction.recipients.length === 0) extraction.recipients.push(...readNoticeReport(message).recipients);
  if (extraction.recipients.length > 0) return;
  // Still a report: the status part says so, whoever failed.
  message.warnings.add('missing-recipient', 'the delivery-status part names no recipient', part.path);
  extraction.kind = { value: isWarning(message) ? 'delay' : 'bounce', evidence: headlineOf(message) };
}

const TALKING = 'while talking to ';

/** Where Diagnostic-Code is missing or empty, as Sendmail leaves it, the notice tells what was said. */
function addRepliesFromNotice(message: Message, extraction: Extraction): void {
  const failing = extraction.recipients.filter((r) => r.action?.value !== 'delivered');
  const silent = failing.filter((r) => !r.diagnosticCode && !r.diagnosticType);
  // Sendmail names the host that refused in its transcript only.
  const hostless = failing.filter((r) => r.diagnosticCode && !r.remoteMta);
  const talks = hostless.length > 0 && message.leaves[0]?.holds(TALKING) === true;
  if (silent.length === 0 && !talks) return;
  const { frames, unbound } = framesOf(message);
  const alone = extraction.recipients.length === 1;
  for (const draft of talks ? [...silent, ...hostless] : silent) {
    const own = [draft.finalRecipient, draft.originalRecipient, draft.recipient].map((a) =>
      a?.value.toLowerCase(),
    );
    const frame =
      frames.find((f) => own.includes(f.address.toLowerCase())) ?? (alone ? frames[0] : undefined);
    const told = frame?.reply ?? (alone ? unbound : null) ?? null;
    const reply = told?.host === null && told.text.endsWith(':') ? linesBelow(message, told) : told;
    if (reply === null) continue;
    if (!draft.diagnosticCode) addReply(draft, reply);
    else if (
      reply.host !== null &&
      readCodes(reply.text).replyCode === readCodes(draft.diagnosticCode.value).replyCode
    )
      draft.remoteMta = inferred(reply.host, 'text', evidenceOf(reply));
  }
}

/** OpenSMTPD titles its last report "delayed" and says that the mail is kept; it is gone. */
function warnOfLastDelay(message: Message, extraction: Extraction): void {
  for (const { action, diagnosticCode } of extraction.recipients) {
    if (action?.value !== 'delayed' || diagnosticCode?.value !== 'Envelope expired') continue;
    message.warnings.add(
      'given-up',
      'OpenSMTPD writes this when it has given up: no other report follows',
      diagnosticCode.evidence.part,
    );
  }
}

/** `Your message to <a> was rejected:` leads in what stands below it (Dovecot). */
function linesBelow(message: Message, lead: FrameReply): FrameReply | null {
  const { lines } = readNotice(message);
  const from = lines.findIndex((l) => l.part === lead.at.part && l.line === lead.at.line) + 1;
  const end = lines.findIndex((l, at) => at >= from && l.text === '');
  const below = lines.slice(from, end === -1 ? lines.length : end);
  return from === 0 || below.length === 0 ? null : readReply(below);
}

const RECEIVED = '<<< ';

/** Sendmail keeps the first line of a reply, often the least telling; its transcript has them all. */
function completeFirstLines(message: Message, extraction: Extraction): void {
  const cut = extraction.recipients.filter(({ diagnosticCode: d }) => {
    return d && /^[45]\d\d-/.test(d.value) && !d.value.includes(` ${d.value.slice(0, 3)} `);
  });
  if (cut.length === 0 || message.leaves[0]?.holds(RECEIVED) !== true) return;
  const replies = readTranscript(readNotice(message).lines).filter((r) => r.remote);
  for (const draft of cut) {
    const first = draft.diagnosticCode?.value ?? '';
    const whole = replies.find(
      (r) => r.text.includes('\n') && r.text.replace(/[ \t]{2,}/g, ' ').startsWith(first),
    );
    const [start] = whole?.lines ?? [];
    if (whole === undefined || start === undefined) continue;
    const text = whole.lines.map((l) => l.text).join(' ');
    draft.diagnosticCode = found(whole.text.replaceAll('\n', ' '), 'text', start.part, start.line, text);
    const { evidence } = draft.diagnosticCode;
    if (whole.host !== null) draft.remoteMta ??= inferred(whole.host, 'text', evidence);
    if (whole.command !== null) draft.command ??= inferred(whole.command, 'text', evidence);
  }
}

/** The machine-readable parts. In a multipart/report the part may be labelled text/plain. */
function statusParts(message: Message): Part[] {
  const labelled = message.leaves.filter((part) => TYPES.has(part.type));
  if (labelled.length > 0 || message.root.type !== 'multipart/report') return labelled;
  return message.leaves.filter(
    (part, at) => at > 0 && part.type === 'text/plain' && startsWithStatusFields(part),
  );
}

function startsWithStatusFields(part: Part): boolean {
  return /^\s{0,9}(?:Reporting-MTA|Final-Recipient|Original-Recipient)[ \t]{0,9}:/i.test(
    part.text.slice(0, 200),
  );
}

/** Reads the fields of a status part; `text` is the part's, or what stands in it. */
export function readStatusFields(text: string, part: Part, message: Message, extraction: Extraction): void {
  let block: Field[] | null = null;
  for (const group of fieldGroups(text, part, message.warnings, KNOWN_FIELDS))
    block = assign(group, block, extraction, part, message);
  if (block !== null) extraction.recipients.push(readRecipient(block, part, message.warnings));
}

/**
 * Sorts the fields of one group into per-message fields and those of recipients. The last recipient's may go on in
 * the next group; each before it is read at once, since a report may have 100,000 of them.
 * @returns the fields of the last one.
 */
function assign(
  group: FieldGroup,
  last: Field[] | null,
  extraction: Extraction,
  part: Part,
  message: Message,
): Field[] | null {
  let current = last;
  const start = (): Field[] => {
    if (last !== null) extraction.recipients.push(readRecipient(last, part, message.warnings));
    return (last = []);
  };
  // An empty line inside a recipient's fields occurs; a group that names a recipient of its own is another one.
  if (current !== null && has(current, 'final-recipient') && has(group, 'final-recipient')) current = null;

  for (let at = 0; at < group.length; at++) {
    const field = group[at] as Field;
    const { name } = field;
    const target = MESSAGE_FIELDS.get(name);
    if (target !== undefined) {
      readMessageField(target, field, extraction, part, message);
      continue;
    }
    if (!RECIPIENT_FIELDS.has(name)) {
      current?.push(field);
      continue;
    }
    const startsNext =
      current === null ||
      (ONCE.has(name) && has(current, name)) ||
      (name === 'original-recipient' &&
        has(current, 'final-recipient') &&
        group[at + 1]?.name === 'final-recipient');
    if (startsNext) current = start();
    current?.push(field);
  }
  return last;
}

function has(block: readonly Field[], name: string): boolean {
  for (const field of block) if (field.name === name) return true;
  return false;
}

function readMessageField(
  target: ExtractionField,
  field: Field,
  extraction: Extraction,
  part: Part,
  message: Message,
): void {
  if (extraction[target]) return; // at most once (RFC 3464 §2.2): the first counts
  let value: string | null;
  if (target === 'arrivalDate') value = readDate(field, part, message.warnings)?.value ?? null;
  else if (target === 'originalEnvelopeId') value = field.value || null;
  else value = bareHost(field.value);
  if (value !== null) extraction[target] = fromField(value, field, part);
}

function fromField<T>(value: T, field: Field, part: Part): Found<T> {
  return found(value, 'delivery-status', part.path, field.line, field.text);
}

function readRecipient(block: readonly Field[], part: Part, warnings: WarningList): RecipientDraft {
  const draft = emptyDraft();
  for (const field of block) {
    const reader = READERS[field.name];
    reader?.(draft, field, part, warnings);
  }
  return draft;
}

type Reader = (draft: RecipientDraft, field: Field, part: Part, warnings: WarningList) => void;

const READERS: Readonly<Record<string, Reader>> = {
  'final-recipient': (draft, field, part, warnings) => {
    draft.finalRecipient ??= readAddress(field, part, warnings);
  },
  'original-recipient': (draft, field, part, warnings) => {
    draft.originalRecipient ??= readAddress(field, part, warnings);
  },
  // Sendmail: where the alias pointed. The address that the sender wrote to is the final recipient.
  'x-actual-recipient': (draft, field, part) => {
    // A pipe or a file stands here as often as an address.
    const address = bareAddress(splitType(field.value).value);
    if (address !== null) draft.recipient ??= fromField(address, field, part);
  },
  action: (draft, field, part, warnings) => {
    const action =
      ACTION_WORDS.get(field.value.toLowerCase()) ??
      ACTION_WORDS.get(/^[A-Za-z]{1,40}/.exec(field.value)?.[0].toLowerCase() ?? '');
    if (action === undefined)
      warnings.add('unknown-action', `Action "${field.value.slice(0, 60)}"`, part.path);
    else draft.action ??= fromField(action, field, part);
  },
  status: (draft, field, part, warnings) => {
    const status = readStatus(field.value);
    if (status !== null) draft.status ??= fromField(status, field, part);
    else if (field.value !== '')
      warnings.add('malformed-status', `Status "${field.value.slice(0, 60)}"`, part.path);
    // `Status: 5.1.2 (550 no such host)`, `Status: 553 too large`: the reply stands in the wrong field.
    if (status === field.value) return;
    const comment =
      status === null ? field.value : field.value.slice(status.length + field.value.indexOf(status));
    const { replyCode } = readCodes(comment.trim());
    if (replyCode !== null) draft.replyCode ??= fromField(replyCode, field, part);
  },
  'remote-mta': (draft, field, part) => {
    const host = bareHost(field.value);
    if (host !== null) draft.remoteMta ??= fromField(host, field, part);
  },
  'diagnostic-code': (draft, field, part) => {
    const { type, value } = splitType(field.value);
    // `X-Unix; 71` is an exit status of sysexits.h, no reply.
    if (value === '' || draft.diagnosticCode || (type === 'x-unix' && /^\d{1,3}$/.test(value))) return;
    draft.diagnosticCode = fromField(value.replace(/[ \t]{2,}/g, ' '), field, part);
    if (type !== '') draft.diagnosticType = fromField(type, field, part);
  },
  'last-attempt-date': (draft, field, part, warnings) => {
    draft.lastAttemptDate ??= readDate(field, part, warnings);
  },
  'will-retry-until': (draft, field, part, warnings) => {
    draft.willRetryUntil ??= readDate(field, part, warnings);
  },
  'final-log-id': (draft, field, part) => {
    if (field.value !== '') draft.finalLogId ??= fromField(field.value, field, part);
  },
};

function readDate(field: Field, part: Part, warnings: WarningList): Found | null {
  const date = parseDate(field.value);
  if (date !== null) return fromField(date, field, part);
  if (field.value !== '')
    warnings.add('malformed-date', `${field.name} "${field.value.slice(0, 60)}"`, part.path);
  return null;
}

function readAddress(field: Field, part: Part, warnings: WarningList): Found | null {
  const typed = splitType(field.value);
  if (typed.value === '') return null;
  const written = bareAddress(typed.value, true) ?? typed.value;
  const decoded = decodeTypedAddress({ type: typed.type, value: written });
  // What is no address is kept as the report names it: a pipe, a file, a lone domain.
  const address = bareAddress(decoded, true);
  if (address === null)
    warnings.add('malformed-address', `${field.name} "${field.value.slice(0, 80)}"`, part.path);
  const result = fromField(address ?? typed.value, field, part);
  return decoded === written ? result : inferred(result.value, 'delivery-status', result.evidence);
}
