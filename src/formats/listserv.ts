import { addressesIn } from '../extract/address-lines.ts';
import { isAddress } from '../extract/addresses.ts';
import { type Extraction, type Found, found, inferred } from '../extract/draft.ts';
import { type Paragraph, readParagraphs, refusedPost, unfolded } from '../extract/list-refusal.ts';
import { HeaderReader } from '../extract/original.ts';
import { readShape } from '../extract/shape.ts';
import type { Message } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

const REJECTED = /^rejected posting to (\S{3,320})$/i;
/** The list without its host. */
const NOT_AUTHORIZED = /^you are not authorized to send mail to the (\S{1,64}) list/i;

const WHY = 'from LISTSERV, about a posting that it rejected';

/**
 * L-Soft LISTSERV refuses a post: not from somebody who may write to the list, posted before, a command, too many a
 * day. It writes as LISTSERV; the post follows behind `Rejected message (72 lines)`, or in a part of its own.
 */
export const listserv = {
  id: 'listserv',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    if (!/\blistserv@/i.test(message.headers.get('from') ?? '') || readShape(message).statusPart) return null;
    const refused = REJECTED.test(subjectOf(message)) || NOT_AUTHORIZED.test(unfolded(reasonOf(message)));
    return refused ? { confidence: 0.92, why: WHY } : null;
  },

  extract(message: Message): Extraction {
    const reason = reasonOf(message);
    const list = listInSubject(message) ?? listInText(message, reason);
    return refusedPost(list, { why: WHY, sentence: reason, reason }, message);
  },
} satisfies Format;

function subjectOf(message: Message): string {
  return message.headers.text('subject')?.trim() ?? '';
}

/** Its notices are one paragraph. */
function reasonOf(message: Message): Paragraph {
  return readParagraphs(message)[0] ?? [];
}

function listInSubject(message: Message): Found | null {
  const address = REJECTED.exec(subjectOf(message))?.[1];
  const field = message.headers.field('subject');
  if (address === undefined || field === null || !isAddress(address)) return null;
  return found(address, 'header', '0', field.line, `Subject: ${field.value}`);
}

/** On the host of its owners, `GARDEN-L-request@LISTSERV.EXAMPLE`, else on that of LISTSERV. */
function listInText(message: Message, reason: Paragraph): Found | null {
  const text = unfolded(reason);
  const name = NOT_AUTHORIZED.exec(text)?.[1];
  const line = reason[0];
  if (name === undefined || line === undefined) return null;
  const owners = addressesIn(text).find((a) => a.toLowerCase().startsWith(`${name.toLowerCase()}-request@`));
  const host = (owners ?? new HeaderReader(message.headers).from ?? '').split('@')[1];
  const address = `${name}@${host}`;
  return isAddress(address)
    ? inferred(address, 'text', found('', 'text', line.part, line.line, text).evidence)
    : null;
}
