/** Addresses as reports write them (RFC 3464 §2.3.2, RFC 6533 §3, RFC 5321 §4.1.2). */

/** A field value of the form `type; value`. */
export interface TypedValue {
  /** Lower case, empty where the value has none. */
  readonly type: string;
  readonly value: string;
}

/** Longest name of a type that is looked for. */
const TYPE_LENGTH = 41;

/** Kinds of ASCII characters, as bits: these functions run on every field of every report. */
const LETTER = 1;
/** Letters, digits, `/` and `-`: what names of types are made of (RFC 3461 §4.2 atoms, as they occur). */
const TYPE = 2;
/** Allowed in an unquoted local part. */
const LOCAL_CHAR = 4;
/** Letters, digits and `_`: starts a label of a domain. */
const LABEL = 8;
/** Ends a host name in a field. */
const HOST_END = 16;
const KINDS = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const char = String.fromCharCode(c);
  if (/[A-Za-z]/.test(char)) KINDS[c] = LETTER;
  if (/[A-Za-z0-9/-]/.test(char)) KINDS[c] = (KINDS[c] as number) | TYPE;
  if (/[^\s<>()[\]\\,;:"@]/.test(char)) KINDS[c] = (KINDS[c] as number) | LOCAL_CHAR;
  if (/\w/.test(char)) KINDS[c] = (KINDS[c] as number) | LABEL;
  if (/[\s[(<>;,"']/.test(char)) KINDS[c] = (KINDS[c] as number) | HOST_END;
}

function is(text: string, at: number, kind: number): boolean {
  const c = text.charCodeAt(at);
  return c < 128 && ((KINDS[c] as number) & kind) !== 0;
}

/** `rfc822; bob@example.com` → type `rfc822`, value `bob@example.com`. A value without type has the type `''`. */
export function splitType(field: string): TypedValue {
  let start = 0;
  while (start < 9 && field.charCodeAt(start) === 32) start++;
  if (is(field, start, LETTER)) {
    let end = start + 1;
    while (end - start < TYPE_LENGTH && is(field, end, TYPE)) end++;
    let at = end;
    while (at - end < 9 && field.charCodeAt(at) === 32) at++;
    if (field.charCodeAt(at) === 59)
      return { type: field.slice(start, end).toLowerCase(), value: field.slice(at + 1).trim() };
  }
  return { type: '', value: field.trim() };
}

/** What an unquoted local part may hold; `%`, `!` and `=` are routing and encapsulation that real reports carry. */
const LOCAL = /^[^\s<>()[\]\\,;:"@]{1,256}$/;
const QUOTED_LOCAL = /^"(?:[^"\\]|\\.){0,254}"$/;
const DOMAIN =
  /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]{0,62}(?:\.[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]{0,62}){0,40}\.?$/u;
const ADDRESS_LITERAL = /^\[[0-9A-Za-z.:-]{2,60}\]$/;

/** Is this `local@domain`, ASCII or internationalised (RFC 6531)? */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > 320) return false;
  let plain = 0;
  while (plain < at && is(text, plain, LOCAL_CHAR)) plain++;
  if ((plain < at || at > 256) && !isOddLocal(text.slice(0, at))) return false;
  return isDomain(text.slice(at + 1));
}

function isOddLocal(local: string): boolean {
  return LOCAL.test(local) || QUOTED_LOCAL.test(local);
}

const DOT = 46;
const HYPHEN = 45;
const LONGEST_LABEL = 63;
const MOST_LABELS = 41;

export function isDomain(text: string): boolean {
  if (text.length === 0 || text.length > 253) return false;
  let label = 0;
  let labels = 1;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c > 127 || c === 91) return isOddDomain(text); // internationalised, or an address literal
    if (c === DOT) {
      if (label === 0) return false;
      if (at + 1 < text.length) labels++; // a dot at the end is the root's
      label = 0;
    } else if (is(text, at, LABEL) || (c === HYPHEN && label > 0)) label++;
    else return false;
    if (label > LONGEST_LABEL || labels > MOST_LABELS) return false;
  }
  return true;
}

function isOddDomain(text: string): boolean {
  return !text.includes('..') && (ADDRESS_LITERAL.test(text) || DOMAIN.test(text));
}

/**
 * The bare address in a recipient field or a mailbox: display name, angle brackets, source route (`@a,@b:user@c`),
 * `mailto:` and surrounding quotes cut off. The case is kept. Null where there is none; a lone local part is
 * returned where `allowLocal` says that the field can hold nothing else.
 */
export function bareAddress(text: string, allowLocal = false): string | null {
  let value = text.trim();
  const open = value.lastIndexOf('<');
  if (open !== -1) {
    const close = value.indexOf('>', open);
    value = value.slice(open + 1, close === -1 ? undefined : close).trim();
  } else if (value.endsWith(')') && !value.startsWith('"')) {
    // A comment behind the address: `user@example.com (expanded from …)`.
    const paren = value.indexOf('(');
    if (paren > 0) value = value.slice(0, paren).trim();
  }
  if (value.startsWith('@')) {
    const colon = value.indexOf(':');
    if (colon !== -1) value = value.slice(colon + 1);
  }
  if ((value.charCodeAt(0) | 32) === 109 && /^mailto:/i.test(value)) value = value.slice(7);
  value = unquote(value);
  if (value.startsWith('"') && value.endsWith('"') && value.includes('@')) value = value.slice(1, -1);
  if (isAddress(value)) return value;
  return allowLocal && value !== '' && LOCAL.test(value) ? value : null;
}

/** Cuts off a quotation mark in front, and one or a sign of punctuation behind. */
function unquote(value: string): string {
  const first = value[0];
  const start = first === "'" || first === '`' ? 1 : 0;
  const last = value.charAt(value.length - 1);
  const cut = value.length > start && last !== '' && "'`,;>.".includes(last);
  return start === 0 && !cut ? value : value.slice(start, cut ? -1 : undefined);
}

/** The mailboxes of an address header (RFC 5322 §3.4), groups flattened, bare. */
export function addressList(header: string): string[] {
  // Most headers hold one mailbox and nothing that could part or hide another.
  if (!/[,;"(\\]/.test(header)) {
    const only = mailbox(header);
    return only === null ? [] : [only];
  }
  const found: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at <= header.length; at++) {
    const c = header[at];
    if (c === '\\' && at < header.length) at++;
    else if (quoted) quoted = c !== '"' && c !== undefined;
    else if (c === '"') quoted = true;
    else if (c === '(') depth++;
    else if (c === ')') depth = Math.max(0, depth - 1);
    else if (c === undefined || (depth === 0 && (c === ',' || c === ';'))) {
      const address = mailbox(header.slice(start, at));
      if (address !== null) found.push(address);
      start = at + 1;
    }
  }
  return found;
}

/** One mailbox; the name of a group in front of it (`friends: a@b`) is cut off. */
function mailbox(text: string): string | null {
  const address = bareAddress(text);
  if (address !== null) return address;
  const colon = text.indexOf(':');
  return colon === -1 ? null : bareAddress(text.slice(colon + 1));
}

/**
 * An address field of a report as the address it means.
 * `utf-8;` has the forms of RFC 6533 §3: code points as `\x{HEX}`, or raw. `rfc822;` is xtext (RFC 3461 §4) where
 * the sender forgot to decode it; `+` followed by two hex digits can also be a tag, so it is decoded only where
 * `+` or `=` comes out, which xtext has to encode, or where the result is a quoted local part.
 */
export function decodeTypedAddress({ type, value }: TypedValue): string {
  if (type === 'utf-8' || value.includes('\\x{')) return decodeUtf8Address(value);
  return isXtext(value) ? decodeXtext(value) : value;
}

function isXtext(value: string): boolean {
  if (!value.includes('+')) return false;
  const at = value.lastIndexOf('@');
  const local = value.slice(0, at === -1 ? undefined : at);
  if (local.includes('=') || /\+(?![0-9A-F]{2})/.test(local)) return false;
  if (/\+(?:2B|3D)/.test(local)) return true;
  return local.startsWith('"') && local.endsWith('"') && /\+(?:20|22|5C)/.test(local);
}

/** RFC 3461 §4: `+HH` is an octet; octets form UTF-8. */
export function decodeXtext(value: string): string {
  const bytes = value.replace(/\+([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  return /[\p{Cc}�]/u.test(text) || /[^\0-\xff]/.test(value) ? value : text;
}

/** RFC 6533 §3: `\x{HEX}` with 2 to 6 digits; surrogates, controls and values over 10FFFF are refused. */
export function decodeUtf8Address(value: string): string {
  let valid = true;
  const text = value.replace(/\\x\{([0-9A-Fa-f]{2,6})\}/g, (whole, hex: string) => {
    const point = Number.parseInt(hex, 16);
    if (
      point > 0x10ffff ||
      point < 0x20 ||
      (point >= 0x7f && point < 0xa0) ||
      (point >= 0xd800 && point <= 0xdfff)
    ) {
      valid = false;
      return whole;
    }
    return String.fromCodePoint(point);
  });
  return valid ? text : value;
}

/** A host out of `dns; mx.example.com (192.0.2.1)`, `[192.0.2.1]`, `host [ip]`; null where there is none. */
export function bareHost(field: string): string | null {
  const { value } = splitType(field);
  const text = is(value, 0, HOST_END) ? value.replace(/^[<"'\s]{1,4}/, '') : value;
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    return close > 1 ? text.slice(1, close).replace(/^IPv6:/i, '') : null;
  }
  let end = 0;
  while (end < text.length && end < 253 && !isHostEnd(text, end)) end++;
  const host = text.slice(0, text.charCodeAt(end - 1) === DOT ? end - 1 : end);
  return host === '' ? null : host;
}

function isHostEnd(text: string, at: number): boolean {
  return is(text, at, HOST_END) || (text.charCodeAt(at) > 127 && /\s/.test(text.charAt(at)));
}
