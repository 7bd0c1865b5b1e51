/** Content-Transfer-Encoding (RFC 2045 §6), leniently: what can be read is returned. */

const EQUALS = 61;
const LF = 10;
const SPACE = 32;
const TAB = 9;

export type TransferDefect = 'malformed-base64' | 'unknown-transfer-encoding';

export interface Transferred {
  readonly bytes: Buffer;
  readonly defect: TransferDefect | null;
}

/** Encodings that leave the body as it is. */
export function isIdentity(encoding: string): boolean {
  return encoding === '' || encoding === '7bit' || encoding === '8bit' || encoding === 'binary';
}

/** `encoding` is the field's value in lower case, comments and blanks cut off. */
export function decodeTransfer(bytes: Buffer, encoding: string): Transferred {
  if (isIdentity(encoding)) return { bytes, defect: null };
  switch (encoding) {
    case 'quoted-printable':
      return { bytes: decodeQuotedPrintable(bytes), defect: null };
    case 'base64':
      return decodeBase64(bytes);
    default:
      return { bytes, defect: 'unknown-transfer-encoding' };
  }
}

function decodeBase64(bytes: Buffer): Transferred {
  // A part that claims base64 and is plain text (an 8-bit gateway lost the encoding) is left as it is.
  const sample = bytes.toString('latin1', 0, 400).trim();
  if (sample !== '' && !/^[A-Za-z0-9+/=\s]{1,400}$/.test(sample)) {
    const firstLine = sample.split('\n', 1)[0] as string;
    if (!/^[A-Za-z0-9+/=]{4,}\s?$/.test(firstLine)) return { bytes, defect: 'malformed-base64' };
  }
  return { bytes: Buffer.from(bytes.toString('latin1'), 'base64'), defect: null };
}

function hex(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const upper = byte & 0xdf;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1;
}

/** RFC 2045 §6.7. A broken `=` stays as it stands. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  const length = bytes.length;
  let to = 0;
  /** End of what must stay: blanks before a line end are transport padding. */
  let solid = 0;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte === EQUALS) {
      const high = hex(bytes[at + 1]);
      const low = hex(bytes[at + 2]);
      if (high >= 0 && low >= 0) {
        out[to++] = (high << 4) | low;
        at += 2;
        solid = to;
        continue;
      }
      // A soft line break: blanks may stand between `=` and the line end.
      let end = at + 1;
      while (end < length && (bytes[end] === SPACE || bytes[end] === TAB)) end++;
      if (end >= length || bytes[end] === LF) {
        at = end;
        solid = to;
        continue;
      }
    } else if (byte === LF) {
      to = solid;
    }
    out[to++] = byte;
    if (byte !== SPACE && byte !== TAB) solid = to;
  }
  return out.subarray(0, to);
}
