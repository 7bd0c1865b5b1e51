import { type Message, once } from '../mime/scan.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Action } from '../model/lists.ts';
import { readCodes } from '../model/smtp-codes.ts';
import { addressesIn } from './address-lines.ts';
import { addressList } from './addresses.ts';
import { parseDate } from './dates.ts';
import { type Extraction, type Found, found, inferred, type RecipientDraft } from './draft.ts';
import { type Frame, type NoticeFrames, readFrames } from './frames.ts';
import { headlineOf } from './headline.ts';
import { type Notice, readNotice } from './notice.ts';
import type { FrameReply } from './notice-reply.ts';
import { DELAYED, FAILED, FINAL } from './phrases.ts';
import { addReturned } from './returned.ts';
import { readShape } from './shape.ts';

/** A report out of its notice alone: what the frames bind, with the returned message. */
export function readNoticeReport(message: Message): Extraction {
  const notice = readNotice(message);
  const { frames, unbound } = framesOf(message);
  const action = actionOf(message, notice);
  const extraction: Extraction = { recipients: frames.map((frame) => draftOf(frame, action)) };
  addFailedRecipients(message, extraction, action, unbound);
  if (extraction.recipients.length === 0)
    extraction.recipients.push(draftWithoutAddress(message, notice, unbound, action));
  readIntroduction(notice, extraction);
  addReturned(extraction, message);
  return extraction;
}

/** The frames of a message's notice. The sender and the server itself are no failed recipients of a sentence. */
export function framesOf(message: Message): NoticeFrames {
  return once(message, bindFrames);
}

function bindFrames(message: Message): NoticeFrames {
  return readFrames(readNotice(message), sendersOf(message));
}

/** The sender of the returned message, and the server. */
function sendersOf({ headers }: Message): ReadonlySet<string> {
  const senders = new Set<string>();
  for (const name of ['to', 'from', 'reply-to']) {
    for (const address of addressList(headers.get(name) ?? '')) senders.add(address.toLowerCase());
  }
  return senders;
}

/** Is delivery given up, or does it go on? */
function actionOf(message: Message, notice: Notice): Action {
  const wording = notice.wording | readShape(message).subject;
  if (wording & FINAL) return 'failed';
  return wording & DELAYED ? 'delayed' : 'failed';
}

/** Behind an address of old Sendmail: this one is tried again. */
const TRANSIENT = /\((?:transient failure|warning|deferred)\)/i;

function draftOf(frame: Frame, all: Action): RecipientDraft {
  const action = TRANSIENT.test(frame.at.text) ? 'delayed' : all;
  const address = found(frame.address, 'text', frame.at.part, frame.at.line, frame.at.text);
  const draft: RecipientDraft = {
    finalRecipient: address,
    action: inferred(action, 'text', address.evidence),
  };
  if (frame.alias !== null)
    draft.originalRecipient = inferred(
      frame.alias,
      'text',
      frame.reply === null ? address.evidence : evidenceOf(frame.reply),
    );
  if (frame.reply !== null) addReply(draft, frame.reply);
  if (frame.host !== null)
    draft.remoteMta ??= inferred(
      frame.host,
      'text',
      frame.reply === null ? address.evidence : evidenceOf(frame.reply),
    );
  return draft;
}

/** Where a reply, or an address, stands in the notice. */
export function evidenceOf(reply: FrameReply): Evidence {
  const { part, line } = reply.at;
  return { from: 'text', part, line, text: reply.lines.slice(0, 500) };
}

/** Fills a draft with a reply of the notice. */
export function addReply(draft: RecipientDraft, reply: FrameReply): void {
  const { part, line } = reply.at;
  const diagnostic = found(reply.text, 'text', part, line, reply.lines);
  draft.diagnosticCode = diagnostic;
  if (reply.type !== null) draft.diagnosticType ??= inferred(reply.type, 'text', diagnostic.evidence);
  if (reply.host !== null) draft.remoteMta ??= inferred(reply.host, 'text', diagnostic.evidence);
  if (reply.command !== null) draft.command ??= inferred(reply.command, 'text', diagnostic.evidence);
  // The outermost codes count where a reply quotes another; where it has none, those of the words around it.
  const said = readCodes(reply.text);
  const { replyCode, status } =
    said.replyCode === null && said.status === null ? readCodes(reply.lines) : said;
  if (replyCode !== null) draft.replyCode = inferred(replyCode, 'text', diagnostic.evidence);
  if (status !== null) draft.status ??= inferred(status, 'text', diagnostic.evidence);
}

/** Header fields of a report that name who failed: Exim, Gmail; mail.ru; servers that put fields of RFC 3464 there. */
export const FAILED_FIELDS: ReadonlySet<string> = new Set([
  'x-failed-recipients',
  'x-mailer-daemon-recipients',
  'final-recipient',
]);

/** The header names who is in no frame. */
function addFailedRecipients(
  message: Message,
  extraction: Extraction,
  action: Action,
  unbound: FrameReply | null,
): void {
  if (extraction.recipients.length > 0) return;
  for (const final of failedInHeader(message)) {
    const draft: RecipientDraft = {
      finalRecipient: final,
      action: inferred(action, 'header', final.evidence),
    };
    if (unbound !== null) addReply(draft, unbound);
    extraction.recipients.push(draft);
  }
}

/** A field that names who failed, else the one address in a subject that tells a failure. */
export function failedInHeader(message: Message): Found[] {
  const { headers } = message;
  const field = headers.fields.find((f) => FAILED_FIELDS.has(f.name));
  if (field !== undefined) {
    const text = `${field.name}: ${field.value}`;
    return addressList(field.value.replace(/^ {0,3}rfc822;/i, '')).map((address) =>
      found(address, 'header', '0', field.line, text),
    );
  }
  const subject = headers.text('subject') ?? '';
  if ((readShape(message).subject & (FAILED | DELAYED)) === 0) return [];
  const [address, ...others] = addressesIn(subject);
  if (address === undefined || others.length > 0 || sendersOf(message).has(address.toLowerCase())) return [];
  return [{ value: address, evidence: headlineOf(message) }];
}

/** A report that names no address. Who is meant can follow from the envelope or from the returned message. */
function draftWithoutAddress(
  message: Message,
  notice: Notice,
  reply: FrameReply | null,
  action: Action,
): RecipientDraft {
  const first = reply?.at ?? notice.lines.find((l) => l.text !== '');
  const backing =
    first === undefined
      ? headlineOf(message)
      : found('', 'text', first.part, first.line, reply?.lines ?? first.text).evidence;
  const draft: RecipientDraft = { action: inferred(action, backing.from, backing) };
  if (reply !== null) addReply(draft, reply);
  return draft;
}

/** `This is the mail system at host mx.example.`, `Hi. This is the qmail-send program at mx.example.` */
const PROGRAM = /^(?:hi[.!] )?(?:this is|the) /i;
const AT_HOST = / at (?:host )?<?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,20})/i;
const RECEIVED_AT = /original message was received at (.{10,60})/i;

/** What a notice tells of itself: `This is the mail system at host mx.example.`, `The original message was received at …`. */
function readIntroduction(notice: Notice, extraction: Extraction): void {
  for (const line of notice.lines.slice(0, 12)) {
    if (!extraction.reportingMta && PROGRAM.test(line.text)) {
      const host = AT_HOST.exec(line.text)?.[1];
      if (host !== undefined) extraction.reportingMta = found(host, 'text', line.part, line.line, line.text);
    }
    const received = extraction.arrivalDate ? null : RECEIVED_AT.exec(line.text)?.[1];
    const date = received ? parseDate(received) : null;
    if (date !== null) extraction.arrivalDate = found(date, 'text', line.part, line.line, line.text);
  }
}
