import { isAscii, isUtf8 } from 'node:buffer';
import libmime from 'libmime';
import { decodeText } from './charset.ts';

/** One field of a header. */
export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, not decoded: encoded-words stand as they are. */
  readonly value: string;
  /** 1-based line in its header. */
  readonly line: number;
}

/** A header block (RFC 5322 §2.2), in the order of the message. */
export class Headers {
  readonly fields: readonly HeaderField[];

  constructor(fields: readonly HeaderField[]) {
    this.fields = fields;
  }

  /** The first field of that name. `name` in lower case. */
  field(name: string): HeaderField | null {
    for (const field of this.fields) if (field.name === name) return field;
    return null;
  }

  /** The first value of that name, as it stands. */
  get(name: string): string | null {
    return this.field(name)?.value ?? null;
  }

  /** The first value of that name, encoded-words decoded (RFC 2047). */
  text(name: string): string | null {
    const value = this.get(name);
    return value === null ? null : decodeWords(value);
  }

  has(name: string): boolean {
    return this.field(name) !== null;
  }
}

/** RFC 2047 encoded-words; a text without any is returned as it is. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  try {
    return libmime.decodeWords(value);
  } catch {
    return value; // an encoded-word in a charset that nobody knows
  }
}

/** A header block as text with LF line ends: 8-bit bytes are UTF-8 (RFC 6532) where they can be. */
export function decodeHeaderBlock(bytes: Buffer): string {
  const text = decodeHeaderBytes(bytes);
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decodeHeaderBytes(bytes: Buffer): string {
  if (isAscii(bytes)) {
    const text = bytes.toString('latin1');
    return text.includes('\x1b$') ? decodeText(bytes, 'iso-2022-jp').text : text;
  }
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeText(bytes, null).text;
}

const enum Line {
  Field,
  Continuation,
  Empty,
  Other,
}

export interface ScannedHeaders {
  readonly headers: Headers;
  /** Characters of the text that the header takes, its closing empty line included. */
  readonly length: number;
  /** Lines likewise. */
  readonly lines: number;
  /** No empty line closed the header. */
  readonly unclosed: boolean;
  /** First line that is neither field nor continuation, 0 where there is none. */
  readonly malformedLine: number;
  /** Fields over the bound were left out. */
  readonly truncated: boolean;
}

/**
 * Reads the header at the start of `text`, whose line ends are LF. A line that is no field ends the header where
 * no field follows it (a missing empty line); where one follows, it is taken as a continuation that lost its
 * indentation.
 */
export function scanHeaders(
  text: string,
  maxFields: number,
  maxLength: number,
  isPart: boolean,
): ScannedHeaders {
  const fields: HeaderField[] = [];
  let at = 0;
  let line = 0;
  let malformedLine = 0;
  let truncated = false;
  let name = '';
  let value = '';
  let fieldLine = 0;

  const push = (): void => {
    if (name === '') return;
    if (fields.length < maxFields) fields.push({ name, value: value.trim(), line: fieldLine });
    else truncated = true;
    name = '';
  };

  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    line++;
    const kind = lineKind(text, at, end);
    if (kind === Line.Empty) {
      push();
      return done(Math.min(end + 1, text.length), false);
    }
    if (kind === Line.Field) {
      push();
      const colon = text.indexOf(':', at);
      name = text.slice(at, colon).trimEnd().toLowerCase();
      if (isPart && REPORT_FIELD.test(name) && isReport(fields)) {
        // The empty line behind the part's header is missing: these are the fields of the report.
        name = '';
        line--;
        return done(at, true);
      }
      value = text.slice(colon + 1, Math.min(end, colon + 1 + maxLength));
      fieldLine = line;
    } else if (kind === Line.Continuation || (name !== '' && fieldFollows(text, end, isPart))) {
      if (kind === Line.Other) malformedLine ||= line;
      if (value.length + end - at <= maxLength) value += ` ${text.slice(at, end).trim()}`;
      else truncated = true;
    } else {
      // Neither: the body starts here.
      line--;
      push();
      return done(at, true);
    }
    at = end + 1;
  }
  push();
  return done(text.length, true);

  function done(length: number, unclosed: boolean): ScannedHeaders {
    return { headers: new Headers(fields), length, lines: line, unclosed, malformedLine, truncated };
  }
}

/** Is the line `[at, end)` a field: a name of printable ASCII without blanks (RFC 5322 §3.6.8), then a colon? */
function lineKind(text: string, at: number, end: number): Line {
  const first = text.charCodeAt(at);
  if (at >= end) return Line.Empty;
  if (first === 32 || first === 9) {
    for (let i = at; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c !== 32 && c !== 9) return Line.Continuation;
    }
    return Line.Empty; // a line of blanks ends a header in the wild
  }
  for (let i = at; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 58) return i > at ? Line.Field : Line.Other;
    if (c === 32 || c === 9) {
      // RFC 5322 §4.5 allows blanks before the colon.
      let j = i;
      while (j < end && (text.charCodeAt(j) === 32 || text.charCodeAt(j) === 9)) j++;
      return text.charCodeAt(j) === 58 && j < end && i > at ? Line.Field : Line.Other;
    }
    if (c < 33 || c > 126) return Line.Other;
  }
  return Line.Other;
}

/** Is this the header of a machine-readable part, in which only Content- fields mean anything (RFC 2045 §9)? */
function isReport(fields: readonly HeaderField[]): boolean {
  return fields.some((f) => f.name === 'content-type' && REPORT_TYPE.test(f.value));
}

/** Fields that open a report (RFC 3464 §2.2, RFC 8098 §3.1, RFC 5965 §3.1); a part's own header never has them. */
const REPORT_FIELD =
  /^(?:reporting-mta|original-envelope-id|dsn-gateway|received-from-mta|arrival-date|original-recipient|final-recipient|reporting-ua|disposition|feedback-type)$/;

const REPORT_TYPE =
  /^\s{0,9}message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report)/i;

/** Does a field stand in the line behind `end`? In a part only a Content- field counts. */
function fieldFollows(text: string, end: number, isPart: boolean): boolean {
  const at = end + 1;
  if (at >= text.length) return false;
  let next = text.indexOf('\n', at);
  if (next === -1) next = text.length;
  if (lineKind(text, at, next) !== Line.Field) return false;
  return !isPart || text.slice(at, at + 8).toLowerCase() === 'content-';
}
