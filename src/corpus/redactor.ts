import { isIP } from 'node:net';
import type { MessageHeader, Original, Report } from '../model/report.ts';
import { isHostName, StandIns } from './stand-ins.ts';
import { isCommonWord, isTraceWord, quotedSubject } from './wording.ts';

/** What nobody but the sender wrote (`returned`) is replaced whole; of a report, only what names somebody. */
export type Side = 'report' | 'returned';

/** Runs between blanks and the marks that stand around addresses, hosts and words. */
const CHUNK = /[^\s<>()[\],;"'|/?&]+/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Fields whose value is a form, not a text. */
const FORMAL =
  /^(?:date|resent-date|mime-version|content-.{1,40}|auto-submitted|precedence|priority|importance|x-priority|x-msmail-priority|x-auto-response-suppress|return-path|arrival-date|last-attempt-date|will-retry-until)$/;

/** Fields of a report that say nothing to a reader and can hold anything, by the last word of their name … */
const OPAQUE_ENDS = new Set('id ids signature seal state index topic token uri name received'.split(' '));

/** … and by how they start. */
const OPAQUE_STARTS = [
  'arc-',
  'x-google-',
  'x-gm-',
  'in-reply-to',
  'references',
  'list-',
  'thread-',
  'x-ms-exchange-',
];

/** What formats know their reports by. */
const TELLING = new Set(['x-ms-exchange-message-is-ndr', 'x-ms-exchange-generated-message-source']);

function isOpaque(name: string): boolean {
  if (TELLING.has(name)) return false;
  return (
    OPAQUE_ENDS.has(name.slice(name.lastIndexOf('-') + 1)) || OPAQUE_STARTS.some((s) => name.startsWith(s))
  );
}

const ADDRESSES = /^(?:from|to|cc|bcc|reply-to|sender|resent-.{1,20}|mail-followup-to)$/;

const ROLE_SENDER =
  /mailer|daemon|postmaster|microsoft|delivery|no-?reply|bounce|courier|sympa|listserv|posta-certificata/i;

/** Knows what is personal in one message, and replaces it. */
export class Redactor {
  readonly standIns = new StandIns();
  /** Words that name somebody wherever they stand. */
  readonly names = new Set<string>();
  readonly #phrase: RegExp | null;
  readonly #original: Original | null;
  /** The whole message is a letter, not a report. */
  readonly #letter: boolean;
  readonly #bareNames: boolean;

  /** Without `bareNames`, a name is replaced in addresses and in headers only. */
  constructor(report: Report, people: readonly string[], bareNames: boolean) {
    this.#letter = report.kind === 'other';
    this.#original = report.original;
    this.#bareNames = bareNames;
    const hosts = [report.reportingMta, report.receivedFromMta, report.dsnGateway];
    const addresses = [
      ...addressesOf(report.message),
      ...(report.original ? addressesOf(report.original) : []),
    ];
    for (const r of report.recipients) {
      addresses.push(r.recipient, r.finalRecipient, r.originalRecipient);
      hosts.push(r.remoteMta);
    }
    for (const text of [...addresses, ...hosts]) this.#learn(text ?? '', 3);
    for (const text of people) this.#learn(text, 2);
    const subject = report.original?.subject ?? '';
    this.#phrase = subject.length >= 4 && !isCommonWord(subject) ? wrapped(subject.slice(0, 500)) : null;
  }

  #learn(text: string, shortest: number): void {
    for (const word of text.match(WORD) ?? []) {
      const number = /^\d+$/.test(word);
      if (word.length >= (number ? 4 : shortest) && !isCommonWord(word)) this.names.add(word.toLowerCase());
    }
  }

  /** Of a text that a server wrote: addresses, hosts, IP numbers, and names that are known. */
  text(text: string): string {
    const out = this.#phrase === null ? text : text.replace(this.#phrase, (phrase) => this.whole(phrase));
    return this.#chunks(out, (word) =>
      this.#bareNames && this.names.has(word.toLowerCase()) ? this.standIns.word(word) : word,
    );
  }

  /** Of a form: addresses, hosts and IP numbers. */
  form(text: string): string {
    return this.#chunks(text, (word) => word);
  }

  /** Every word. */
  whole(text: string, keep: (word: string) => boolean = () => false): string {
    return this.#chunks(text, (word) => (keep(word) ? word : this.standIns.word(word)));
  }

  /** The text of a body: a letter and a returned message whole. */
  body(text: string, side: Side, html: boolean): string {
    if (side === 'report' && !this.#letter) return this.text(text);
    return html ? this.#html(text) : this.whole(text);
  }

  /** Where the header of the returned message starts in a text that it was pasted into; -1 where it does not. */
  returnedIn(text: string): number {
    const [first] = Object.keys(this.#original?.headers ?? {});
    if (first === undefined) return -1;
    const at = `\n${text}`.toLowerCase().indexOf(`\n${first}:`);
    if (at === -1) return -1;
    const end = text.indexOf('\n', at);
    const value = this.#original?.headers[first]?.split(/[\n ]/)[0] ?? '';
    return text.slice(at, end === -1 ? undefined : end).includes(value) ? at : -1;
  }

  /** The value of a field as it stands in a message; parameters keep their names. */
  header(name: string, value: string, side: Side): string {
    if (!/^content-(?:type|disposition)$/.test(name)) return this.field(name, value, side);
    // File names are the sender's words; a boundary can hold a host.
    return value
      .split(';')
      .map((piece) => {
        const equals = piece.indexOf('=');
        const isName = equals !== -1 && /^\s{0,80}(?:file)?name\b/i.test(piece.slice(0, equals));
        return isName ? piece.slice(0, equals + 1) + this.whole(piece.slice(equals + 1)) : this.form(piece);
      })
      .join(';');
  }

  /** The decoded text of a field; `name` in lower case. */
  field(name: string, value: string, side: Side): string {
    if (FORMAL.test(name)) return this.form(value);
    if (name === 'received') {
      const date = value.lastIndexOf(';');
      const trace = date === -1 ? value : value.slice(0, date);
      return this.whole(trace, isTraceWord) + (date === -1 ? '' : value.slice(date));
    }
    if (side === 'returned' || isOpaque(name)) return this.whole(value);
    if (name === 'subject') return this.#subject(value);
    if (ADDRESSES.test(name)) {
      const server = name === 'from' && ROLE_SENDER.test(value);
      return server ? this.text(value) : this.whole(value);
    }
    return this.text(value);
  }

  #subject(value: string): string {
    if (this.#letter) return this.whole(value);
    const at = quotedSubject(value);
    return at === -1 ? this.text(value) : value.slice(0, at) + this.whole(value.slice(at));
  }

  /** Text between tags, and values inside them. */
  #html(html: string): string {
    let out = '';
    for (let at = 0; at < html.length; ) {
      const open = html.indexOf('<', at);
      const close = open === -1 ? -1 : html.indexOf('>', open);
      if (close === -1) return out + this.whole(html.slice(at));
      out += this.whole(html.slice(at, open));
      out += html
        .slice(open, close + 1)
        .split('"')
        .map((piece, n) => (n % 2 === 1 ? this.whole(piece) : piece))
        .join('"');
      at = close + 1;
    }
    return out;
  }

  #chunks(text: string, word: (word: string) => string): string {
    return text.replace(CHUNK, (chunk: string, at: number) => {
      if (text[at - 1] === '&' && text[at + chunk.length] === ';') return chunk; // an HTML entity
      if (chunk.includes('\\x{')) return escapeLike(chunk, this.#chunk(unescapeUtf8(chunk), word));
      return this.#chunk(chunk, word);
    });
  }

  #chunk(chunk: string, word: (word: string) => string): string {
    // `550-mx.example.com said`: a line of a reply that goes on (RFC 5321 §4.2.1).
    if (/^[245]\d\d-./.test(chunk)) return chunk.slice(0, 4) + this.#chunk(chunk.slice(4), word);
    for (const mark of ['@', '%40', '=40', '&#64;']) {
      const at = chunk.lastIndexOf(mark);
      if (at === -1) continue;
      const [domain, rest] = splitHost(chunk.slice(at + mark.length));
      if (mark !== '@' && !isHostName(domain)) continue;
      const start = chunk.lastIndexOf(':', at) + 1; // mailto:
      const local = chunk.slice(start, at);
      const before = start === 0 ? '' : `${this.#chunk(chunk.slice(0, start - 1), word)}:`;
      return before + this.standIns.local(local) + mark + this.standIns.host(domain) + rest;
    }
    const ip = chunk.replace(/^IPv6:/i, '');
    if (isIP(ip) !== 0) return chunk.slice(0, chunk.length - ip.length) + this.standIns.ip(ip);
    return chunk
      .split(/([:=!*#`{}])/)
      .map((piece, at) => (at % 2 === 1 ? piece : this.#piece(piece, word)))
      .join('');
  }

  #piece(piece: string, word: (word: string) => string): string {
    const [host, rest] = splitHost(piece);
    if (isIP(host) !== 0) return this.standIns.ip(host) + rest;
    if (isHostName(host)) return this.standIns.host(host) + rest;
    const lead = /^[-_.]{1,9}/.exec(host)?.[0] ?? '';
    if (lead !== '' && isHostName(host.slice(lead.length))) {
      return lead + this.standIns.host(host.slice(lead.length)) + rest;
    }
    // `=_mx.example.com-701-17952`: a host inside a boundary or an id.
    if (piece.includes('.') && /[-_]/.test(piece)) {
      return piece
        .split(/([-_])/)
        .map((part) => (isHostName(part) ? this.standIns.host(part) : part.replace(WORD, word)))
        .join('');
    }
    return piece.replace(WORD, word);
  }
}

const FIELD = /^([!-9;-~]{1,100})[ \t]{0,9}:/;

/** Header or status fields with what continues them, and lines that are none. */
export function mapFields(
  text: string,
  field: (name: string, value: string) => string,
  line: (line: string) => string,
): string {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at + 1;
    const match = FIELD.exec(lines[at] as string);
    if (match !== null) while (/^[ \t]+\S/.test(lines[end] ?? '')) end++;
    const whole = lines.slice(at, end).join('\n');
    if (match === null) out.push(line(whole));
    else out.push(match[0] + field((match[1] as string).toLowerCase(), whole.slice(match[0].length)));
    at = end;
  }
  return out.join('\n');
}

/** The words as they stand, whatever blanks and line ends a server put between them; not the inside of an address. */
function wrapped(phrase: string): RegExp {
  const words = phrase
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}@._+-])${words.join('\\s{1,20}')}(?![\\p{L}\\p{N}@_+-])`, 'giu');
}

/** Who the address fields of a header name. */
function addressesOf(header: MessageHeader): (string | null)[] {
  return [header.from, header.to, header.returnPath];
}

/** What closes a sentence or a boundary does not belong to the host in front of it, nor do particles (`에게`). */
function splitHost(text: string): [host: string, rest: string] {
  const glued = /^[!-~]{1,253}\.[A-Za-z]{2,24}(?=[^\0-\x7f])/.exec(text)?.[0];
  if (glued !== undefined) return [glued, text.slice(glued.length)];
  const end = /[-.!:]{0,9}$/.exec(text)?.index ?? text.length;
  return [text.slice(0, end), text.slice(end)];
}

/** RFC 6533 §3. */
const ESCAPE = /\\x\{([0-9A-Fa-f]{2,6})\}/g;

function unescapeUtf8(text: string): string {
  return text.replace(ESCAPE, (whole, hex: string) => {
    const point = Number.parseInt(hex, 16);
    return point >= 0x20 && point < 0xd800 ? String.fromCodePoint(point) : whole;
  });
}

/** Writes the characters that the original escaped, and what is not ASCII where it had nothing else, as `\x{HEX}`. */
function escapeLike(original: string, text: string): string {
  const escaped = new Set(original.match(ESCAPE)?.map(unescapeUtf8));
  const raw = /[^\0-\x7f]/.test(original);
  return Array.from(text, (c) => {
    const point = c.codePointAt(0) as number;
    return escaped.has(c) || (point > 0x7f && !raw) ? `\\x{${point.toString(16).toUpperCase()}}` : c;
  }).join('');
}
