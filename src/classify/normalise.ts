/** Longest part of a reply that is looked at, in UTF-16 units. RFC 5321 §4.5.3.1.5 allows 512 octets a line. */
export const MAX_TEXT = 4096;

/** Normalised text as UTF-16 units. Reused by every call: read it before the next one. */
export interface Normalised {
  readonly units: Uint16Array;
  readonly length: number;
}

const BUFFER = new Uint16Array(MAX_TEXT * 2 + 16);
const scratch = { units: BUFFER, length: 0 };

const SPACE = 32;
const AT = 64;
const DOT = 46;
const HYPHEN = 45;
const SLASH = 47;
const LONGEST_IP = 40;

/** Units that part words but carry no meaning at the edge of a word: , ; : ! ? " ' ( ) [ ] { } < > * = and the like. */
const EDGE = new Uint8Array(128);
for (const char of ',;:!?"\'()[]{}<>*=.`|~\\') EDGE[char.charCodeAt(0)] = 1;

/** Units of a mail address beside letters and digits (RFC 5322 §3.2.3, without those that replies use as signs). */
const ATOM = new Uint8Array(128);
for (const char of "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_.~") ATOM[char.charCodeAt(0)] = 1;

/**
 * Letters of Latin script without their marks (and Greek and Cyrillic ones that are written both ways): servers say
 * `inconnu`, `utilisateur supprimé` and `utilisateur supprime`. Two units where there is no single letter for it.
 */
const FOLDED = new Map<number, string>([
  [0xdf, 'ss'],
  [0xe6, 'ae'],
  [0xf0, 'd'],
  [0xf8, 'o'],
  [0x111, 'd'],
  [0x131, 'i'],
  [0x142, 'l'],
  [0x153, 'oe'],
  [0x451, '\u0435'],
]);
for (const [from, to] of [
  [0xe0, 0x17e],
  [0x219, 0x21b],
  [0x3ac, 0x3ce],
  [0x1ea1, 0x1ef9],
] as const) {
  for (let unit = from; unit <= to; unit++) {
    const letter = String.fromCharCode(unit);
    const plain = letter.normalize('NFD').charAt(0);
    if (plain !== letter) FOLDED.set(unit, plain);
  }
}
const FIRST_FOLDED = 0xdf;
const isMark = (unit: number): boolean => unit >= 0x300 && unit <= 0x36f;

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isEdge = (unit: number): boolean =>
  unit < 128
    ? EDGE[unit] === 1
    : unit === 0x2026 ||
      unit === 0x201c ||
      unit === 0x201d ||
      unit === 0x300c ||
      unit === 0x300d ||
      unit === 0xab ||
      unit === 0xbb;
const isSpace = (unit: number): boolean =>
  unit <= SPACE ||
  unit === 0x7f ||
  unit === 0xa0 ||
  unit === 0x3000 ||
  unit === 0xfeff ||
  (unit >= 0x200b && unit <= 0x200f);
/** Ideographic and full-width punctuation stands at an address, not in it. */
const isWide = (unit: number): boolean =>
  (unit >= 0x3000 && unit <= 0x303f) || (unit >= 0xff00 && unit <= 0xff20);
const isAtom = (unit: number): boolean => (unit < 128 ? ATOM[unit] === 1 : !isWide(unit));

/**
 * Brings a reply to the one form in which wording is compared: lower case, one space between words, and without
 * what differs from reply to reply (addresses, IP numbers, reply and enhanced codes, punctuation round words).
 * Hyphens and underscores become spaces, `n't` becomes `not`, an inbox is a mailbox, letters lose their accents, so that
 * one literal covers the spellings.
 *
 * @param replyCode is dropped where it stands alone; every `550-` in front of a continuation line goes anyway.
 */
export function normalise(text: string, replyCode: string | null = null): Normalised {
  const source = (text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text).toLowerCase();
  const end = Math.min(source.length, MAX_TEXT);
  let length = 0;
  let at = 0;
  while (at < end) {
    while (at < end && isSpace(source.charCodeAt(at))) at++;
    let stop = at;
    let address = -1;
    let digits = false;
    while (stop < end) {
      const unit = source.charCodeAt(stop);
      if (isSpace(unit)) break;
      if (unit === AT && address < 0) address = stop;
      else if (isDigit(unit)) digits = true;
      stop++;
    }
    if (stop > at) {
      if (address >= 0 && !source.startsWith('http', at))
        length = writeRoundAddress(source, at, stop, address, length);
      else length = writeWord(source, at, stop, digits, replyCode, length);
    }
    at = stop;
  }
  scratch.length = length;
  return scratch;
}

/** Lower-case words alone: normal as they stand, but for `cannot`, `inbox` and spaces too many. */
const PLAIN = /^[a-z0-9][a-z0-9 ]*$/;

/** The same as a string. */
export function normalisePhrase(text: string): string {
  if (PLAIN.test(text) && !/cannot|inbox| {2}| $/.test(text)) return text;
  const { units, length } = normalise(text);
  let phrase = '';
  for (let i = 0; i < length; i++) phrase += String.fromCharCode(units[i] as number);
  return phrase;
}

/** `rejected:<bob@example.com>...` → `rejected` */
function writeRoundAddress(
  source: string,
  start: number,
  stop: number,
  address: number,
  length: number,
): number {
  let left = address;
  while (left > start && isAtom(source.charCodeAt(left - 1))) left--;
  let right = address + 1;
  while (right < stop && (isAtom(source.charCodeAt(right)) || source.charCodeAt(right) === AT)) right++;
  return writeWord(source, right, stop, false, null, writeWord(source, start, left, false, null, length));
}

function writeWord(
  source: string,
  from: number,
  to: number,
  digits: boolean,
  replyCode: string | null,
  length: number,
): number {
  let start = from;
  let stop = to;
  while (start < stop && isEdge(source.charCodeAt(start))) start++;
  while (stop > start && isEdge(source.charCodeAt(stop - 1))) stop--;
  if (digits) {
    start = skipContinuation(source, start, stop);
    if (start < stop && isNumber(source, start, stop, replyCode)) return length;
  }
  if (start >= stop) return length;
  if (length > 0 && BUFFER[length - 1] !== SPACE) BUFFER[length++] = SPACE;
  const begin = length;
  const path = hasDot(source, start, stop);
  for (let i = start; i < stop; i++) {
    let unit = source.charCodeAt(i);
    if (
      (unit === SLASH && !path) ||
      unit === HYPHEN ||
      unit === 95 ||
      unit === 0x2010 ||
      unit === 0x2011 ||
      unit === 0x2013
    )
      unit = SPACE;
    else if (unit === 0x2019 || unit === 0x2018 || unit === 0x60 || unit === 0xb4) unit = 39;
    if (unit === SPACE && (length === 0 || BUFFER[length - 1] === SPACE)) continue;
    if (unit >= FIRST_FOLDED) length = writeLetter(unit, length);
    else BUFFER[length++] = unit;
  }
  if (length - begin === INBOX.length && isInbox(begin)) return writeMailbox(begin);
  return expand(begin, length);
}

const INBOX = 'inbox';
const MAILBOX = 'mailbox';

function isInbox(begin: number): boolean {
  for (let i = 0; i < INBOX.length; i++) if (BUFFER[begin + i] !== INBOX.charCodeAt(i)) return false;
  return true;
}

function writeMailbox(begin: number): number {
  for (let i = 0; i < MAILBOX.length; i++) BUFFER[begin + i] = MAILBOX.charCodeAt(i);
  return begin + MAILBOX.length;
}

function writeLetter(unit: number, length: number): number {
  if (isMark(unit)) return length;
  const folded = FOLDED.get(unit);
  if (folded === undefined) {
    BUFFER[length] = unit;
    return length + 1;
  }
  for (let i = 0; i < folded.length; i++) BUFFER[length + i] = folded.charCodeAt(i);
  return length + folded.length;
}

/** A word with a dot inside is a host name, a path or a URL: its slashes stay. `none/bad` is two words. */
function hasDot(source: string, start: number, stop: number): boolean {
  for (let i = start; i < stop; i++) if (source.charCodeAt(i) === DOT) return true;
  return false;
}

/** `550-5.7.1` and `550-text`: a continuation line (RFC 5321 §4.2.1) that was joined to the one before. */
function skipContinuation(source: string, start: number, stop: number): number {
  const first = source.charCodeAt(start);
  if (stop - start < 4 || (first !== 50 && first !== 52 && first !== 53)) return start;
  if (source.charCodeAt(start + 3) !== HYPHEN) return start;
  if (!isDigit(source.charCodeAt(start + 1)) || !isDigit(source.charCodeAt(start + 2))) return start;
  return start + 4;
}

/** An IP number, an enhanced code or the reply code itself. Answers of DNS lists (127.0.0.0/8) stay: they mean something. */
function isNumber(source: string, start: number, stop: number, replyCode: string | null): boolean {
  let dots = 0;
  let colons = 0;
  let letters = 0;
  const from = source.charCodeAt(start) === 35 ? start + 1 : start;
  for (let i = from; i < stop; i++) {
    const unit = source.charCodeAt(i);
    if (unit === DOT) dots++;
    else if (unit === 58) colons++;
    else if (unit >= 97 && unit <= 102) letters++;
    else if (!isDigit(unit) && unit !== 47) return false;
  }
  if (colons > 1 && stop - start < LONGEST_IP) return true;
  if (letters > 0 || colons > 0) return false;
  if (dots === 3) return !source.startsWith('127.', start);
  if (dots === 2) return true;
  return dots === 0 && replyCode !== null && stop - from === 3 && source.startsWith(replyCode, from);
}

/** `can't`, `cannot` → `can not`; `doesn't` → `does not`; `e mail` → `email`. */
function expand(begin: number, length: number): number {
  const last = BUFFER[length - 1];
  if (last === 116) {
    if (length - begin > 3 && BUFFER[length - 2] === 39 && BUFFER[length - 3] === 110) {
      const stem = BUFFER[length - 4] === 97 ? length - 2 : length - 3; // can't keeps its n
      BUFFER[stem] = SPACE;
      BUFFER[stem + 1] = 110;
      BUFFER[stem + 2] = 111;
      BUFFER[stem + 3] = 116;
      return stem + 4;
    }
    if (
      length - begin === 6 &&
      BUFFER[begin] === 99 &&
      BUFFER[begin + 1] === 97 &&
      BUFFER[begin + 2] === 110 &&
      BUFFER[begin + 3] === 110
    ) {
      BUFFER[length - 3] = SPACE;
      BUFFER[length - 2] = 110;
      BUFFER[length - 1] = 111;
      BUFFER[length] = 116;
      return length + 1;
    }
  }
  if (
    length - begin >= 6 &&
    BUFFER[begin] === 101 &&
    BUFFER[begin + 1] === SPACE &&
    BUFFER[begin + 2] === 109 &&
    BUFFER[begin + 3] === 97
  ) {
    BUFFER.copyWithin(begin + 1, begin + 2, length);
    return length - 1;
  }
  return length;
}
