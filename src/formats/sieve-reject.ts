import { bareAddress, decodeTypedAddress, isAddress, splitType } from '../extract/addresses.ts';
import { type Extraction, type Found, found, inferred, type RecipientDraft } from '../extract/draft.ts';
import { type Field, fieldGroups } from '../extract/field-groups.ts';
import { findOriginalPart, readOriginal } from '../extract/original.ts';
import { readableTexts } from '../extract/readable.ts';
import type { Part } from '../mime/part.ts';
import type { Message } from '../mime/scan.ts';
import { MDN_TYPES } from './rfc8098.ts';
import type { Claim, Format } from './format.ts';

/** RFC 5429 §2.2: the disposition of a refused message is `deleted`; RFC 2298 §3.2.6 also had denied and failed. */
const REFUSED = /;\s{0,9}(?:deleted|denied|failed|rejected)\b/i;

/**
 * A Sieve `reject`: a disposition notification that refuses the mail, so nobody will read it (RFC 5429 §2.2). Dovecot
 * and Cyrus say so in `Auto-Submitted: auto-replied (rejected)`; others in their subject or in the text.
 */
export const sieveReject = {
  id: 'sieve-reject',

  recognise(message: Message): Claim | null {
    const part = message.leaves.find((leaf) => MDN_TYPES.has(leaf.type));
    if (part === undefined) return null;
    const auto = message.headers.get('auto-submitted') ?? '';
    if (/\(\s{0,9}rejected/i.test(auto))
      return { confidence: 1, why: 'a disposition notification that says "(rejected)"' };
    const disposition = fieldsOf(part, message).find((f) => f.name === 'disposition')?.value ?? '';
    if (!/^\s{0,9}automatic-action/i.test(disposition) || !REFUSED.test(disposition)) return null;
    const notice = readableTexts(message)[0]?.text.slice(0, 600) ?? '';
    if (!REJECTION.test(message.headers.text('subject') ?? '') && !REJECTION.test(notice)) return null;
    return { confidence: 1, why: 'a disposition notification whose notice refuses the message' };
  },

  extract(message: Message): Extraction {
    const part = message.leaves.find((leaf) => MDN_TYPES.has(leaf.type));
    if (part === undefined) return { recipients: [] };
    const fields = fieldsOf(part, message);
    const disposition = fields.find((f) => f.name === 'disposition') ?? fields[0] ?? { line: 1, text: '' };
    const draft: RecipientDraft = {
      action: found('failed', 'disposition-notification', part.path, disposition.line, disposition.text),
      finalRecipient: addressOf(fields, 'final-recipient', part),
      originalRecipient: addressOf(fields, 'original-recipient', part),
    };
    readNotice(message, draft);
    completeInternal(message, draft);
    return { recipients: [draft] };
  },
} satisfies Format;

function fieldsOf(part: Part, message: Message): Field[] {
  return [...fieldGroups(part.text, part, message.warnings)].flat();
}

function addressOf(fields: readonly Field[], name: string, part: Part): Found | null {
  const field = fields.find((f) => f.name === name);
  if (field === undefined || field.value === '') return null;
  const typed = splitType(field.value);
  const address = bareAddress(decodeTypedAddress(typed), true) ?? typed.value;
  return found(address, 'disposition-notification', part.path, field.line, field.text);
}

/** "was automatically rejected", "has been refused": the frames of Dovecot, Cyrus, Sun, Mirapoint and others. */
const REJECTION =
  /automatically (?:rejected|refused)|(?:was|has been|is|been) (?:automatically )?(?:rejected|refused)|^rejected:|refused by the recipient|abgelehnt|zurückgewiesen|rejeté|refusé|rechazado|rifiutato|geweigerd|odrzucon|отклонен|отвергнут|拒否|拒绝|拒絕/im;

/**
 * What the recipient's script gave as its reason:
 *
 *     Your message to <bob@example.org> was automatically rejected:
 *     No attachments, please.
 */
function readNotice(message: Message, draft: RecipientDraft): void {
  for (const { part, text } of readableTexts(message)) {
    const lines = text.split('\n', 200);
    const named = lines.findIndex((line) => REJECTION.test(line));
    // In words that are not known, what a colon closes leads to the reason.
    const frame = named === -1 ? lines.findIndex((line) => line.trimEnd().endsWith(':')) : named;
    if (frame === -1) continue;
    const line = lines[frame] as string;
    // Cyrus writes `user@internal` as final recipient; the notice names the address that was written to.
    const address = /<([^<>\s]{3,320})>/.exec(line)?.[1];
    if (address !== undefined && isAddress(address) && address !== draft.finalRecipient?.value)
      draft.originalRecipient ??= found(address, 'text', part.path, frame + 1, line.trim());
    // A sentence of the server goes on to the end of its paragraph; behind a colon the reason starts.
    let from = frame + 1;
    if (!line.trimEnd().endsWith(':')) {
      while (from < lines.length && lines[from]?.trim() !== '') from++;
    }
    const first = lines.findIndex((l, at) => at >= from && l.trim() !== '' && !isFrame(l));
    if (first === -1) return;
    const reason: string[] = [];
    for (const next of lines.slice(first, first + 40)) {
      if (next.trim() === '' && reason.length > 0) break;
      reason.push(next.trim());
    }
    draft.diagnosticCode = found(reason.join(' '), 'text', part.path, first + 1, reason[0] as string);
    return;
  }
}

/** Cyrus names the mailbox, `user@internal`; the returned message was written to the address. */
function completeInternal(message: Message, draft: RecipientDraft): void {
  const final = draft.finalRecipient;
  const returned = findOriginalPart(message);
  if (!final || draft.originalRecipient || returned === null) return;
  const [local, domain] = final.value.split('@', 2);
  if (domain?.includes('.')) return;
  const to = readOriginal(returned, message)
    ?.to?.split(', ')
    .find((a) => a.startsWith(`${local}@`));
  if (to !== undefined) draft.originalRecipient = inferred(to, 'original', final.evidence);
}

/** `The following reason was given:` and its like: words of the server in front of the reason. */
function isFrame(line: string): boolean {
  const text = line.trim();
  return (
    text.endsWith(':') ||
    /^(?:-{3,80}|={3,80})$/.test(text) ||
    /mail filtering language|mail delivery system at/i.test(text)
  );
}
