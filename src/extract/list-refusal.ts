import type { Message } from '../mime/scan.ts';
import { addressList, isAddress } from './addresses.ts';
import { type Extraction, type Found, found, inferred, type RecipientDraft } from './draft.ts';
import { headlineOf } from './headline.ts';
import { type NoticeLine, paragraphsOf, readNotice } from './notice.ts';
import { joined } from './notice-reply.ts';
import { addReturned } from './returned.ts';

/** Lines of a notice with no empty one between them. */
export type Paragraph = readonly NoticeLine[];

export function readParagraphs(message: Message): Paragraph[] {
  return paragraphsOf(readNotice(message).lines);
}

/** Lines as one text, its blanks single: LISTSERV writes justified. */
export function unfolded(lines: Paragraph): string {
  return joined(lines).replace(/[ \t]{1,200}/g, ' ');
}

/** More than any reason that a list manager gives. */
const REASON_LINES = 40;

/** What a notice gives as its reason, without the quotation marks around it. */
function reasonIn(lines: Paragraph): Found | null {
  const first = lines[0];
  if (first === undefined) return null;
  const text = unfolded(lines.slice(0, REASON_LINES));
  const reason = /^["“”„«「](.{1,4000})["“”»」]$/s.exec(text)?.[1]?.trim() ?? text;
  return found(reason, 'text', first.part, first.line, text);
}

/** What a notice says of a post. */
export interface Refusal {
  /** For `explain`. */
  readonly why: string;
  /** The sentence that refuses it. */
  readonly sentence: Paragraph;
  /** Where the reason stands. */
  readonly reason: Paragraph;
}

/** A list refused a post: the list is the recipient. Without its address the returned message tells whom it was to. */
export function refusedPost(list: Found | null, refusal: Refusal | null, message: Message): Extraction {
  const line = refusal?.sentence[0];
  const backing =
    refusal === null || line === undefined
      ? headlineOf(message)
      : found('', 'text', line.part, line.line, unfolded(refusal.sentence)).evidence;
  const draft: RecipientDraft = {
    finalRecipient: list,
    action: inferred('failed', backing.from, backing),
    diagnosticCode: reasonIn(refusal?.reason ?? []),
  };
  const extraction: Extraction = { recipients: [draft] };
  addReturned(extraction, message);
  return extraction;
}

/** What list managers append to a list's name: RFC 2142 §6, and the same in Mailman and Sympa. */
const ROLE = /^(.{1,200})-(?:owner|bounces|request|admin|editor)(?:\+.{0,200})?@(.{1,255})$/i;

/** The list behind the address of one of its roles: `garden-owner@lists.example` → `garden@lists.example`. */
export function listOfRole(address: string): string | null {
  const role = ROLE.exec(address);
  const list = role === null ? '' : `${role[1]}@${role[2]}`;
  return isAddress(list) ? list : null;
}

/** Fields that hold the list's address, or that of one of its roles, the plainest first. */
const LIST_FIELDS = [
  ['x-beenthere', 'X-BeenThere'], // Mailman 2.1
  ['list-post', 'List-Post'], // RFC 2369 §3.4
  ['from', 'From'],
  ['sender', 'Sender'],
  ['errors-to', 'Errors-To'],
  ['list-owner', 'List-Owner'], // RFC 2369 §3.5
] as const;

/** The list as the header of its notice names it. */
export function listInHeader(message: Message): Found | null {
  for (const [name, title] of LIST_FIELDS) {
    const field = message.headers.field(name);
    const address = field === null ? undefined : addressList(field.value)[0];
    if (field === null || address === undefined) continue;
    const named = found(address, 'header', '0', field.line, `${title}: ${field.value}`);
    if (name === 'x-beenthere' || name === 'list-post') return named;
    const list = listOfRole(address);
    if (list !== null) return inferred(list, 'header', named.evidence);
  }
  return null;
}
