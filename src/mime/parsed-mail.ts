import type { ParsedMail } from 'mailparser';
import type { Limits } from '../limits.ts';
import { decodeHeaderBlock, Headers, scanHeaders } from './headers.ts';
import { toLf } from './lines.ts';
import { Part, type PartContext, WarningList } from './part.ts';
import type { Message } from './scan.ts';

/** A delivery-status part that mailparser has folded into the text, as it does without `keepDeliveryStatus`. */
const FOLDED_STATUS =
  /(?:^|\n)(?:Reporting-MTA|Original-Envelope-Id|Original-Recipient|Final-Recipient) {0,4}:/i;

export function isParsedMail(input: unknown): input is ParsedMail {
  if (typeof input !== 'object' || input === null) return false;
  const { headerLines, attachments } = input as Partial<ParsedMail>;
  return Array.isArray(headerLines) && Array.isArray(attachments);
}

/**
 * The part tree of a `ParsedMail`, the result of mailparser's simpleParser. It has texts in place of parts, has lost
 * their transfer encodings, and, without `keepDeliveryStatus`, the border between the notice and the machine-readable
 * part; what is lost is warned of. Lines of evidence count within what mailparser kept.
 */
export function messageFromParsedMail(mail: ParsedMail, limits: Limits): Message {
  const warnings = new WarningList();
  const context: PartContext = { latin1: null, ascii: false, limits, warnings, defaultType: 'text/plain' };
  const block = mail.headerLines.map((h) => h.line).join('\n');
  const headers = readHeaders(toLf(Buffer.from(block, 'utf8')), limits);
  const root = new Part('', headers, Buffer.alloc(0), 0, 0, context);
  const leaves: Part[] = [];

  const add = (path: string, fields: readonly [string, string][], bytes: Buffer): void => {
    if (leaves.length >= limits.parts) {
      warnings.add('limit-parts', `the first ${limits.parts} parts were read`);
      return;
    }
    const part = new Part(
      path,
      Headers.of(fields.map(([name, value], at) => ({ name, value, line: at + 1 }))),
      bytes,
      0,
      bytes.length,
      context,
    );
    leaves.push(part);
    root.children.push(part);
  };
  const utf8 = (type: string): [string, string][] => [['content-type', `${type}; charset=utf-8`]];

  let text = mail.text ?? '';
  const folded = FOLDED_STATUS.exec(text);
  const kept = mail.attachments.some((a) => /^message\/(?:global-)?delivery-status$/i.test(a.contentType));
  if (folded !== null && !kept) {
    warnings.add(
      'parsed-mail-loss',
      'the delivery-status part was folded into the text: set keepDeliveryStatus',
    );
    const status = text.slice(folded.index);
    text = text.slice(0, folded.index);
    if (text !== '') add('1', utf8('text/plain'), Buffer.from(text, 'utf8'));
    add('2', [['content-type', 'message/global-delivery-status']], Buffer.from(status, 'utf8'));
  } else if (text !== '') add('1', utf8('text/plain'), Buffer.from(text, 'utf8'));
  if (text === '' && typeof mail.html === 'string')
    add('1', utf8('text/html'), Buffer.from(mail.html, 'utf8'));

  for (const attachment of mail.attachments) {
    const type = attachment.headerLines
      ?.find((h) => h.key === 'content-type')
      ?.line.replace(/^[^:]{0,100}:/, '')
      .trim();
    const content = Buffer.isBuffer(attachment.content) ? attachment.content : Buffer.alloc(0);
    const path = typeof attachment.partId === 'string' ? attachment.partId : String(leaves.length + 1);
    add(path, [['content-type', type ?? attachment.contentType]], content);
  }
  const returned = leaves.some((part) => part.isMessage || part.isHeaderOnly);
  if (!returned && root.type === 'multipart/report') {
    warnings.add(
      'parsed-mail-loss',
      'the returned message is missing: mailparser merges one that is inline into the text',
    );
  }
  return { headers, root, leaves, warnings, limits, memo: new Map() };
}

function readHeaders(block: Buffer, limits: Limits): Headers {
  const text = decodeHeaderBlock(block.subarray(0, limits.headerBytes));
  return scanHeaders(text, limits.headerLines, limits.fieldLength, false).headers;
}
