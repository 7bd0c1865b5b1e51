import { readableTexts } from '../../extract/readable.ts';
import type { Part } from '../../mime/part.ts';
import type { Message } from '../../mime/scan.ts';

/** Characters of a reply that are looked at. Who is away says so at once; disclaimers and signatures follow. */
const TEXT_LENGTH = 2_500;
/** Lines that stand above a rule which ends an answer, and is no ornament of it. */
const RULED_LINES = 5;
const RULE = /^[-=*_~]{20,200}$/;
const MARKS = /[\u0300-\u036f]/g;
const HEADER_LINE = /^[*]?[\p{L}-]{2,14} ?:/u;

/** Lower case, accents and width folded, blanks single: one spelling for one word. Hangul and kana stay whole. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const plain = isAscii(lower) ? lower : lower.normalize('NFKD').replace(MARKS, '').normalize('NFC');
  return plain.replace(/[’`´]/g, "'").replace(/\s{1,}/g, ' ');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

export interface OwnLine {
  /** As it stands. */
  readonly text: string;
  /** 1-based in the part. */
  readonly line: number;
  /** Where it starts in `folded`. */
  readonly start: number;
}

/** What the writer of a message says himself, without what he quotes. */
export interface OwnText {
  readonly part: Part;
  readonly lines: readonly OwnLine[];
  /** The lines folded and joined by blanks. */
  readonly folded: string;
  /** A quoted or forwarded message follows. */
  readonly quotes: boolean;
}

/** The first readable text of a message up to the first quotation; lines behind `>` are left out. Null where there is none. */
export function readOwnText(message: Message): OwnText | null {
  const readable = readableTexts(message)[0];
  if (readable === undefined) return null;
  const { part } = readable;
  const text = readable.text;
  const lines: OwnLine[] = [];
  let folded = '';
  let quotes = false;
  let line = 0;
  for (let at = 0; at <= text.length && folded.length < TEXT_LENGTH; ) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const content = text.slice(at, Math.min(end, at + TEXT_LENGTH)).trim();
    at = end + 1;
    line++;
    if (content === '') continue;
    if (content.startsWith('>') || content.startsWith('|')) {
      quotes = true;
      continue;
    }
    if (isSeparator(content)) {
      quotes = true;
      // In front of everything it is an ornament, unless a header follows it.
      if (lines.length > 0 || HEADER_LINE.test(text.slice(at, at + 60).trimStart())) break;
      continue;
    }
    // Help desks repeat what they were sent below a rule.
    if (lines.length >= RULED_LINES && RULE.test(content)) {
      quotes = true;
      break;
    }
    lines.push({ text: content, line, start: folded.length });
    folded += `${fold(content)} `;
  }
  return { part, lines, folded, quotes };
}

/**
 * `-----Original Message-----`, `---------- Forwarded message ---------`, Outlook's rule of underscores,
 * `Begin forwarded message:`: what mail programs of any language put in front of a quotation.
 */
function isSeparator(line: string): boolean {
  if (line.startsWith('____________')) return true;
  if (line.startsWith('---') && line.endsWith('---')) return /[^-\s]/.test(line) && line.length < 120;
  return /^(?:begin forwarded message|anfang der weitergeleiteten|début du message réexpédié|inicio del mensaje reenviado|inizio messaggio inoltrato)/i.test(
    line,
  );
}

/** The line that holds the place `at` of `folded`. */
export function lineAt(own: OwnText, at: number): OwnLine {
  let found = own.lines[0] as OwnLine;
  for (const line of own.lines) {
    if (line.start > at) break;
    found = line;
  }
  return found;
}
