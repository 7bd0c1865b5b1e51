import { isAscii } from 'node:buffer';
import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { decodeHeaderBlock, type Headers, scanHeaders } from './headers.ts';
import { hasOddLineEnds, textToLf, toLf } from './lines.ts';
import { Part, type PartContext, WarningList } from './part.ts';

/** A message as its part tree. */
export interface Message {
  readonly headers: Headers;
  readonly root: Part;
  /** Every leaf, in the order of the message. */
  readonly leaves: readonly Part[];
  readonly warnings: WarningList;
  readonly limits: Limits;
  /** What `once` keeps. */
  readonly memo: Map<unknown, unknown>;
}

/**
 * What `work` makes of a message, worked out the first time. Kept in the message itself: entries of a WeakMap let
 * what they hold live until the next full garbage collection.
 */
export function once<T>(message: Message, work: (message: Message) => T): T {
  const { memo } = message;
  let value = memo.get(work) as T | undefined;
  if (value === undefined && !memo.has(work)) {
    value = work(message);
    memo.set(work, value);
  }
  return value as T;
}

const LF = 10;
const CR = 13;
const DELIMITER = '\n--';
const HEADER_END = '\n\n';
const HEADER_END_CRLF = '\n\r\n';

/** An open multipart: its delimiter line without the leading `--`. */
interface Open {
  readonly part: Part;
  readonly boundary: string;
  children: number;
}

/** Reads the part tree of a message. One walk over the delimiter lines; bodies are not looked into. */
export function scanMessage(
  input: Buffer,
  limits: Limits = DEFAULT_LIMITS,
  warnings = new WarningList(),
): Message {
  let bytes = input;
  if (bytes.length > limits.bytes) {
    bytes = bytes.subarray(0, limits.bytes);
    warnings.add('limit-bytes', `the first ${limits.bytes} of ${input.length} bytes were read`);
  }
  let text = bytes.toString('latin1');
  let crlf = text.includes('\r');
  // A lone CR in front of a delimiter would hide it.
  if (crlf && (hasOddLineEnds(bytes) || text.includes('\r--'))) {
    bytes = toLf(bytes);
    text = bytes.toString('latin1');
    crlf = false;
  }
  return new Scanner(bytes, text, crlf, limits, warnings).scan();
}

function opensParts(headers: Headers): boolean {
  const type = headers.get('content-type');
  return type !== null && /^\s*multipart\//i.test(type);
}

class Scanner {
  readonly #bytes: Buffer;
  /** A character for each byte: strings are searched without leaving the engine. */
  readonly #text: string;
  /** Line ends are CRLF here and there; bodies are converted when they are read. */
  readonly #crlf: boolean;
  readonly #limits: Limits;
  readonly #warnings: WarningList;
  readonly #leaves: Part[] = [];
  readonly #open: Open[] = [];
  #parts = 0;
  readonly #plain: PartContext;

  constructor(bytes: Buffer, text: string, crlf: boolean, limits: Limits, warnings: WarningList) {
    this.#bytes = bytes;
    this.#text = text;
    this.#crlf = crlf;
    this.#limits = limits;
    this.#warnings = warnings;
    this.#plain = { latin1: text, ascii: isAscii(bytes), limits, warnings, defaultType: 'text/plain' };
  }

  scan(): Message {
    const start = this.#skipEnvelope();
    const { headers, body } = this.#headers(start, '0');
    if (headers.size === 0) {
      if (this.#bytes.length === start) this.#warnings.add('empty-message', 'the message is empty');
      else this.#warnings.add('not-a-message', 'there is no header field: this is no mail');
    }
    // A message that is no multipart has its body in section 1 (RFC 9051 §6.4.5).
    const isMultipart = opensParts(headers);
    const root = new Part(
      isMultipart ? '' : '1',
      headers,
      this.#bytes,
      body,
      this.#bytes.length,
      this.#plain,
    );
    if (isMultipart) this.#walk(root, body);
    else this.#leaves.push(root);
    return {
      headers,
      root,
      leaves: this.#leaves,
      warnings: this.#warnings,
      limits: this.#limits,
      memo: new Map(),
    };
  }

  /** Empty lines and the `From ` line of an mbox in front of the header. */
  #skipEnvelope(): number {
    const text = this.#text;
    let at = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
    for (;;) {
      at = this.#skipEmptyLines(at);
      if (!text.startsWith('From ', at) && !text.startsWith('>From ', at)) return at;
      const end = text.indexOf('\n', at);
      if (end === -1) return at;
      at = end + 1;
    }
  }

  #skipEmptyLines(from: number): number {
    let start = from;
    for (let at = from; at < this.#text.length; at++) {
      const c = this.#text.charCodeAt(at);
      if (c === LF) start = at + 1;
      else if (c !== 32 && c !== 9 && c !== CR) break;
    }
    return start;
  }

  #headers(start: number, path: string): { headers: Headers; body: number } {
    const { headerBytes, headerLines, fieldLength } = this.#limits;
    const { end, cut } = this.#headerEnd(start);
    if (cut)
      this.#warnings.add(
        'limit-header-bytes',
        `the first ${headerBytes} bytes of the header were read`,
        path,
      );
    const stop = cut ? start + headerBytes : end;
    const text = this.#decode(start, stop);
    const scanned = scanHeaders(text, headerLines, fieldLength, path !== '0');
    if (scanned.truncated)
      this.#warnings.add('limit-header-lines', 'fields or parts of them were left out', path);
    if (scanned.malformedLine > 0) {
      this.#warnings.add('malformed-header', `line ${scanned.malformedLine} of the header is no field`, path);
    }
    if (scanned.unclosed && !cut && scanned.headers.size > 0) {
      this.#warnings.add('missing-header-end', 'no empty line between header and body', path);
    }
    const early = scanned.length < text.length;
    return { headers: scanned.headers, body: early ? this.#behindLines(start, stop, scanned.lines) : end };
  }

  /** A header as text. It is copied out of the message, so that a report does not keep the whole of it alive. */
  #decode(start: number, end: number): string {
    if (!this.#plain.ascii) return decodeHeaderBlock(this.#bytes.subarray(start, end));
    const text = this.#bytes.toString('latin1', start, end);
    return text.includes('\x1b') ? decodeHeaderBlock(this.#bytes.subarray(start, end)) : textToLf(text);
  }

  /** Where `lines` lines behind `start` end, `stop` at most. */
  #behindLines(start: number, stop: number, lines: number): number {
    let at = start;
    for (let n = 0; n < lines; n++) {
      const end = this.#text.indexOf('\n', at);
      if (end === -1 || end >= stop) return stop;
      at = end + 1;
    }
    return at;
  }

  /** Where the empty line behind the header at `start` ends; `cut` where none comes within the bound. */
  #headerEnd(start: number): { end: number; cut: boolean } {
    const text = this.#text;
    if (text.startsWith('\n', start)) return { end: start + 1, cut: false };
    if (text.startsWith('\r\n', start)) return { end: start + 2, cut: false };
    const bound = start + this.#limits.headerBytes;
    const window = text.length > bound + 4 ? text.slice(0, bound + 4) : text;
    const [first, second] = this.#crlf ? [HEADER_END_CRLF, HEADER_END] : [HEADER_END, HEADER_END_CRLF];
    let end = window.indexOf(first, start);
    if (end !== -1) end += first.length;
    if (this.#crlf) {
      const earlier = (end === -1 ? window : window.slice(0, end)).indexOf(second, start);
      if (earlier !== -1) end = earlier + second.length;
    }
    if (end !== -1) return { end, cut: false };
    if (window.length <= bound) return { end: text.length, cut: false };
    const rest = text.indexOf(first, start);
    return { end: rest === -1 ? text.length : rest + first.length, cut: true };
  }

  #walk(root: Part, body: number): void {
    this.#enter(root, body);
    const bytes = this.#bytes;
    const text = this.#text;
    /** The leaf whose body is being passed over. */
    let leaf: { headers: Headers; path: string; parent: Part; start: number } | null = null;
    // A delimiter may stand on the very first line of the body.
    let at = body - 1;
    for (;;) {
      at = text.indexOf(DELIMITER, at);
      if (at === -1 || this.#open.length === 0) break;
      let end = text.indexOf('\n', at + 1);
      if (end === -1) end = text.length;
      const depth = this.#match(at + 3, end);
      if (depth === null) {
        at = end;
        continue;
      }
      if (leaf !== null) this.#close(leaf, at);
      leaf = null;
      this.#leave(depth.index + 1);
      if (depth.close) {
        this.#leave(depth.index, true);
        at = end;
        continue;
      }
      if (this.#parts >= this.#limits.parts) {
        this.#warnings.add('limit-parts', `the first ${this.#limits.parts} parts were read`);
        this.#leave(0, true);
        return;
      }
      this.#parts++;
      const owner = this.#open[depth.index] as Open;
      owner.children++;
      const path = owner.part.path === '' ? `${owner.children}` : `${owner.part.path}.${owner.children}`;
      const { headers, body: start } = this.#headers(Math.min(end + 1, bytes.length), path);
      const isMultipart = opensParts(headers);
      if (isMultipart && this.#open.length < this.#limits.depth) {
        const part = new Part(path, headers, bytes, start, start, this.#plain);
        owner.part.children.push(part);
        this.#enter(part, start);
      } else {
        if (isMultipart)
          this.#warnings.add(
            'limit-depth',
            `multiparts deeper than ${this.#limits.depth} are not opened`,
            path,
          );
        leaf = { headers, path, parent: owner.part, start };
      }
      at = start - 1;
    }
    if (leaf !== null) this.#close(leaf, bytes.length);
    this.#leave(0);
  }

  #close(leaf: { headers: Headers; path: string; parent: Part; start: number }, end: number): void {
    if (this.#text.charCodeAt(end - 1) === CR) end--; // the line end in front of a delimiter belongs to it (RFC 2046 §5.1.1)
    const context =
      leaf.parent.type === 'multipart/digest'
        ? { ...this.#plain, defaultType: 'message/rfc822' }
        : this.#plain;
    const part = new Part(
      leaf.path,
      leaf.headers,
      this.#bytes,
      leaf.start,
      Math.max(leaf.start, end),
      context,
    );
    leaf.parent.children.push(part);
    this.#leaves.push(part);
  }

  #enter(part: Part, body: number): void {
    let boundary = part.param('boundary')?.trimEnd() ?? '';
    const path = part.path === '' ? null : part.path;
    if (boundary === '') this.#warnings.add('missing-boundary', 'a multipart without boundary', path);
    // Only the root is worth a search: what a nested part lost, its parent still delimits.
    if (part.path === '' && (boundary === '' || !this.#occurs(boundary, body))) {
      const found = this.#guessBoundary(body);
      if (found !== null) {
        if (boundary !== '')
          this.#warnings.add(
            'wrong-boundary',
            'the declared boundary does not occur; another was used',
            path,
          );
        boundary = found;
      }
    }
    this.#open.push({ part, boundary, children: 0 });
  }

  #occurs(boundary: string, from: number): boolean {
    return this.#text.indexOf(`\n--${boundary}`, from - 1) !== -1;
  }

  /** The first delimiter-like line that a Content- field follows. */
  #guessBoundary(from: number): string | null {
    const text = this.#text;
    for (let at = text.indexOf(DELIMITER, from - 1); at !== -1; at = text.indexOf(DELIMITER, at + 1)) {
      let end = text.indexOf('\n', at + 1);
      if (end === -1) end = text.length;
      if (end - at > 80 || !/^content-/i.test(text.slice(end + 1, end + 9))) continue;
      const boundary = text.slice(at + 3, end).trimEnd();
      if (boundary !== '' && boundary.length <= 70) return boundary; // RFC 2046 §5.1.1
    }
    return null;
  }

  /** Which open multipart the line belongs to, innermost first; null for an ordinary line. */
  #match(at: number, end: number): { index: number; close: boolean } | null {
    if (end - at > 400) return null;
    let stop = end;
    while (stop > at && this.#text.charCodeAt(stop - 1) <= 32) stop--;
    const index = this.#opened(at, stop);
    if (index !== -1) return { index, close: false };
    const closed = this.#text.startsWith('--', stop - 2) ? this.#opened(at, stop - 2) : -1;
    return closed === -1 ? null : { index: closed, close: true };
  }

  /** Place of the innermost open multipart with this boundary, -1 where there is none. */
  #opened(at: number, end: number): number {
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const { boundary } = this.#open[index] as Open;
      if (boundary.length === end - at && boundary !== '' && this.#text.startsWith(boundary, at))
        return index;
    }
    return -1;
  }

  /** Closes the multiparts from the innermost to `depth`. */
  #leave(depth: number, properly = false): void {
    while (this.#open.length > depth) {
      const { part } = this.#open.pop() as Open;
      if (!properly) {
        this.#warnings.add(
          'missing-close-boundary',
          'the last boundary is missing: the mail may be cut',
          part.path === '' ? null : part.path,
        );
      }
    }
  }
}
