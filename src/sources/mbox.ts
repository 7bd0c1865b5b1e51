/** One message of an mbox file, without its `From ` line and the blank line that ends it. */
export interface MboxMessage {
  /** One byte more than `maxBytes` at most. */
  readonly bytes: Buffer;
  /** Place in the file, from 0. */
  readonly index: number;
}

const LF = 0x0a;
const CR = 0x0d;
const GREATER = 0x3e;
const FROM = Buffer.from('From ');
const LINE_FROM = Buffer.from('\nFrom ');
const QUOTED_FROM = Buffer.from('>From ');

/** Bytes of a `From ` line and of the line below it that are looked at; writers stay far below. */
const LINE_BYTES = 1_000;

/**
 * `From sender date` (RFC 4155 appendix A), in the forms of writers that put a zone in front of or behind the year,
 * leave out the seconds, or write `-` for the sender. Prose that starts with "From " has no clock and year.
 */
function isFromLine(line: string): boolean {
  if (!line.startsWith('From ')) return false;
  return /[ \t]\d{1,2}:\d\d\b/.test(line) && /[ \t](?:19|20)\d\d\b/.test(line);
}

/** A header field or nothing: what stands below a `From ` line. */
function startsMessage(line: string): boolean {
  return line === '' || /^(?:[!-9;-~]{1,76}[ \t]{0,4}:|>From )/.test(line);
}

/** Whether a file that begins like this is an mbox. Blank lines in front are passed over. */
export function isMbox(start: Buffer): boolean {
  let at = 0;
  while (start[at] === LF || start[at] === CR) at++;
  // A file with CR line ends is one old message: mboxes are written with LF.
  const lf = start.indexOf(LF, at);
  return lf !== -1 && lf - at < LINE_BYTES && isFromLine(lineAt(start, at));
}

function lineAt(bytes: Buffer, start: number): string {
  const lf = bytes.indexOf(LF, start);
  let end = lf === -1 ? bytes.length : lf;
  if (bytes[end - 1] === CR && end > start) end--;
  return bytes.toString('latin1', start, Math.min(end, start + LINE_BYTES));
}

/**
 * Splits an mbox: mboxo, mboxrd, mboxcl and mboxcl2, with LF or CRLF. Memory is bounded by one message of `maxBytes`
 * and a chunk; what a message has beyond that is passed over.
 *
 * A message ends at a blank line and a `From ` line with a date and a header below it. Inside of what Content-Length
 * covers (mboxcl2 quotes nothing) such a line is text, provided that the length leads to the next `From ` line.
 */
export async function* splitMbox(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<MboxMessage> {
  const splitter = new MboxSplitter(maxBytes);
  for await (const chunk of chunks) {
    splitter.add(chunk);
    for (let message = splitter.next(); message !== null; message = splitter.next()) yield message;
  }
  splitter.end();
  for (let message = splitter.next(); message !== null; message = splitter.next()) yield message;
}

class MboxSplitter {
  readonly #maxBytes: number;
  /** Bytes that belong to no finished message and were not collected yet. */
  #window: Buffer = Buffer.alloc(0);
  #ended = false;
  #index = 0;
  /** In front of the first `From ` line, or in a message. */
  #inMessage = false;
  #parts: Buffer[] = [];
  /** Bytes of the message so far, those passed over included. */
  #length = 0;
  #kept = 0;
  /** Where Content-Length says that the message ends; undefined = not looked for, null = none. */
  #statedEnd: number | null | undefined;
  /** The first `From ` line inside of what Content-Length covers. */
  #inner: number | null = null;
  /** One wrong length, and no length of this file is believed. */
  #lengthsHold = true;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(chunk: Buffer): void {
    this.#window = this.#window.length === 0 ? chunk : Buffer.concat([this.#window, chunk]);
  }

  end(): void {
    this.#ended = true;
  }

  /** The next whole message, or null until more bytes were added. */
  next(): MboxMessage | null {
    if (!this.#inMessage && !this.#skipFirstLine()) return null;
    let from = 0;
    for (;;) {
      const at = this.#window.indexOf(LINE_FROM, from);
      if (at === -1) break;
      const line = this.#fromLine(at + 1);
      if (line === null) {
        // Wait for the rest of the line. What is before it is text, save for the blank line.
        if (this.#lengthFailed(this.#length + at)) return this.#fallBack();
        this.#collect(Math.max(0, at - 2));
        return null;
      }
      if (line > 0 && this.#endsAt(at)) return this.#finish(at + 1, line);
      if (this.#lengthFailed(this.#length + at)) return this.#fallBack();
      from = at + 1;
    }
    if (this.#ended) {
      if (this.#inner !== null && !this.#atStatedEnd(this.#length + this.#window.length))
        return this.#fallBack();
      return this.#finish(this.#window.length, this.#window.length);
    }
    const searched = Math.max(0, this.#window.length - LINE_FROM.length - 2);
    if (this.#lengthFailed(this.#length + searched)) return this.#fallBack();
    this.#collect(searched);
    return null;
  }

  /** Passes the `From ` line of the first message. False where there is none. */
  #skipFirstLine(): boolean {
    let at = 0;
    while (this.#window[at] === LF || this.#window[at] === CR) at++;
    const lf = this.#window.indexOf(LF, at);
    if (lf === -1 && !this.#ended) return false;
    if (at === this.#window.length) return false;
    const hasLine = this.#window.subarray(at, at + FROM.length).equals(FROM);
    const next = lf === -1 ? this.#window.length : lf + 1;
    this.#window = this.#window.subarray(hasLine ? next : at);
    this.#inMessage = true;
    return true;
  }

  /** Start of the message below the `From ` line at `start`; 0 where it is none; null where more bytes tell. */
  #fromLine(start: number): number | null {
    const window = this.#window;
    const end = window.indexOf(LF, start);
    if (end === -1) return this.#ended || window.length - start > LINE_BYTES ? 0 : null;
    if (end - start > LINE_BYTES || !isFromLine(lineAt(window, start))) return 0;
    const below = window.indexOf(LF, end + 1);
    if (below === -1 && !this.#ended && window.length - end <= LINE_BYTES) return null;
    return startsMessage(lineAt(window, end + 1)) ? end + 1 : 0;
  }

  /** Whether the `From ` line behind the line end at `at` ends the message. */
  #endsAt(at: number): boolean {
    const length = this.#length + at + 1;
    if (this.#statedEnd === undefined) this.#statedEnd = this.#readStatedEnd(at);
    if (this.#atStatedEnd(length)) return true;
    const window = this.#window;
    const blank = window[at - 1] === LF || (window[at - 1] === CR && window[at - 2] === LF);
    if (!blank) return false;
    if (this.#statedEnd === null || length > this.#statedEnd) return this.#inner === null;
    this.#inner ??= length;
    return false;
  }

  /** The length counts the body; writers put up to one blank line behind it. */
  #atStatedEnd(length: number): boolean {
    const end = this.#statedEnd;
    return end !== null && end !== undefined && length >= end && length <= end + 2;
  }

  #lengthFailed(length: number): boolean {
    return this.#inner !== null && length > (this.#statedEnd ?? 0) + 2;
  }

  #readStatedEnd(at: number): number | null {
    if (!this.#lengthsHold || this.#length > this.#kept) return null;
    const message = joined([...this.#parts, this.#window.subarray(0, at + 1)]);
    const lf = message.indexOf('\n\n');
    const crlf = message.indexOf('\r\n\r\n');
    const headerEnd = crlf !== -1 && (lf === -1 || crlf < lf) ? crlf + 4 : lf === -1 ? -1 : lf + 2;
    if (headerEnd === -1) return null;
    const field = /(?:^|\n)content-length:[ \t]{0,20}(\d{1,12})[ \t]{0,20}\r?\n/i.exec(
      message.toString('latin1', 0, headerEnd),
    );
    if (field === null) return null;
    const end = headerEnd + Number(field[1]);
    return end <= this.#maxBytes ? end : null;
  }

  #collect(end: number): void {
    if (end === 0) return;
    const room = this.#maxBytes + 1 - this.#kept;
    if (room > 0) {
      const part = this.#window.subarray(0, Math.min(end, room));
      this.#parts.push(part);
      this.#kept += part.length;
    }
    this.#length += end;
    this.#window = this.#window.subarray(end);
  }

  /** The length was wrong: the message ends at the first `From ` line after all. */
  #fallBack(): MboxMessage | null {
    const inner = this.#inner ?? 0;
    this.#lengthsHold = false;
    this.#window = Buffer.concat([...this.#parts, this.#window]);
    this.#parts = [];
    this.#length = 0;
    this.#kept = 0;
    this.#inner = null;
    this.#statedEnd = null;
    const line = this.#fromLine(inner);
    return this.#finish(inner, line === null || line === 0 ? inner : line);
  }

  #finish(end: number, next: number): MboxMessage | null {
    const last = end === this.#window.length && next === end;
    const escaped = this.#inner === null;
    this.#collect(end);
    this.#window = this.#window.subarray(next - end);
    let bytes = joined(this.#parts);
    const whole = this.#kept === this.#length;
    this.#parts = [];
    this.#length = 0;
    this.#kept = 0;
    this.#statedEnd = undefined;
    this.#inner = null;
    if (last) this.#inMessage = false;
    if (last && bytes.length === 0 && this.#index > 0) return null;
    if (whole) bytes = withoutBlankLine(bytes);
    return { bytes: escaped ? unquoteFromLines(bytes) : bytes, index: this.#index++ };
  }
}

/** One part is not copied: most messages lie in one chunk, and live about as long as it does. */
function joined(parts: readonly Buffer[]): Buffer {
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

function withoutBlankLine(bytes: Buffer): Buffer {
  const n = bytes.length;
  if (bytes[n - 1] !== LF) return bytes;
  if (bytes[n - 2] === LF) return bytes.subarray(0, n - 1);
  return bytes[n - 2] === CR && bytes[n - 3] === LF ? bytes.subarray(0, n - 2) : bytes;
}

/** Takes one `>` off lines of `>From `, `>>From `, … (mboxrd; in mboxo one level is all there is). */
function unquoteFromLines(bytes: Buffer): Buffer {
  let at = bytes.indexOf(QUOTED_FROM);
  if (at === -1) return bytes;
  const parts: Buffer[] = [];
  let kept = 0;
  while (at !== -1) {
    let start = at;
    while (start > kept && bytes[start - 1] === GREATER) start--;
    if (start === 0 || bytes[start - 1] === LF) {
      parts.push(bytes.subarray(kept, start));
      kept = start + 1;
    }
    at = bytes.indexOf(QUOTED_FROM, at + 1);
  }
  parts.push(bytes.subarray(kept));
  return Buffer.concat(parts);
}
