import { decodeWords, type HeaderField, type Headers, scanHeaders } from '../mime/headers.ts';
import type { Part } from '../mime/part.ts';
import { defineLater } from '../model/later.ts';
import type { Message } from '../mime/scan.ts';
import type { MessageHeader, Original } from '../model/report.ts';
import { addressList, bareAddress } from './addresses.ts';
import { parseDate } from './dates.ts';

/** Ids without the angle brackets, which are not part of them (RFC 5322 §3.6.4). */
export function messageIds(value: string | null): string[] {
  if (value === null) return [];
  // Nearly always one id and nothing else.
  if (value.startsWith('<') && value.indexOf('>') === value.length - 1 && !/\s/.test(value))
    return [value.slice(1, -1)];
  const ids = value.match(/<[^<>\s]{1,998}>/g);
  if (ids !== null) return ids.map((id) => id.slice(1, -1));
  const bare = value.trim();
  return bare !== '' && !/\s/.test(bare) ? [bare] : [];
}

/** The header fields that a report tells of a message, each read when somebody asks. */
export class HeaderReader implements MessageHeader {
  protected readonly fields: Headers;
  #messageId: string | null | undefined;
  #from: string | null | undefined;

  constructor(fields: Headers) {
    this.fields = fields;
  }

  get messageId(): string | null {
    return (this.#messageId ??= messageIds(this.fields.get('message-id'))[0] ?? null);
  }

  get from(): string | null {
    if (this.#from !== undefined) return this.#from;
    const from = this.fields.get('from') ?? this.fields.get('sender');
    return (this.#from = from === null ? null : (addressList(decodeAddresses(from))[0] ?? null));
  }

  get to(): string | null {
    const to = this.fields.get('to');
    return to === null ? null : addressList(decodeAddresses(to)).join(', ') || null;
  }

  get subject(): string | null {
    return this.fields.text('subject');
  }

  get date(): string | null {
    const date = this.fields.get('date');
    return date === null ? null : parseDate(date);
  }

  get returnPath(): string | null {
    const path = this.fields.get('return-path');
    return path === null ? null : (bareAddress(path, true) ?? '');
  }

  /** All of it, as a report holds it. */
  read(): MessageHeader {
    const { messageId, from, to, subject, date, returnPath } = this;
    return { messageId, from, to, subject, date, returnPath };
  }
}

/** The header of the returned message. */
export class OriginalReader extends HeaderReader implements Original {
  /** Fields that are repeated. */
  readonly #most: number;
  #headers: Record<string, string> | null = null;

  constructor(fields: Headers, most: number) {
    super(fields);
    this.#most = most;
  }

  get listId(): string | null {
    return listId(this.fields.text('list-id'));
  }

  get headers(): Record<string, string> {
    return (this.#headers ??= headerRecord(this.fields.fields.slice(0, this.#most)));
  }

  override read(): Original {
    const original = { ...super.read(), listId: this.listId } as Original;
    // Repeats every field.
    defineLater(original, 'headers', () => this.headers);
    return original;
  }
}

/** Whole addresses inside encoded-words are an error of the sender (RFC 2047 §5) that occurs. */
function decodeAddresses(value: string): string {
  return value.includes('@') ? value : decodeWords(value);
}

/** The part that holds the returned message or its header: the last one, for it stands behind the report (RFC 6522 §3). */
export function findOriginalPart(message: Message): Part | null {
  for (let at = message.leaves.length - 1; at >= 0; at--) {
    const part = message.leaves[at] as Part;
    if (part.isMessage || part.isHeaderOnly) return part;
  }
  return null;
}

/** Reads the header of the returned message out of its part. Its body is not looked at. */
export function readOriginal(part: Part, message: Message): OriginalReader | null {
  return originalFromHeaderText(headerText(part, message), message);
}

/** The same for a header that stands in a text, as qmail, Exim and others return it. */
export function originalFromHeaderText(text: string, message: Message): OriginalReader | null {
  const { headerLines, fieldLength, originalHeaders } = message.limits;
  const { headers, truncated } = scanHeaders(text, headerLines, fieldLength, false);
  if (headers.size === 0) return null;
  if (truncated) {
    const detail = 'fields of the returned message, or parts of them, were left out';
    message.warnings.add('limit-header-lines', detail);
  }
  if (headers.size > originalHeaders) {
    message.warnings.add(
      'limit-original-headers',
      `the first ${originalHeaders} header fields of the returned message are repeated`,
    );
  }
  return new OriginalReader(headers, originalHeaders);
}

function headerText(part: Part, message: Message): string {
  const { headerBytes } = message.limits;
  const { text, cut } = part.headerText(headerBytes);
  if (cut) {
    const detail = `the first ${headerBytes} bytes of the returned header were read`;
    message.warnings.add('limit-header-bytes', detail, part.path);
  }
  // An mbox line in front of the returned header.
  return /^>?From /.test(text) ? text.slice(text.indexOf('\n') + 1) : text;
}

/** RFC 2919 §3: what stands in angle brackets, else the whole. */
function listId(value: string | null): string | null {
  if (value === null) return null;
  const open = value.lastIndexOf('<');
  const close = value.indexOf('>', open);
  return open !== -1 && close !== -1 ? value.slice(open + 1, close) : value;
}

function headerRecord(fields: readonly HeaderField[]): Record<string, string> {
  const values = new Map<string, string>();
  for (const { name, value } of fields) {
    const text = decodeWords(value);
    const earlier = values.get(name);
    values.set(name, earlier === undefined ? text : `${earlier}\n${text}`);
  }
  return Object.fromEntries(values);
}
