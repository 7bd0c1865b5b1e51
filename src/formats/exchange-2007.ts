import { leadingAddress } from '../extract/address-lines.ts';
import { type Extraction, type Found, found, inferred } from '../extract/draft.ts';
import { extractSection, readAdministratorSection } from '../extract/exchange-section.ts';
import { isFromServer } from '../extract/from-server.ts';
import { actionOfSubject } from '../extract/exchange-subjects.ts';
import { readNotice } from '../extract/notice.ts';
import { addReturned } from '../extract/returned.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Action } from '../model/lists.ts';
import type { Claim, Format } from './format.ts';

/** `Relayed: …`, `Delivered: …`: no diagnosis, only the addresses. Null where nothing says that Exchange wrote it. */
function readDone(message: Message): { action: Action; recipients: Found[] } | null {
  const action = actionOfSubject(message);
  if (action === null || action === 'failed' || !isFromServer(message)) return null;
  const own =
    message.headers.fields.some((f) => f.name.startsWith('x-ms-exchange-')) ||
    /\bmicrosoft ?(?:exchange|outlook)/.test(readShape(message).header('from') ?? '');
  if (!own) return null;
  const recipients = readNotice(message).lines.flatMap(({ text, part, line }) => {
    const lead = leadingAddress(text);
    const alone = lead !== null && (lead.rest === '' || /^[<([].{0,700}[>)\]]$/.test(lead.rest));
    return alone ? [found(lead.address, 'text', part, line, text)] : [];
  });
  return recipients.length === 0 ? null : { action, recipients };
}

function extractDone(message: Message): Extraction {
  const done = readDone(message);
  const extraction: Extraction = { recipients: [] };
  const subject = message.headers.field('subject');
  if (done === null || subject === null) return extraction;
  const said = found('', 'header', '0', subject.line, `Subject: ${subject.value}`);
  const action = inferred(done.action, 'header', said.evidence);
  extraction.recipients = done.recipients.map((finalRecipient) => ({ finalRecipient, action }));
  addReturned(extraction, message);
  return extraction;
}

/** Exchange Server 2007 to 2019 without a delivery-status part, in any language. */
export const exchange2007 = {
  id: 'exchange-2007',
  maxConfidence: 0.93,

  recognise(message: Message): Claim | null {
    const section = readAdministratorSection(message);
    if (section === null && readDone(message) !== null)
      return {
        confidence: 0.85,
        why: 'a list of addresses under a subject of Exchange, which says what was done',
      };
    if (section === null || section.online || section.marks.length < 2) return null;
    return {
      confidence: 0.93,
      why: `an address above a diagnosis of Exchange, with ${section.marks.join(', ')}`,
    };
  },

  extract(message: Message): Extraction {
    const section = readAdministratorSection(message);
    return section === null ? extractDone(message) : extractSection(message, section);
  },
} satisfies Format;
