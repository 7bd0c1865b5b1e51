import { addressesIn, leadingAddress } from '../extract/address-lines.ts';
import { addressList } from '../extract/addresses.ts';
import { type Extraction, type Found, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { hostBeforeAddress } from '../extract/named-host.ts';
import { type NoticeLine, readNotice } from '../extract/notice.ts';
import { notifiedAction } from '../extract/notification.ts';
import { DELAYED, readWording } from '../extract/phrases.ts';
import { addReturned, returnedOf } from '../extract/returned.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import { decodeWords } from '../mime/headers.ts';
import type { Action } from '../model/lists.ts';
import type { Claim, Format } from './format.ts';

/** A heading between two pairs of stars: `** Address not found **`. */
const TITLE = /^\*\* .{1,120} \*\*$/;
const HELP = /support\.google\.com\/(?:mail|a)\b|mail\.google\.com\/support/;
/** A reply of Google's own servers ends in its session and ` - gsmtp` or ` - gcdp`. */
const SIGNED = / - g(?:smtp|cdp)\b/;

function marksOf(message: Message): string[] {
  const { lower } = readNotice(message);
  const shape = readShape(message);
  const marks: string[] = [];
  if (isGmailAddress(message)) marks.push('From');
  if (notifiedAction(message) !== null) marks.push('Subject');
  if (/google(?:mail)?\.com>?$/.test(shape.header('message-id')?.trimEnd() ?? '')) marks.push('Message-ID');
  if (shape.header('x-failed-recipients') !== null) marks.push('X-Failed-Recipients');
  if (shape.header('x-gm-message-state') !== null || shape.header('x-google-dkim-signature') !== null)
    marks.push('X-Google fields');
  if (HELP.test(lower)) marks.push('help pages of Gmail');
  if (/\bgmail\b/.test(lower)) marks.push('its name');
  if (SIGNED.test(lower)) marks.push('a reply signed gsmtp');
  if (TITLE.test(firstText(message)?.text ?? '')) marks.push('a starred heading');
  return marks;
}

function isGmailAddress(message: Message): boolean {
  return /mailer-daemon@(?:googlemail|gmail|google)\.com/.test(readShape(message).header('from') ?? '');
}

function firstText(message: Message): NoticeLine | undefined {
  return readNotice(message).lines.find((line) => line.text !== '');
}

/** Who failed: alone on a line (notices until 2016), else as X-Failed-Recipients says, else in the first sentence. */
function recipientsOf(message: Message): Found[] {
  const { lines } = readNotice(message);
  const listed: Found[] = [];
  for (const { text, part, line } of lines) {
    const lead = leadingAddress(text);
    if (lead?.rest === '') listed.push(found(lead.address, 'text', part, line, text));
    else if (text !== '' && listed.length > 0) break;
  }
  if (listed.length > 0) return listed;
  const field = message.headers.field('x-failed-recipients');
  if (field !== null) {
    const text = `X-Failed-Recipients: ${field.value}`;
    const named = addressList(decodeWords(field.value)).map((a) => found(a, 'header', '0', field.line, text));
    if (named.length > 0) return named;
  }
  // In scripts without blanks the sentence goes on right behind the address: the returned message tells where it ends.
  for (const { text, part, line } of lines) {
    if (!text.includes('@')) continue;
    const written = returnedOf(message)?.to?.split(', ') ?? [];
    const named = written.filter((a) => text.toLowerCase().includes(a.toLowerCase()));
    if (named.length === 1) return [found(named[0] as string, 'text', part, line, text)];
    break;
  }
  const sender = addressList(message.headers.get('to') ?? '').map((a) => a.toLowerCase());
  for (const { text, part, line } of lines) {
    const others = addressesIn(text).filter((a) => !sender.includes(a.toLowerCase()));
    if (others.length === 1) return [found(others[0] as string, 'text', part, line, text)];
    if (others.length > 1) return [];
  }
  return [];
}

const REPLY = /^[245]\d\d[ -]/;
/** `The error that the other server returned was: 550 550 5.7.1 …`, all on one line. */
const REPLY_BEHIND_COLON = /[:：] ?(?=[45][0-5]\d[ -])/;
/** Where in the session: `(state 13).` */
const STATE = / \(state \d{1,2}\)\.?$/;

/** What the other server said, untranslated; where it said nothing, what Gmail says under its last label. */
function replyOf(lines: readonly NoticeLine[]): Found | null {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as NoticeLine;
    if (REPLY.test(line.text)) return joined(lines, at, line.text);
    const inline = REPLY_BEHIND_COLON.exec(line.text);
    if (inline !== null) return joined(lines, at, line.text.slice(inline.index + inline[0].length));
  }
  for (let at = lines.length - 2; at >= 0; at--) {
    // The label starts its paragraph; what Gmail says itself may end in a colon as well.
    if (!/[:：]$/.test((lines[at] as NoticeLine).text) || (lines[at - 1]?.text ?? '') !== '') continue;
    let first = at + 1;
    while (lines[first]?.text === '') first++;
    const line = lines[first];
    // Under the first label of older notices stands the address.
    if (line === undefined || leadingAddress(line.text)?.rest === '') return null;
    return joined(lines, first, line.text);
  }
  return null;
}

function joined(lines: readonly NoticeLine[], at: number, start: string): Found {
  const { part, line } = lines[at] as NoticeLine;
  let end = at + 1;
  while (end < lines.length && (lines[end] as NoticeLine).text !== '') end++;
  const text = [start, ...lines.slice(at + 1, end).map((l) => l.text)].join(' ');
  // The code stands twice where Gmail puts its own in front of the line.
  const reply = text.replace(STATE, '').replace(/^(\d{3}) (?=\1[ -])/, '');
  return found(reply, 'text', part, line, text);
}

/** `… by mx.example.com. [192.0.2.1].`, in front of the reply. */
function hostOf(lines: readonly NoticeLine[]): Found | null {
  for (const { text, part, line } of lines) {
    if (REPLY.test(text)) return null; // what a reply names is not who said it
    const inline = REPLY_BEHIND_COLON.exec(text);
    const host = hostBeforeAddress(inline === null ? text : text.slice(0, inline.index), '[');
    if (host !== null) return found(host, 'text', part, line, text);
  }
  return null;
}

/** The subject is never translated; without it the heading tells. */
function actionOf(message: Message): Found<Action> {
  const subject = message.headers.field('subject');
  const notified = notifiedAction(message);
  if (notified !== null && subject !== null)
    return inferred(
      notified,
      'header',
      found('', 'header', '0', subject.line, `Subject: ${subject.value}`).evidence,
    );
  const title = firstText(message);
  const delayed = (readWording(title?.text ?? '') & DELAYED) !== 0;
  const { part, line, text } = title ?? { part: '0', line: 1, text: '' };
  return inferred(delayed ? 'delayed' : 'failed', 'text', found('', 'text', part, line, text).evidence);
}

/** Gmail to its own users, and Google Workspace, without a delivery-status part, in any language. */
export const gmail = {
  id: 'gmail',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    const { daemon, personal, statusPart } = readShape(message);
    if (!daemon || personal || statusPart) return null;
    // What a reply or a help page names only shows whom another server quotes.
    if (!isGmailAddress(message) && !TITLE.test(firstText(message)?.text ?? '')) return null;
    const marks = marksOf(message);
    if (marks.length < 2 || recipientsOf(message).length === 0) return null;
    return { confidence: 0.92, why: `a failed address, with ${marks.join(', ')} of Gmail` };
  },

  extract(message: Message): Extraction {
    const { lines } = readNotice(message);
    const reply = replyOf(lines);
    const host = hostOf(lines);
    const action = actionOf(message);
    const extraction: Extraction = {
      recipients: recipientsOf(message).map(
        (recipient): RecipientDraft => ({
          finalRecipient: recipient,
          action,
          diagnosticCode: reply,
          remoteMta: host,
        }),
      ),
    };
    addReturned(extraction, message);
    return extraction;
  },
} satisfies Format;
