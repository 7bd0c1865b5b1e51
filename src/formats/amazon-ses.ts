import { bareHost, splitType } from '../extract/addresses.ts';
import { parseDate } from '../extract/dates.ts';
import { type Extraction, type Found, found, type RecipientDraft } from '../extract/draft.ts';
import { completeFeedback } from '../extract/feedback.ts';
import { originalFromHeaderText } from '../extract/original.ts';
import type { Part } from '../mime/part.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Action } from '../model/lists.ts';
import { readStatus } from '../model/smtp-codes.ts';
import type { Claim, Format } from './format.ts';

type Json = Readonly<Record<string, unknown>>;

/** The list of each event, and what happened to those in it. */
const EVENTS = {
  bounce: { list: 'bouncedRecipients', action: 'failed' },
  deliverydelay: { list: 'delayedRecipients', action: 'delayed' },
  delivery: { list: 'recipients', action: 'delivered' },
} as const satisfies Record<string, { list: string; action: Action }>;

/**
 * Amazon SES notifications that SNS sends by mail: one JSON object in the text.
 * https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html and event-publishing-retrieving-sns-contents.html
 */
export const amazonSes = {
  id: 'amazon-ses',
  maxConfidence: 0.95,

  recognise(message: Message): Claim | null {
    if (message.leaves.length !== 1 || !startsWithBrace(message.leaves[0] as Part)) return null;
    return once(message, readEvent) === null
      ? null
      : { confidence: 0.95, why: 'an SES notification in JSON' };
  },

  extract(message: Message): Extraction {
    const event = once(message, readEvent);
    const extraction: Extraction = { recipients: [] };
    if (event === null) return extraction;
    const part = message.leaves[0] as Part;
    const from = <T>(value: T, said: string): Found<T> =>
      found(value, 'text', part.path, event.lines.get(said) ?? event.line, said);
    if (event.kind === 'complaint')
      return {
        ...readComplaint(event, from),
        original: originalFromHeaderText(headerText(event.mail), message),
      };

    const { list, action } = EVENTS[event.kind];
    for (const entry of listOf(event.body[list])) {
      const fields = typeof entry === 'string' ? { emailAddress: entry } : objectOf(entry);
      extraction.recipients.push(readRecipient(fields, event.body, from(action, event.type), from));
    }
    const mta = textOf(event.body['reportingMTA']);
    const host = mta === null ? null : bareHost(mta);
    if (mta !== null && host !== null) extraction.reportingMta = from(host, mta);
    extraction.original = originalFromHeaderText(headerText(event.mail), message);
    return extraction;
  },
} satisfies Format;

type Said = <T>(value: T, said: string) => Found<T>;

function readRecipient(fields: Json, event: Json, action: Found<Action>, from: Said): RecipientDraft {
  const draft: RecipientDraft = { action };
  const address = textOf(fields['emailAddress']);
  if (address !== null) {
    draft.finalRecipient = from(address, address);
    draft.action = from(action.value, address);
  }
  const status = textOf(fields['status']);
  const code = status === null ? null : readStatus(status);
  if (status !== null && code !== null) draft.status = from(code, status);
  const diagnostic = textOf(fields['diagnosticCode']) ?? textOf(event['smtpResponse']);
  if (diagnostic !== null) {
    const { type, value } = splitType(diagnostic);
    draft.diagnosticCode = from(value, diagnostic);
    if (type !== '') draft.diagnosticType = from(type, diagnostic);
  }
  const until = textOf(event['expirationTime']);
  const date = until === null ? null : parseDate(until);
  if (until !== null && date !== null) draft.willRetryUntil = from(date, until);
  return draft;
}

function readComplaint(event: SesEvent, from: Said): Extraction {
  const recipients = listOf(event.body['complainedRecipients']).map((entry) =>
    textOf(objectOf(entry)['emailAddress']),
  );
  const named = recipients.filter((r) => r !== null);
  const type = textOf(event.body['complaintFeedbackType']);
  const arrival = textOf(event.body['arrivalDate']);
  const said = type ?? named[0] ?? '';
  return {
    kind: from('feedback', said),
    recipients: named.map((address) => ({ recipient: from(address, address) })),
    feedback: from(
      completeFeedback({
        type: type ?? 'abuse',
        userAgent: textOf(event.body['userAgent']),
        originalMailFrom: textOf(event.mail['source']),
        originalRcptTo: named,
        arrivalDate: arrival === null ? null : parseDate(arrival),
        sourceIp: textOf(event.mail['sourceIp']),
      }),
      said,
    ),
  };
}

interface SesEvent {
  readonly kind: keyof typeof EVENTS | 'complaint';
  /** As the object spells it. */
  readonly type: string;
  readonly body: Json;
  readonly mail: Json;
  /** 1-based line on which the object starts. */
  readonly line: number;
  /** Lines of the strings in it that start further down. */
  readonly lines: ReadonlyMap<string, number>;
}

/** The line in which each string of an object starts, given its lines. A string that stands there twice has its first. */
function linesOf(parts: readonly string[], first: number): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  if (parts.length === 1) return lines;
  const text = parts.join('');
  let line = 0;
  let end = (parts[0] as string).length;
  for (let at = text.indexOf('"'); at !== -1; ) {
    const close = stringEnd(text, at);
    while (at >= end && line + 1 < parts.length) end += (parts[++line] as string).length;
    const said = parseString(text.slice(at, close + 1));
    if (line > 0 && !lines.has(said)) lines.set(said, first + line);
    at = text.indexOf('"', close + 1);
  }
  return lines;
}

/** The quote that closes the string at `start`, or the end. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function parseString(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal;
  }
}

function readEvent(message: Message): SesEvent | null {
  const text = message.leaves[0]?.text ?? '';
  const start = text.indexOf('{');
  const end = objectEnd(text, start);
  if (end === -1) return null;
  // Lines over the bound of RFC 5321 §4.5.3.1.6 were broken on the way; Sendmail marks that with `!`.
  const parts = text.slice(start, end).split(/!?\n ?/);
  let object = parse(parts.join(''));
  // SNS without raw delivery: the notification is a string in its envelope.
  const inner = textOf(object['Message']);
  if (inner !== null) object = parse(inner);
  const type = textOf(object['notificationType']) ?? textOf(object['eventType']) ?? '';
  const kind = type.toLowerCase();
  if (kind !== 'complaint' && !Object.hasOwn(EVENTS, kind)) return null;
  const name = kind === 'deliverydelay' ? 'deliveryDelay' : kind;
  const body = objectOf(object[name]);
  const mail = objectOf(object['mail']);
  if (Object.keys(body).length === 0 || textOf(mail['messageId']) === null) return null;
  const line = text.slice(0, start).split('\n').length;
  return { kind: kind as SesEvent['kind'], type, body, mail, line, lines: linesOf(parts, line) };
}

function startsWithBrace(part: Part): boolean {
  for (let at = 0; at < part.raw.length && at < 64; at++) {
    const c = part.raw[at] as number;
    if (c > 32) return c === 123 || (part.transferEncoding === 'base64' && c === 101); // `e` is `{` in base64
  }
  return false;
}

/** Behind the brace that closes the one at `start`, -1 where none does. */
function objectEnd(text: string, start: number): number {
  if (start === -1) return -1;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const c = text[at];
    if (c === '"') at = stringEnd(text, at);
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

function parse(text: string): Json {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The header of the message, as the notification repeats it. */
function headerText(mail: Json): string {
  const lines: string[] = [];
  for (const entry of listOf(mail['headers'])) {
    const { name, value } = objectOf(entry);
    if (typeof name === 'string' && typeof value === 'string' && /^[\w-]{1,80}$/.test(name))
      lines.push(`${name}: ${value.replace(/[\r\n]{1,4}/g, ' ')}`);
  }
  if (lines.length === 0) {
    const common = objectOf(mail['commonHeaders']);
    for (const [name, value] of Object.entries(common)) {
      const text = Array.isArray(value)
        ? value.filter((v) => typeof v === 'string').join(', ')
        : textOf(value);
      if (text !== null)
        lines.push(`${name === 'messageId' ? 'Message-ID' : name}: ${text.replace(/[\r\n]{1,4}/g, ' ')}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
