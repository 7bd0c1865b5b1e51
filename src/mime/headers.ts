import { isAscii, isUtf8 } from 'node:buffer';
import libmime from 'libmime';
import { decodeText } from './charset.ts';
import { countLines, textToLf } from './lines.ts';

/** One field of a header. */
export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, not decoded: encoded-words stand as they are. */
  readonly value: string;
  /** 1-based line in its header. */
  readonly line: number;
}

/** Numbers that one field has among the places of a header: where its name starts, and where its value ends. */
const PLACE = 2;

/**
 * A header block (RFC 5322 §2.2), in the order of the message. It holds the text and the places of the fields; names
 * and values are cut out when somebody asks, for of thirty fields three are read.
 */
export class Headers {
  readonly #text: string;
  readonly #places: readonly number[];
  #fields: HeaderField[] | null = null;

  /** @param places PLACE numbers for each field, as `scanHeaders` lays them down. */
  constructor(text: string, places: readonly number[]) {
    this.#text = text;
    this.#places = places;
  }

  /** A header of fields that were read elsewhere. */
  static of(fields: readonly HeaderField[]): Headers {
    const headers = new Headers('', []);
    headers.#fields = [...fields];
    return headers;
  }

  get fields(): readonly HeaderField[] {
    if (this.#fields !== null) return this.#fields;
    const fields: HeaderField[] = [];
    let line = 1;
    let counted = 0;
    for (let at = 0; at < this.#places.length; at += PLACE) {
      const start = this.#places[at] as number;
      line += countLines(this.#text, counted, start);
      counted = start;
      fields.push({ name: this.#name(start), value: this.#value(at), line });
    }
    return (this.#fields = fields);
  }

  get size(): number {
    return this.#fields?.length ?? this.#places.length / PLACE;
  }

  /** The first field of that name. `name` in lower case. */
  field(name: string): HeaderField | null {
    if (this.#fields !== null) return this.#fields.find((f) => f.name === name) ?? null;
    const at = this.#find(name);
    if (at === -1) return null;
    const line = 1 + countLines(this.#text, 0, this.#places[at] as number);
    return { name, value: this.#value(at), line };
  }

  /** The first value of that name, as it stands. */
  get(name: string): string | null {
    if (this.#fields !== null) return this.field(name)?.value ?? null;
    const at = this.#find(name);
    return at === -1 ? null : this.#value(at);
  }

  /** The first value of that name, encoded-words decoded (RFC 2047). */
  text(name: string): string | null {
    const value = this.get(name);
    return value === null ? null : decodeWords(value);
  }

  has(name: string): boolean {
    if (this.#fields !== null) return this.#fields.some((f) => f.name === name);
    return this.#find(name) !== -1;
  }

  /** Place of the first field of that name, -1 where there is none. */
  #find(name: string): number {
    for (let at = 0; at < this.#places.length; at += PLACE)
      if (this.#isNamed(this.#places[at] as number, name)) return at;
    return -1;
  }

  #isNamed(start: number, name: string): boolean {
    let at = 0;
    for (; at < name.length; at++) {
      const c = this.#text.charCodeAt(start + at);
      const lower = c >= 65 && c <= 90 ? c | 32 : c;
      if (lower !== name.charCodeAt(at)) return false;
    }
    at += start;
    while (isBlank(this.#text.charCodeAt(at))) at++;
    return this.#text.charCodeAt(at) === COLON;
  }

  #name(start: number): string {
    return this.#text.slice(start, this.#text.indexOf(':', start)).trimEnd().toLowerCase();
  }

  #value(at: number): string {
    const start = this.#text.indexOf(':', this.#places[at]) + 1;
    const raw = this.#text.slice(start, this.#places[at + 1]);
    return raw.includes('\n') ? unfold(raw) : raw.trim();
  }
}

/** RFC 5322 §2.2.3; the blanks of a fold count as one. */
function unfold(raw: string): string {
  let text = '';
  for (let at = 0; at <= raw.length; ) {
    let end = raw.indexOf('\n', at);
    if (end === -1) end = raw.length;
    const line = raw.slice(at, end).trim();
    text = text === '' ? line : `${text} ${line}`;
    at = end + 1;
  }
  return text.trimEnd();
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
  return textToLf(decodeHeaderBytes(bytes));
}

function decodeHeaderBytes(bytes: Buffer): string {
  if (!isAscii(bytes)) return isUtf8(bytes) ? bytes.toString('utf8') : decodeText(bytes, null).text;
  const text = bytes.toString('latin1');
  if (!text.includes('\x1b$')) return text;
  // A line of ISO-2022-JP ends in ASCII (RFC 1468): one that does not must not swallow the next.
  return text
    .split('\n')
    .map((line) =>
      line.includes('\x1b$') ? decodeText(Buffer.from(line, 'latin1'), 'iso-2022-jp').text : line,
    )
    .join('\n');
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
  const places: number[] = [];
  let at = 0;
  let line = 0;
  let malformedLine = 0;
  let truncated = false;
  let unclosed = true;
  /** Of the field that is being read; -1 where none is. */
  let nameStart = -1;
  let nameEnd = 0;
  let valueEnd = 0;

  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    line++;
    const colon = fieldColon(text, at, end);
    if (colon === CONTINUATION) valueEnd = end;
    else if (colon === OTHER && nameStart !== -1 && fieldFollows(text, end, isPart)) {
      malformedLine ||= line;
      // The rest of a folded text; an address is whole without it.
      if (!ADDRESS_FIELD.test(text.slice(nameStart, nameEnd).trimEnd())) valueEnd = end;
    } else {
      truncated = keep(places, nameStart, nameEnd, valueEnd, maxFields, maxLength) || truncated;
      nameStart = -1;
      if (colon === EMPTY) {
        at = Math.min(end + 1, text.length);
        unclosed = false;
        break;
      }
      // The body starts here, or the empty line behind the part's header is missing: the fields of the report.
      if (colon === OTHER || (isPart && opensReport(text, at, colon, places))) {
        line--;
        break;
      }
      nameStart = at;
      nameEnd = colon;
      valueEnd = end;
    }
    at = end + 1;
  }
  truncated = keep(places, nameStart, nameEnd, valueEnd, maxFields, maxLength) || truncated;
  const length = Math.min(at, text.length);
  return { headers: new Headers(text, places), length, lines: line, unclosed, malformedLine, truncated };
}

/** Keeps the place of a field. True where a bound took something of it. */
function keep(
  places: number[],
  nameStart: number,
  nameEnd: number,
  valueEnd: number,
  maxFields: number,
  maxLength: number,
): boolean {
  if (nameStart === -1) return false;
  if (places.length >= maxFields * PLACE) return true;
  const longest = nameEnd + 1 + maxLength;
  places.push(nameStart, Math.min(valueEnd, longest));
  return valueEnd > longest;
}

/** Is this a field that opens a report, in the header of a machine-readable part (RFC 2045 §9)? */
function opensReport(text: string, from: number, colon: number, places: readonly number[]): boolean {
  const first = text.charCodeAt(from) | 32;
  // o, d, r, a, f: what the names in REPORT_FIELD start with; nearly every field of a part starts with c.
  if (first === 99 || !REPORT_FIELD.test(text.slice(from, colon).trimEnd().toLowerCase())) return false;
  return REPORT_TYPE.test(new Headers(text, places).get('content-type') ?? '');
}

const ADDRESS_FIELD = /^(?:to|from|cc|sender|return-path|reply-to|date|message-id)$/i;

/** Fields that open a report (RFC 3464 §2.2, RFC 8098 §3.1, RFC 5965 §3.1); a part's own header never has them. */
const REPORT_FIELD =
  /^(?:reporting-mta|original-envelope-id|dsn-gateway|received-from-mta|arrival-date|original-recipient|final-recipient|reporting-ua|disposition|feedback-type)$/;

const REPORT_TYPE =
  /^\s{0,9}message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report)/i;

const COLON = 58;
const OTHER = -1;
const EMPTY = -2;
const CONTINUATION = -3;

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}

/**
 * The place of the colon where the line `[at, end)` is a field: a name of printable ASCII without blanks (RFC 5322
 * §3.6.8), blanks allowed before the colon (§4.5). Else what the line is instead, as a negative number.
 */
function fieldColon(text: string, at: number, end: number): number {
  if (at >= end) return EMPTY;
  let i = at;
  if (isBlank(text.charCodeAt(at))) {
    while (i < end && isBlank(text.charCodeAt(i))) i++;
    return i < end ? CONTINUATION : EMPTY; // a line of blanks ends a header in the wild
  }
  for (; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === COLON) return i > at ? i : OTHER;
    if (c > 32 && c < 127) continue;
    if (!isBlank(c)) return OTHER;
    while (i < end && isBlank(text.charCodeAt(i))) i++;
    return i < end && text.charCodeAt(i) === COLON ? i : OTHER;
  }
  return OTHER;
}

/** Does a field stand in the line behind `end`? In a part only a Content- field counts. */
function fieldFollows(text: string, end: number, isPart: boolean): boolean {
  const at = end + 1;
  if (at >= text.length) return false;
  let next = text.indexOf('\n', at);
  if (next === -1) next = text.length;
  if (fieldColon(text, at, next) <= 0) return false;
  return !isPart || text.slice(at, at + 8).toLowerCase() === 'content-';
}
