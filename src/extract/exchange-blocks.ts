import type { Message } from '../mime/scan.ts';
import type { Action } from '../model/lists.ts';
import type { Original } from '../model/report.ts';
import { leadingAddress } from './address-lines.ts';
import { bareAddress } from './addresses.ts';
import { parseDate } from './dates.ts';
import { type Extraction, type Found, found, inferred, type RecipientDraft } from './draft.ts';
import { actionOfSubject } from './exchange-subjects.ts';
import type { NoticeLine } from './notice.ts';
import { addReturned, returnedOf } from './returned.ts';

/**
 * What Exchange up to 2003 writes of one recipient, under a sentence in the language of the server:
 *
 *   bob@example.com on Thu, 29 Apr 2004 10:20:00 +0200         or a display name in place of the address
 *       The recipient name is not recognized                   translated
 *       MSEXCH:IMS:Org:SITE:SERVER 0 (000C05A6) Unknown …      Exchange 4.0 to 5.5
 *       <server.example.com #5.1.1 smtp;550 5.1.1 …>           Exchange 2000 and 2003
 */
export interface RecipientBlock {
  readonly head: NoticeLine;
  /** Null where the head has a display name only. */
  readonly address: string | null;
  /** What stands under the head. */
  readonly lines: readonly NoticeLine[];
}

/** A head ends in the time of the failure, in the writing of the server's language. */
const TIME_AT_END = /\d[:.]\d\d(?::\d\d)?(?: [\p{L}.+-][\p{L}\d.]{0,5})?$/u;
const DATE_AT_END = /[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;

export function readRecipientBlocks(lines: readonly NoticeLine[]): RecipientBlock[] {
  const blocks: { head: NoticeLine; address: string | null; lines: NoticeLine[] }[] = [];
  let open: NoticeLine[] | null = null;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as NoticeLine;
    if (line.text === '') {
      open = null;
      continue;
    }
    if (isHead(line, lines[at + 1])) {
      open = [];
      blocks.push({ head: line, address: leadingAddress(line.text)?.address ?? null, lines: open });
    } else open?.push(line);
  }
  return blocks;
}

function isHead(line: NoticeLine, next: NoticeLine | undefined): boolean {
  if (line.text.startsWith('>') || !TIME_AT_END.test(line.text.slice(-20))) return false;
  const lead = leadingAddress(line.text);
  if (lead !== null) return lead.rest !== '' && lead.rest.length < 60;
  return next !== undefined && next.text !== '' && next.indent > line.indent && !line.text.includes(':  ');
}

/** Reads the lines under one head into its draft. */
export type BlockReader = (draft: RecipientDraft, lines: readonly NoticeLine[]) => void;

/** The blocks as an extraction. A block without diagnosis says of its recipient what the subject says. */
export function extractBlocks(
  message: Message,
  blocks: readonly RecipientBlock[],
  read: BlockReader,
): Extraction {
  const action = actionOfSubject(message) ?? 'failed';
  const extraction: Extraction = { recipients: blocks.map((block) => draftOf(block, action, read)) };
  addReturned(extraction, message);
  if (blocks.some(({ address }) => address === null)) {
    const original = returnedOf(message);
    blocks.forEach(({ head, address }, index) => {
      const draft = extraction.recipients[index];
      if (address === null && draft !== undefined) draft.recipient = namedInOriginal(head, original);
    });
  }
  return extraction;
}

/** The address behind a display name, from To: and Cc: of the returned message. */
function namedInOriginal(head: NoticeLine, original: Original | null): Found | null {
  for (const field of ['to', 'cc']) {
    for (const mailbox of (original?.headers[field] ?? '').split(',', 200)) {
      const open = mailbox.indexOf('<');
      const name = mailbox.slice(0, Math.max(open, 0)).replace(/["']/g, '').trim();
      const address = bareAddress(mailbox);
      if (name.length < 3 || address === null || !head.text.startsWith(`${name} `)) continue;
      return inferred(address, 'original', found('', 'text', head.part, head.line, head.text).evidence);
    }
  }
  return null;
}

function draftOf(
  { head, address, lines }: RecipientBlock,
  action: Action,
  read: BlockReader,
): RecipientDraft {
  const own = found(address ?? '', 'text', head.part, head.line, head.text);
  const draft: RecipientDraft = { action: inferred(action, 'text', own.evidence) };
  if (address !== null) draft.finalRecipient = own;
  const date = parseDate(DATE_AT_END.exec(head.text.slice(-31))?.[0] ?? '');
  if (date !== null) draft.lastAttemptDate = found(date, 'text', head.part, head.line, head.text);
  read(draft, lines);
  return draft;
}

/** Lines joined by blanks, with the line that they start on. */
export function joinLines(lines: readonly NoticeLine[]): { text: string; line: NoticeLine } | null {
  const line = lines[0];
  return line === undefined
    ? null
    : {
        text: lines
          .map((l) => l.text)
          .join(' ')
          .replace(/ {2,}/g, ' '),
        line,
      };
}
