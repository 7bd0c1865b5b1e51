import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeText } from './charset.ts';

/** Charsets that unlabelled or mislabelled bytes turn out to be in. */
const GUESSES = ['utf-8', 'windows-1252', 'shift_jis', 'euc-jp', 'gb18030', 'big5'];

/**
 * A function that writes text in the charset that these bytes are in, so that decoding and encoding are inverse.
 * Null where there is none: the bytes are broken.
 */
export function encoderFor(bytes: Buffer, label: string | null): ((text: string) => Buffer) | null {
  const { text } = decodeText(bytes, label);
  const candidates = [label ?? 'utf-8', ...GUESSES].map((name) => name.trim().toLowerCase());
  if (bytes.includes('\x1b$')) candidates.unshift('iso-2022-jp');
  if (/utf-?7/.test(candidates[0] as string)) candidates.unshift('utf-7');
  const encoders = candidates.map(encoder).filter((encode) => encode !== null);
  return (
    encoders.find((encode) => encode(text).equals(bytes)) ??
    // Charsets with escapes have several ways to write the same text.
    encoders.find((encode) => decodeText(encode(text), label).text === text) ??
    null
  );
}

function encoder(name: string): ((text: string) => Buffer) | null {
  if (name.startsWith('iso-2022-jp')) return encodeIso2022Jp;
  return iconv.encodingExists(name) ? (text) => iconv.encode(text, name) : null;
}

/** RFC 1468: JIS X 0208 is EUC-JP with the eighth bit off, between ESC $ B and ESC ( B; a line ends in ASCII. */
function encodeIso2022Jp(text: string): Buffer {
  let out = '';
  let shifted = false;
  for (const c of text) {
    const bytes = iconv.encode(c, 'euc-jp');
    const wide = bytes.length === 2 && !isAscii(bytes);
    if (wide !== shifted) out += wide ? '\x1b$B' : '\x1b(B';
    shifted = wide;
    for (const byte of bytes) out += String.fromCharCode(byte & 0x7f);
  }
  return Buffer.from(shifted ? `${out}\x1b(B` : out, 'latin1');
}

/** Content-Transfer-Encoding (RFC 2045 §6): the inverse of `decodeTransfer`, lines ending in LF. */
export function encodeTransfer(bytes: Buffer, encoding: string, lineLength = 76): Buffer {
  if (encoding === 'base64') {
    const text = bytes.toString('base64');
    const lines: string[] = [];
    for (let at = 0; at < text.length; at += lineLength) lines.push(text.slice(at, at + lineLength));
    return Buffer.from(lines.length === 0 ? '' : `${lines.join('\n')}\n`, 'latin1');
  }
  return encoding === 'quoted-printable' ? encodeQuotedPrintable(bytes) : bytes;
}

/** RFC 2045 §6.7: at most 76 characters a line, no blank at the end of one. */
function encodeQuotedPrintable(bytes: Buffer): Buffer {
  const out: string[] = [];
  let length = 0;
  bytes.forEach((byte, at) => {
    if (byte === 10) {
      out.push('\n');
      length = 0;
      return;
    }
    const next = bytes[at + 1];
    const blank = byte === 32 || byte === 9;
    const literal = (byte > 32 && byte < 127 && byte !== 61) || (blank && next !== undefined && next !== 10);
    const token = literal
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (length + token.length > 75) {
      out.push('=\n');
      length = 0;
    }
    out.push(token);
    length += token.length;
  });
  return Buffer.from(out.join(''), 'latin1');
}
