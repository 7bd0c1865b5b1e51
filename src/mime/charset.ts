import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

/** Labels that occur in bounces and that no library knows, and the charset each stands for. */
const ALIASES = new Map([
  ['uft-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['utf-8n', 'utf-8'],
  ['unicode-1-1-utf-8', 'utf-8'],
  ['utf8mb4', 'utf-8'],
  ['unicode-1-1-utf-7', 'utf-7'], // Outlook.com, RFC 1642
  ['unicode-2-0-utf-7', 'utf-7'],
  ['x-unicode-2-0-utf-7', 'utf-7'],
  ['us-ascii', 'ascii'],
  ['ansi_x3.4-1968', 'ascii'],
  ['iso-8859-1', 'windows-1252'], // as the WHATWG Encoding Standard reads it: C1 controls do not occur in mail
  ['iso8859-1', 'windows-1252'],
  ['iso_8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['iso-8859-9', 'windows-1254'],
  ['646', 'ascii'],
  ['iso-8859-8-i', 'iso-8859-8'], // logical order, RFC 1556
  ['iso-8859-8-e', 'iso-8859-8'],
  ['ks_c_5601-1987', 'cp949'],
  ['ks_c_5601', 'cp949'],
  ['x-windows-949', 'cp949'],
  ['x-sjis', 'shift_jis'],
  ['ms_kanji', 'shift_jis'],
  ['windows-31j', 'shift_jis'],
  ['x-gbk', 'gbk'],
  ['gb2312', 'gb18030'], // its superset: real mail labelled gb2312 uses more
  ['iso-2022-cn', 'gb18030'],
]);

/** What `TextDecoder` reads and iconv-lite does not. */
const WHATWG = new Map([
  ['iso-2022-jp', 'iso-2022-jp'],
  ['iso-2022-jp-1', 'iso-2022-jp'],
  ['iso-2022-jp-2', 'iso-2022-jp'],
  ['iso-2022-jp-3', 'iso-2022-jp'],
  ['iso-2022-jp-2004', 'iso-2022-jp'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['cp50220', 'iso-2022-jp'],
  ['cp50221', 'iso-2022-jp'],
  ['csiso2022jp', 'iso-2022-jp'],
]);

const ESC = 0x1b;

export interface Decoded {
  readonly text: string;
  /** What is wrong with the label, null where it tells the truth. */
  readonly defect: 'unknown-charset' | 'wrong-charset' | null;
}

/** Bytes as text. `label` is the charset parameter as it stands in the mail, null where there is none. */
export function decodeText(bytes: Buffer, label: string | null): Decoded {
  const name = label === null ? null : normalize(label);
  const ascii = isAscii(bytes);
  if (ascii && name !== 'utf-7' && !name?.startsWith('utf-16') && !name?.startsWith('utf-32')) {
    const escapes = bytes.includes(ESC);
    if (!escapes) {
      // hz-gb-2312 and the like are 7-bit without escape; everything else here is a superset of ASCII.
      if (name !== 'hz-gb-2312')
        return { text: bytes.toString('latin1'), defect: known(name) ? null : 'unknown-charset' };
    } else if (bytes.includes('\x1b$') || bytes.includes('\x1b(')) {
      const jp = WHATWG.has(name ?? '');
      // ISO-2022-KR announces itself with ESC $ ) C.
      if (bytes.includes('\x1b$)C')) return { text: decodeIso2022Kr(bytes), defect: null };
      return { text: whatwg('iso-2022-jp', bytes), defect: jp || name === null ? null : 'wrong-charset' };
    }
  }
  if (name === null || name === 'ascii')
    return { text: guess(bytes), defect: name === null || ascii ? null : 'wrong-charset' };
  if (WHATWG.has(name)) {
    // A label of a 7-bit charset over 8-bit bytes lies.
    if (!ascii) return { text: guess(bytes), defect: 'wrong-charset' };
    return { text: whatwg(WHATWG.get(name) as string, bytes), defect: null };
  }
  if (!iconv.encodingExists(name)) return { text: guess(bytes), defect: 'unknown-charset' };
  if (name === 'utf-8') {
    if (isUtf8(bytes)) return { text: stripBom(bytes.toString('utf8')), defect: null };
    return { text: guess(bytes), defect: 'wrong-charset' };
  }
  // Valid multi-byte UTF-8 under an 8-bit label is UTF-8: other charsets hit that form by chance only in short texts.
  if (!ascii && isUtf8(bytes) && !name.startsWith('utf-'))
    return { text: bytes.toString('utf8'), defect: 'wrong-charset' };
  return { text: iconv.decode(bytes, name), defect: null };
}

function normalize(label: string): string {
  const name = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  return ALIASES.get(name) ?? name;
}

function known(name: string | null): boolean {
  return (
    name === null || name === 'ascii' || name === 'utf-8' || WHATWG.has(name) || iconv.encodingExists(name)
  );
}

/** 8-bit bytes with no usable label: UTF-8 where valid, Shift_JIS or EUC-JP where nearly all pairs are, else Windows-1252. */
function guess(bytes: Buffer): string {
  if (isUtf8(bytes)) return stripBom(bytes.toString('utf8'));
  if (looksLikeShiftJis(bytes)) return iconv.decode(bytes, 'shift_jis');
  return iconv.decode(bytes, 'windows-1252');
}

/** All 8-bit bytes pair up as Shift_JIS and most pairs are kana or common kanji (lead 0x81–0x9F). */
function looksLikeShiftJis(bytes: Buffer): boolean {
  let pairs = 0;
  let common = 0;
  const end = Math.min(bytes.length, 4096);
  for (let at = 0; at < end; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    if (lead >= 0xa1 && lead <= 0xdf) continue; // half-width katakana, one byte
    const trail = bytes[at + 1] ?? 0;
    const isLead = (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xef);
    if (!isLead || trail < 0x40 || trail === 0x7f || trail > 0xfc) return at + 1 === end && pairs > 2;
    pairs++;
    if (lead === 0x82 || lead === 0x83 || lead === 0x81 || (lead >= 0x88 && lead <= 0x97)) common++;
    at++;
  }
  return pairs >= 2 && common * 2 >= pairs;
}

/** RFC 1557: SO switches to KS X 1001, whose bytes are EUC-KR with the eighth bit off; SI switches back. */
function decodeIso2022Kr(bytes: Buffer): string {
  const out: number[] = [];
  let shifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === ESC && bytes.toString('latin1', at, at + 4) === '\x1b$)C') at += 3;
    else if (byte === 0x0e) shifted = true;
    else if (byte === 0x0f) shifted = false;
    else out.push(shifted && byte > 0x20 ? byte | 0x80 : byte);
  }
  return iconv.decode(Buffer.from(out), 'euc-kr');
}

const decoders = new Map<string, TextDecoder>();

function whatwg(name: string, bytes: Buffer): string {
  let decoder = decoders.get(name);
  if (decoder === undefined) decoders.set(name, (decoder = new TextDecoder(name)));
  return decoder.decode(bytes);
}

function stripBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
