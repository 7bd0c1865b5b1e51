import { bareAddress } from '../extract/addresses.ts';
import { type Extraction, found, type Found, inferred } from '../extract/draft.ts';
import { HeaderReader, messageIds } from '../extract/original.ts';
import { type Readable, readableTexts } from '../extract/readable.ts';
import { readShape } from '../extract/shape.ts';
import type { HeaderField } from '../mime/headers.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Disposition } from '../model/report.ts';
import { readMarks } from './auto-reply/marks.ts';
import { fold, lineAt, type OwnLine, type OwnText } from './auto-reply/own-text.ts';
import type { Claim, Format } from './format.ts';
import { findSentence, type Outcome, readSubject, type ReceiptSubject } from './receipt/wording.ts';

/**
 * Receipts carry marks of autoresponders (`Auto-Submitted`, In-Reply-To, Exchange's word in front of the topic), which
 * add up to 0.88 there. Two things that only receipts say together are more than those, and less than what names an
 * autoresponder or a server.
 */
const CONFIDENCE = 0.89;
/** The subject is the name of a receipt: more than a list of addresses by GroupWise, which it writes of bounces as well. */
const NAMED = 0.93;

/**
 * Read receipts without the part that RFC 8098 puts into them: gateways and mobile clients make one text of a receipt, and
 * webmail never wrote more. The subject and a sentence have to say together that a message was read.
 */
export const receipt = {
  id: 'receipt',
  maxConfidence: NAMED,

  recognise(message: Message): Claim | null {
    const told = once(message, readReceipt);
    return told === null ? null : { confidence: told.confidence, why: told.why };
  },

  extract(message: Message): Extraction {
    const told = once(message, readReceipt);
    if (told === null) return { recipients: [] };
    const { headers } = message;
    const { evidence } = told.outcome;
    const disposition: Disposition = {
      type: told.outcome.value,
      mode: null,
      sendingMode: null,
      modifiers: [],
      finalRecipient: told.reader,
      originalRecipient: null,
      // The last of References is the message that is answered (RFC 5322 §3.6.4).
      originalMessageId:
        messageIds(headers.get('in-reply-to'))[0] ?? messageIds(headers.get('references')).at(-1) ?? null,
      reportingUa: null,
      errors: [],
    };
    return {
      kind: inferred('disposition', evidence.from, evidence),
      recipients: [],
      disposition: inferred(disposition, evidence.from, evidence),
    };
  },
} satisfies Format;

interface Told {
  /** Disposition type, null where that is not told. */
  readonly outcome: Found<Exclude<Outcome, 'received'> | null>;
  /** Who read it. */
  readonly reader: string | null;
  readonly confidence: number;
  readonly why: string;
}

function readReceipt(message: Message): Told | null {
  const { headers } = message;
  const { from } = new HeaderReader(headers);
  const signed = signedReceipt(message);
  if (signed !== null) {
    const { line, value } = signed;
    const outcome = found(null, 'header', '0', line, `Content-Type: ${value}`);
    return { outcome, reader: from, confidence: NAMED, why: 'smime-type=signed-receipt' };
  }
  const subject = readSubject(headers.text('subject') ?? '');
  const shape = readShape(message);
  if (subject === null || shape.report) return null;
  const { bulk, human } = readMarks(headers);
  if (bulk || human) return null;
  for (const readable of readableTexts(message)) {
    const own = readOwnLines(readable);
    const outcome = readOutcome(own, subject);
    if (outcome === null) continue;
    const { text, line } = outcome.evidence;
    return {
      outcome,
      reader: shape.daemon ? addressBelow(own, line) : from,
      confidence: subject.named ? NAMED : CONFIDENCE,
      why: `the subject of a receipt, and "${text.slice(0, 60)}"`,
    };
  }
  return null;
}

/** S/MIME: the receipt is all of the message, and names itself (RFC 2634 §2; `x-` is the type from before RFC 2311). */
function signedReceipt({ root, headers }: Message): HeaderField | null {
  if (root.type !== 'application/pkcs7-mime' && root.type !== 'application/x-pkcs7-mime') return null;
  return root.param('smime-type')?.toLowerCase() === 'signed-receipt' ? headers.field('content-type') : null;
}

/** Whom the receipt of a mail system names, in its sentence or the list below. */
function addressBelow({ lines }: OwnText, from: number): string | null {
  const below = lines.filter((l) => l.line >= from).slice(0, 3);
  for (const word of below.flatMap(({ text }) => text.split(/\s/))) {
    const address = bareAddress(word);
    if (address !== null) return address;
  }
  return null;
}

function readOutcome(own: OwnText, subject: ReceiptSubject): Told['outcome'] | null {
  const { folded } = own;
  const sentence = findSentence(folded, (start, end) => isBlock(own, start, end));
  if (sentence === null) return null;
  const { outcome, at, span } = sentence;
  if (!subject.named && !tellsFact(folded.slice(span[0], span[1] + DATE_LENGTH), subject.topic)) return null;
  const first = lineAt(own, at);
  const last = lineAt(own, span[1] - 1);
  const text = own.lines
    .slice(own.lines.indexOf(first), own.lines.indexOf(last) + 1)
    .map((line) => line.text)
    .join(' ');
  return found(outcome === 'received' ? null : outcome, 'text', own.part.path, first.line, text);
}

/** Characters behind a sentence in which its date stands. */
const DATE_LENGTH = 150;

/** What the sentence of a program names: a date, or the subject of the message behind the words for it. */
function tellsFact(sentence: string, topic: string): boolean {
  return /\p{Nd}/u.test(sentence) || (topic.length > 3 && sentence.indexOf(topic, 1) !== -1);
}

/** Characters of a text that are looked at: banners of gateways stand in front of a receipt, disclaimers behind it. */
const TEXT_LENGTH = 2_500;

/** The lines of a text that its writer wrote, without quotations and the frames of tables, which Notes draws. */
function readOwnLines({ part, text }: Readable): OwnText {
  const lines: OwnLine[] = [];
  let folded = '';
  let line = 0;
  for (let at = 0; at < text.length && folded.length < TEXT_LENGTH; ) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const content = text.slice(at, Math.min(end, at + TEXT_LENGTH)).trim();
    at = end + 1;
    line++;
    if (content.startsWith('>')) continue;
    const said = content.replaceAll('|', ' ').trim();
    if (!/[\p{L}\p{N}]/u.test(said)) continue;
    // `-----Original Message-----`
    if (said.startsWith('---') && said.endsWith('---')) break;
    lines.push({ text: content, line, start: folded.length });
    folded += `${fold(said)} `;
  }
  return { part, lines, folded, quotes: false };
}

/** `To: …`, `Subject: …`, `Sent: …`, in any language. */
const LABELLED = /^[^:：]{1,40}[:：]/;

function isBlock({ lines }: OwnText, start: number, end: number): boolean {
  return lines.filter((l) => l.start > start && l.start < end && LABELLED.test(l.text)).length >= 2;
}
