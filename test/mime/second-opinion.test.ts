import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../src/mime/part.ts';
import { type Message, scanMessage } from '../../src/mime/scan.ts';

/**
 * mailparser as the second opinion: its header fields, parts, bytes and text of every sample are held against ours.
 * A difference is a defect, or one of these, where ours is right.
 */
const ACCEPTED = {
  'lone-cr': 'mailparser does not end a line at a CR without LF',
  'comment-in-type': 'mailparser takes a comment in Content-Type for a part of the type',
  'empty-name': 'mailparser makes a field without name out of the From line of an mbox',
  'leading-blank': 'mailparser takes an empty line in front of the header for its end',
  'inline-message':
    'mailparser merges a message/rfc822 that is no attachment into the text: its Message-ID is lost',
  'missing-header-end': 'mailparser reads text behind a header without empty line as part of the header',
  'wrong-charset':
    'the label does not fit the bytes: mailparser prints U+FFFD, we read them as the charset they are',
  'broken-transfer':
    'the transfer encoding is broken: mailparser decodes what is left of it, we keep the text',
  'missing-boundary': 'the boundary is missing or wrong: mailparser finds no parts',
  'file-name-type': 'mailparser guesses the type of application/octet-stream from the file name',
  'no-text': 'mailparser puts an empty text part, or one that is an attachment, elsewhere',
} as const;
type Accepted = keyof typeof ACCEPTED;

const CORPORA = [
  resolve(import.meta.dirname, '../../corpus'),
  resolve(import.meta.dirname, '../../../shared/corpora'),
];

function samples(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eml') && !name.includes('mbox'))
    .map((name) => join(folder, name));
}

const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
const body = (bytes: Buffer): string => words(bytes.toString('latin1'));
const isText = (p: Part): boolean =>
  (p.type === 'text/plain' || p.type === 'text/html') && p.disposition !== 'attachment';

/** What differs, and which accepted reasons this message gives for a difference. */
function compare(
  message: Message,
  mail: ParsedMail,
  bytes: Buffer,
): { different: string[]; reasons: Accepted[] } {
  const codes = new Set(message.warnings.list.map((w) => w.code));
  const reasons: Accepted[] = [];
  if (/\r(?!\n)/.test(bytes.toString('latin1'))) reasons.push('lone-cr');
  if (message.leaves.some((p) => /^[^;]*\(/.test(p.headers.get('content-type') ?? '')))
    reasons.push('comment-in-type');
  if (mail.headerLines.some((h) => h.key === '')) reasons.push('empty-name');
  if (/^\s/.test(bytes.toString('latin1', 0, 4))) reasons.push('leading-blank');
  if (message.leaves.some((p) => p.isMessage && p.disposition !== 'attachment'))
    reasons.push('inline-message');
  if (codes.has('missing-header-end') || codes.has('malformed-header')) reasons.push('missing-header-end');
  if (codes.has('missing-boundary') || codes.has('wrong-boundary')) reasons.push('missing-boundary');
  if (message.leaves.some((p) => p.type === 'application/octet-stream')) reasons.push('file-name-type');

  const different: string[] = [];
  const keys = mail.headerLines.map((h) => h.key).filter((key) => key !== '');
  if (keys.join() !== message.headers.fields.map((f) => f.name).join()) different.push('header fields');

  const others = message.leaves.filter((p) => !isText(p));
  const types = mail.attachments.map((a) => a.contentType);
  if (types.join() !== others.map((p) => p.type).join())
    different.push(`parts: ${types.join()} against ${others.map((p) => p.type).join()}`);
  else
    others.forEach((p, at) => {
      if (body(mail.attachments[at]?.content as Buffer) !== body(p.bytes))
        different.push(`bytes of part ${p.path}`);
    });

  const text = message.leaves
    .filter((p) => p.type === 'text/plain' && isText(p))
    .map((p) => p.text)
    .join('\n');
  if (words(mail.text ?? '') !== words(text)) different.push('text');
  // Reading the parts has told of their defects.
  for (const { code } of message.warnings.list) {
    if (code === 'wrong-charset' || code === 'unknown-charset') reasons.push('wrong-charset');
    if (code === 'malformed-base64' || code === 'unknown-transfer-encoding') reasons.push('broken-transfer');
  }
  if (message.leaves.some((p) => p.param('charset') === null && /[\x80-\xff]/.test(p.raw.toString('latin1'))))
    reasons.push('wrong-charset');
  if (mail.text === undefined || text.trim() === '') reasons.push('no-text');
  return { different, reasons };
}

describe.each(CORPORA.filter((folder) => samples(folder).length > 0))(
  'mailparser and our scanner agree on %s',
  (folder) => {
    const files = samples(folder);

    it('in header fields, parts, bytes and text, but for the accepted differences', {
      timeout: 120_000,
    }, async () => {
      const defects: string[] = [];
      let same = 0;
      for (const file of files) {
        const bytes = readFileSync(file);
        let mail: ParsedMail;
        try {
          mail = await simpleParser(bytes, {
            keepDeliveryStatus: true,
            skipHtmlToText: true,
            skipTextToHtml: true,
            skipTextLinks: true,
            skipImageLinks: true,
          });
        } catch {
          continue; // it throws at its limits
        }
        const { different, reasons } = compare(scanMessage(bytes), mail, bytes);
        if (different.length === 0) same++;
        else if (reasons.length === 0) defects.push(`${file}: ${different.join('; ')}`);
      }
      expect(defects).toEqual([]);
      expect(same / files.length, 'messages on which both agree in everything').toBeGreaterThan(0.6);
    });
  },
);

it.skipIf(!existsSync(CORPORA[1] as string))(
  'had the foreign corpora at hand (skipped where ../shared is missing)',
  () => {
    expect(samples(CORPORA[1] as string).length).toBeGreaterThan(100);
  },
);
