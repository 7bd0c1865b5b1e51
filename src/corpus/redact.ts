import { decodeText } from '../mime/charset.ts';
import { encoderFor, encodeTransfer } from '../mime/encode.ts';
import { toLf } from '../mime/lines.ts';
import type { Part } from '../mime/part.ts';
import { scanMessage } from '../mime/scan.ts';
import { decodeTransfer } from '../mime/transfer.ts';
import { type Parser, parse, type Report } from '../index.ts';
import type { Difference } from './compare.ts';
import { proveSame } from './prove.ts';
import { mapFields, Redactor, type Side } from './redactor.ts';

export interface Redaction {
  /** The message with stand-ins; its structure, codes, charsets and line ends as they were. */
  readonly bytes: Buffer;
  readonly report: Report;
  /** Where the new report differs from the old one by more than the replaced values. Not empty: do not use it. */
  readonly differences: readonly Difference[];
  /** What a person should look at before the message leaves the house. */
  readonly review: readonly string[];
}

export interface RedactOptions {
  /** A parser with formats, rules or a policy of your own. */
  readonly parser?: Parser;
}

/**
 * Replaces addresses, names, hosts, IP numbers, message ids and the whole text of the returned message by stand-ins,
 * and proves that the message still gives the same report but for the replaced values.
 */
export async function redact(input: Uint8Array, options: RedactOptions = {}): Promise<Redaction> {
  const parser = options.parser ?? { parse };
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  const before = await parser.parse(bytes);
  const people = namesIn(bytes, before);
  // A name can be a word that the classification needs. Then it is replaced in addresses and headers only.
  let best: Redaction | null = null;
  for (const bareNames of [true, false]) {
    const redactor = new Redactor(before, people, bareNames);
    const redacted = redactBytes(bytes, redactor);
    const report = await parser.parse(redacted);
    const differences = proveSame(before, report, redactor);
    const redaction = { bytes: redacted, report, differences, review: reviewOf(before, bareNames) };
    if (differences.length === 0) return redaction;
    if (best === null || differences.length < best.differences.length) best = redaction;
  }
  return best as Redaction;
}

function reviewOf(report: Report, bareNames: boolean): string[] {
  const review: string[] = [];
  if (report.kind === 'auto-reply') {
    review.push(
      'the text of an automatic reply is its format: only addresses, hosts and known names were replaced',
    );
  }
  if (!bareNames) review.push('names that are words of the reply were left where they stand alone');
  return review;
}

const NAMING = ['from', 'to', 'cc', 'reply-to', 'sender'];

/** Display names in the address fields of every header of the message, and of a header that stands in a text. */
function namesIn(bytes: Buffer, report: Report): string[] {
  const message = scanMessage(bytes);
  const headers = [message.headers];
  for (const leaf of message.leaves) {
    if (leaf.isMessage || leaf.isHeaderOnly) headers.push(scanMessage(leaf.bytes).headers);
  }
  const names: string[] = [];
  const learn = (list: string): void => {
    for (const piece of list.split(',')) {
      const angle = piece.indexOf('<');
      if (angle > 0) names.push(piece.slice(0, angle));
    }
  };
  for (const field of NAMING) learn(report.original?.headers[field] ?? '');
  headers.forEach((header, at) => {
    for (const field of NAMING) {
      // The sender of a report is a program.
      if (at > 0 || field !== 'from') learn(header.text(field) ?? '');
    }
  });
  return names;
}

/** Rewrites a message line by line: each keeps its own line end. */
function redactBytes(bytes: Buffer, redactor: Redactor): Buffer {
  const lf = toLf(bytes);
  const ends = lineEnds(bytes);
  const redacted = redactMessage(lf, redactor, 'report').toString('latin1');
  if (ends.every((end) => end === '\n')) return Buffer.from(redacted, 'latin1');
  const common = mostCommon(ends);
  let line = 0;
  return Buffer.from(
    redacted.replace(/\n/g, () => ends[line++] ?? common),
    'latin1',
  );
}

function mostCommon(ends: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '\n';
}

function lineEnds(bytes: Buffer): string[] {
  return bytes.toString('latin1').match(/\r\r\n|\r\n|\r|\n/g) ?? [];
}

/** A message whose lines end in LF: what stands between the bodies of its leaves is header, and so are their borders. */
function redactMessage(bytes: Buffer, redactor: Redactor, side: Side): Buffer {
  const message = scanMessage(bytes);
  const out: Buffer[] = [];
  let at = 0;
  for (const leaf of message.leaves) {
    const start = leaf.raw.byteOffset - bytes.byteOffset;
    if (start < at || leaf.raw.buffer !== bytes.buffer) continue;
    out.push(redactHeader(bytes.subarray(at, start), redactor, side), redactLeaf(leaf, redactor, side));
    at = start + leaf.raw.length;
  }
  out.push(redactHeader(bytes.subarray(at), redactor, side));
  return Buffer.concat(out);
}

/** A part that came back with the report is no part of it, unless it is a report that was sent on. */
function sideOf(part: Part, side: Side): Side {
  if (part.isMessage || part.isHeaderOnly) return 'returned';
  return part.type.startsWith('message/') ? 'report' : side;
}

/** What reports are written in beside fields: PEC, X-ARF, notifications of services. */
const MACHINE_TEXT = new Set(['application/json', 'application/xml']);

function redactLeaf(part: Part, redactor: Redactor, outer: Side): Buffer {
  const side = sideOf(part, outer);
  const encoding = part.transferEncoding;
  const { bytes: decoded, defect } = decodeTransfer(part.raw, encoding);
  const known = defect === null ? encoding : '';
  let body = decoded;
  if (part.isMessage) body = redactMessage(toLf(decoded), redactor, side);
  else if (part.isHeaderOnly || /^(?:message|multipart)\//.test(part.type))
    body = redactHeader(toLf(decoded), redactor, side);
  else if (part.type.startsWith('text/') || MACHINE_TEXT.has(part.type)) {
    const html = part.type === 'text/html' || part.type.endsWith('xml');
    body = recode(decoded, part.param('charset'), (text) => redactText(text, redactor, side, html));
  } else body = Buffer.alloc(decoded.length, known === 'base64' ? 0 : 0x78);
  if (body.equals(decoded)) return part.raw;
  const firstLine = part.raw.indexOf(10);
  const encoded = encodeTransfer(body, known, firstLine > 3 ? firstLine - (firstLine % 4) : 76);
  // The empty line in front of the next border belongs to the encoded body.
  const padding = known === 'base64' ? trailingLines(part.raw).slice(encoded.at(-1) === 10 ? 1 : 0) : '';
  return Buffer.concat([encoded, Buffer.from(padding)]);
}

/** A text, and in a notice the message that was pasted into it. */
function redactText(text: string, redactor: Redactor, side: Side, html: boolean): string {
  const start = side === 'report' && !html ? redactor.returnedIn(text) : -1;
  if (start === -1) return redactor.body(text, side, html);
  const empty = text.indexOf('\n\n', start);
  const end = empty === -1 ? text.length : empty;
  return (
    redactor.text(text.slice(0, start)) +
    redactFields(text.slice(start, end), redactor, 'returned') +
    redactor.whole(text.slice(end))
  );
}

function trailingLines(raw: Buffer): string {
  let end = raw.length;
  while (end > 0 && raw[end - 1] === 10) end--;
  return '\n'.repeat(raw.length - end);
}

/** Changes text in the charset that it is in; bytes that are broken are changed as ASCII. */
function recode(bytes: Buffer, label: string | null, change: (text: string) => string): Buffer {
  const encode = encoderFor(bytes, label);
  if (encode === null) return Buffer.from(change(bytes.toString('latin1')), 'latin1');
  const { text } = decodeText(bytes, label);
  const changed = change(text);
  return changed === text ? bytes : encode(changed);
}

function redactHeader(bytes: Buffer, redactor: Redactor, side: Side): Buffer {
  return recode(bytes, null, (text) => redactFields(text, redactor, side));
}

/** Header or status fields, and the lines between parts. */
function redactFields(text: string, redactor: Redactor, side: Side): string {
  return mapFields(
    text,
    (name, value) => redactValue(name, value, redactor, side),
    (line) => redactLine(line, redactor, side),
  );
}

/** A border has to stay what the `boundary` parameter says; the line of an mbox, what it is known by. */
function redactLine(line: string, redactor: Redactor, side: Side): string {
  if (/^(?:--|>?From )/.test(line)) return redactor.form(line);
  return side === 'report' ? redactor.text(line) : redactor.whole(line);
}

/** `=?charset?B|Q?…?=` (RFC 2047 §2). */
const ENCODED_WORD = /=\?[^?\s]{1,40}\?[BbQq]\?[^?\s]{0,998}\?=/g;

function redactValue(name: string, value: string, redactor: Redactor, side: Side): string {
  const change = (text: string): string => redactor.header(name, text, side);
  let out = '';
  let at = 0;
  const words = [...value.matchAll(ENCODED_WORD)];
  for (let n = 0; n < words.length; n++) {
    const start = words[n]?.index ?? 0;
    let end = start + (words[n]?.[0].length ?? 0);
    // Words that only blanks stand between are one text (RFC 2047 §6.2).
    for (let next = words[n + 1]; next && value.slice(end, next.index).trim() === ''; next = words[n + 1]) {
      end = next.index + next[0].length;
      n++;
    }
    out += change(value.slice(at, start)) + redactEncodedWords(value.slice(start, end), change);
    at = end;
  }
  return out + change(value.slice(at));
}

function redactEncodedWords(words: string, change: (text: string) => string): string {
  const pieces = words.split(/(\s+)/);
  const parsed = pieces.filter((_, at) => at % 2 === 0).map((word) => word.split('?'));
  const [, charset = '', kind = ''] = parsed[0] as string[];
  const bytes = Buffer.concat(
    parsed.map(([, , k, data = '']) =>
      k?.toUpperCase() === 'B'
        ? Buffer.from(data, 'base64')
        : decodeTransfer(Buffer.from(data.replaceAll('_', ' '), 'latin1'), 'quoted-printable').bytes,
    ),
  );
  const label = charset.split('*')[0] as string; // RFC 2231 §5: a language may follow
  const encode = encoderFor(bytes, label);
  const { text } = decodeText(bytes, label);
  const changed = Array.from(change(text));
  if (encode === null || changed.join('') === text) return words;
  // As many encoded-words as there were, between the same blanks.
  const size = Math.ceil(changed.length / parsed.length);
  return pieces
    .map((piece, at) => {
      if (at % 2 === 1) return piece;
      const data = encode(changed.slice((at / 2) * size, (at / 2 + 1) * size).join(''));
      return `=?${charset}?${kind}?${kind.toUpperCase() === 'B' ? data.toString('base64') : encodeQ(data)}?=`;
    })
    .join('');
}

/** RFC 2047 §4.2. */
function encodeQ(data: Buffer): string {
  return Array.from(data, (byte) => {
    if (byte === 32) return '_';
    const c = String.fromCharCode(byte);
    return /[A-Za-z0-9]/.test(c) ? c : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
