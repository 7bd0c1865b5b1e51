import { leadingAddress } from '../extract/address-lines.ts';
import { type Extraction, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { headlineOf } from '../extract/headline.ts';
import { type NoticeLine, readNotice } from '../extract/notice.ts';
import { notifiedAction } from '../extract/notification.ts';
import { addReturned } from '../extract/returned.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/** Columns in front of each address. The service writes seven blanks. */
const INDENT = 3;

/** Addresses alone on their lines, indented, under a sentence in the language of the server. */
function addressLines(message: Message): { address: string; line: NoticeLine }[] {
  return readNotice(message).lines.flatMap((line) => {
    const lead = line.indent >= INDENT ? leadingAddress(line.text) : null;
    return lead?.rest === '' ? [{ address: lead.address, line }] : [];
  });
}

function marksOf(message: Message): string[] {
  const shape = readShape(message);
  const marks: string[] = [];
  if (shape.header('x-dsncontext') !== null) marks.push('X-DSNContext');
  if (shape.header('x-originalarrivaltime') !== null) marks.push('X-OriginalArrivalTime');
  if (message.headers.fields.some((f) => f.name === 'received' && f.value.includes('Microsoft SMTPSVC')))
    marks.push('a Received field of Microsoft SMTPSVC');
  if (message.leaves[0]?.param('charset')?.toLowerCase() === 'unicode-1-1-utf-7')
    marks.push('unicode-1-1-utf-7');
  return marks;
}

/** SMTP service of Windows (IIS), and Exchange 2000 and 2003 over it, without a delivery-status part. */
export const windowsSmtp = {
  id: 'windows-smtp',
  maxConfidence: 0.9,

  recognise(message: Message): Claim | null {
    const { daemon, personal, statusPart } = readShape(message);
    if (!daemon || personal || statusPart || notifiedAction(message) === null) return null;
    const marks = marksOf(message);
    if (marks.length === 0 || addressLines(message).length === 0) return null;
    return {
      confidence: 0.9,
      why: `indented addresses under "Delivery Status Notification", with ${marks.join(', ')}`,
    };
  },

  extract(message: Message): Extraction {
    const action = inferred(notifiedAction(message) ?? 'failed', 'header', headlineOf(message));
    const extraction: Extraction = {
      recipients: addressLines(message).map(
        ({ address, line }): RecipientDraft => ({
          finalRecipient: found(address, 'text', line.part, line.line, line.text),
          action,
        }),
      ),
    };
    addReturned(extraction, message);
    return extraction;
  },
} satisfies Format;
