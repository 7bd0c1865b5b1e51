import type { Limits } from '../limits.ts';
import type { Warning, WarningCode } from '../model/warnings.ts';
import { decodeText } from './charset.ts';
import { type ContentType, leadingValue, parseContentType } from './content-type.ts';
import { decodeHeaderBlock, type Headers } from './headers.ts';
import { hasOddLineEnds, textToLf, toLf } from './lines.ts';
import { decodeTransfer, isIdentity } from './transfer.ts';

const LF = 10;
const CR = 13;
const EMPTY_LINE = Buffer.from('\n\n');
const EMPTY_LINE_CRLF = Buffer.from('\n\r\n');

/** Collects the warnings of one message; each code is told once per part. */
export class WarningList {
  readonly list: Warning[] = [];

  add(code: WarningCode, detail: string, part: string | null = null): void {
    for (const w of this.list) if (w.code === code && w.part === part) return;
    this.list.push({ code, detail, part });
  }
}

/** What stays a part of a report, whatever wraps it (RFC 6522 §3, RFC 6533 §4–6). */
const HEADER_ONLY = new Set(['text/rfc822-headers', 'text/rfc822-header', 'message/global-headers']);
const MESSAGE = new Set(['message/rfc822', 'message/global']);

/** One MIME part. The bytes stay where they are in the message until somebody reads them. */
export class Part {
  /** IMAP section number; `""` for a multipart root. */
  readonly path: string;
  readonly headers: Headers;
  readonly children: Part[] = [];
  /** Set by `render` for HTML that a person was meant to read. */
  rendered: string | null = null;

  readonly #context: PartContext;
  readonly #message: Buffer;
  readonly #start: number;
  readonly #end: number;
  #raw: Buffer | null = null;
  #contentType: ContentType | null = null;
  #type: string | null = null;
  #bytes: Buffer | null = null;
  #text: string | null = null;

  /** The body is `[start, end)` of the message. */
  constructor(
    path: string,
    headers: Headers,
    message: Buffer,
    start: number,
    end: number,
    context: PartContext,
  ) {
    this.path = path;
    this.headers = headers;
    this.#message = message;
    this.#start = start;
    this.#end = end;
    this.#context = context;
  }

  /** The body as it stands in the message, still in its transfer encoding, line ends as LF. */
  get raw(): Buffer {
    return (this.#raw ??= toLf(this.#message.subarray(this.#start, this.#end)));
  }

  /** Bytes of the body as it came, without reading it. */
  get size(): number {
    return this.#end - this.#start;
  }

  /** 1-based line of the message on which the body starts. Counted on demand: only an inline report needs it. */
  get line(): number {
    let line = 1;
    for (
      let at = this.#message.indexOf(LF);
      at !== -1 && at < this.#start;
      at = this.#message.indexOf(LF, at + 1)
    )
      line++;
    return line;
  }

  get contentType(): ContentType {
    return (this.#contentType ??= parseContentType(this.headers.get('content-type') ?? ''));
  }

  /** `type/subtype` in lower case. Missing or broken means `text/plain` (RFC 2045 §5.2). */
  get type(): string {
    if (this.#type !== null) return this.#type;
    const value = leadingValue(this.headers.get('content-type') ?? '');
    return (this.#type = value === 'text' || value === '' ? this.#context.defaultType : value);
  }

  param(name: string): string | null {
    return this.contentType.params.get(name) ?? null;
  }

  get isMultipart(): boolean {
    return this.type.startsWith('multipart/');
  }

  /** message/rfc822 and message/global: holds a whole message. */
  get isMessage(): boolean {
    return MESSAGE.has(this.type);
  }

  /** text/rfc822-headers and message/global-headers: holds a header. */
  get isHeaderOnly(): boolean {
    return HEADER_ONLY.has(this.type);
  }

  /** `attachment`, `inline`, or empty. */
  get disposition(): string {
    const field = this.headers.get('content-disposition');
    return field === null ? '' : leadingValue(field);
  }

  get transferEncoding(): string {
    const field = this.headers.get('content-transfer-encoding');
    return field === null ? '' : leadingValue(field).replace(/^["']|["']$/g, '');
  }

  /** The body, transfer encoding undone. */
  get bytes(): Buffer {
    if (this.#bytes !== null) return this.#bytes;
    const { bytes, defect } = decodeTransfer(this.raw, this.transferEncoding);
    if (defect !== null) {
      const encoding = this.transferEncoding.slice(0, 40);
      this.#context.warnings.add(
        defect,
        `Content-Transfer-Encoding "${encoding}": the body is read as it stands`,
        this.path,
      );
    }
    return (this.#bytes = bytes === this.raw ? bytes : toLf(bytes));
  }

  /**
   * The header that the body starts with, as text with LF line ends: for a returned message, whose own body nobody
   * reads. Looked for in the first `length` bytes; `cut` where it goes on behind them.
   */
  headerText(length: number): { readonly text: string; readonly cut: boolean } {
    const encoding = this.transferEncoding;
    const body =
      encoding === 'base64' || encoding === 'quoted-printable'
        ? this.bytes
        : this.#message.subarray(this.#start, this.#end);
    let bytes = body.subarray(0, length);
    if (hasOddLineEnds(bytes)) bytes = toLf(bytes);
    let start = 0;
    while (bytes[start] === LF || bytes[start] === CR) start++;
    const crlf = bytes[bytes.indexOf(LF, start) - 1] === CR;
    const end = bytes.indexOf(crlf ? EMPTY_LINE_CRLF : EMPTY_LINE, start);
    const text = decodeHeaderBlock(end === -1 ? bytes.subarray(start) : bytes.subarray(start, end + 1));
    return { text, cut: end === -1 && body.length > length };
  }

  /** The body as text with LF line ends, charset undone; cut at the bound. */
  get text(): string {
    if (this.#text !== null) return this.#text;
    const { limits, warnings } = this.#context;
    const bound = this.type.startsWith('message/') ? limits.statusBytes : limits.textBytes;
    const plain = this.#plainText(bound);
    if (plain !== null) return (this.#text = plain);
    let bytes = this.bytes;
    if (bytes.length > bound) {
      bytes = bytes.subarray(0, bound);
      warnings.add('limit-text-bytes', `the first ${bound} bytes of the part were read`, this.path);
    }
    const label = this.param('charset');
    const { text, defect } = decodeText(bytes, label);
    if (defect !== null) {
      warnings.add(
        defect,
        `charset "${(label ?? '').slice(0, 40)}" does not fit the bytes, or is not known`,
        this.path,
      );
    }
    return (this.#text = textToLf(text));
  }

  /** Does an ASCII literal stand in the body as it came? Nothing is decoded for it, and nothing warned of. */
  holds(literal: string): boolean {
    const { latin1 } = this.#context;
    if (latin1 === null) return this.raw.includes(literal, 0, 'latin1');
    return latin1.slice(this.#start, this.#end).includes(literal);
  }

  /** The text of a body that is ASCII as it stands, as nearly every report is; null where it has to be decoded. */
  #plainText(bound: number): string | null {
    if (!this.#context.ascii || this.size > bound || !isIdentity(this.transferEncoding)) return null;
    const label = this.param('charset');
    if (label !== null && !ASCII_LABEL.test(label)) return null;
    const text = this.#message.toString('latin1', this.#start, this.#end);
    return text.includes('\x1b') ? null : textToLf(text);
  }
}

/** Charsets of which ASCII is a part, as reports label them. */
const ASCII_LABEL = /^(?:us-ascii|utf-8|iso-8859-(?:1|2|15))$/i;

/** What every part of one message shares. */
export interface PartContext {
  /** The message with a character for each byte, null where its parts do not lie in one. */
  readonly latin1: string | null;
  /** No byte of the message is above 127. */
  readonly ascii: boolean;
  readonly limits: Limits;
  readonly warnings: WarningList;
  readonly defaultType: string;
}
