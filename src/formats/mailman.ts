import { addressesIn } from '../extract/address-lines.ts';
import { type Extraction, type Found, found } from '../extract/draft.ts';
import {
  listInHeader,
  listOfRole,
  type Paragraph,
  readParagraphs,
  type Refusal,
  refusedPost,
} from '../extract/list-refusal.ts';
import { findOriginalPart, HeaderReader, readOriginal } from '../extract/original.ts';
import { readShape } from '../extract/shape.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/**
 * Mailman lists refuse a post, in the language of the list or of its member. Two shapes, known by what no
 * translation changes:
 *
 * - by rule (2.1 `Bouncer.BounceMessage`, 3 `app/bounces.py`): the post comes back as message/rfc822, under its own
 *   subject;
 * - by a moderator (2.1 `refuse.txt`, 3 `list:user:notice:refuse`): the title of the post in an indented paragraph, and
 *   the reason in quotation marks.
 *
 * A refused subscription has the second shape, but no title. What is held has its reason indented and not quoted.
 */
export const mailman = {
  id: 'mailman',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    const refusal = refusalOf(message);
    return refusal === null ? null : { confidence: 0.92, why: refusal.why };
  },

  extract(message: Message): Extraction {
    return refusedPost(listInText(message) ?? listInHeader(message), refusalOf(message), message);
  },
} satisfies Format;

function refusalOf(message: Message): Refusal | null {
  return once(message, readRefusal);
}

function readRefusal(message: Message): Refusal | null {
  if (!isFromList(message)) return null;
  const paragraphs = readParagraphs(message);
  return byModerator(paragraphs) ?? (returnsItsSubject(message) ? byRule(message, paragraphs) : null);
}

/** Made by Mailman for one person: posts have List-Post, and are from their author; owners get mail of other kinds. */
function isFromList(message: Message): boolean {
  const { headers } = message;
  if (!headers.has('x-mailman-version') || headers.has('list-post') || readShape(message).statusPart)
    return false;
  const { from, to } = new HeaderReader(headers);
  const list = from === null ? null : listOfRole(from);
  if (list === null && !headers.has('x-list-administrivia')) return false;
  return to === null || list === null || listOfRole(to)?.toLowerCase() !== list.toLowerCase();
}

const OPENED = /^["“„«「]/;
const CLOSED = /["“”»」]$/;
/** Quotation marks around the title of a post; Mailman 3 has none in Russian. */
const TITLE = /["“”„«»「]|под заголовком/i;

/** Paragraphs between the title and the reason: `has been rejected by the list moderator.  The moderator gave …`. */
const BETWEEN = 2;

/** `"Non-members are not allowed to post messages to this list."`, through to the line that closes it. */
function byModerator(paragraphs: readonly Paragraph[]): Refusal | null {
  const title = paragraphs.findIndex((lines, at) => at > 0 && lines.every((line) => line.indent > 1));
  if (title === -1 || !paragraphs[title]?.some((line) => TITLE.test(line.text))) return null;
  const first = paragraphs.findIndex(
    ([line], at) => at > title && line?.indent === 0 && OPENED.test(line.text),
  );
  if (first <= title + 1 || first > title + 1 + BETWEEN) return null;
  const lines = paragraphs.slice(first).flat();
  const last = lines.findLastIndex((line) => CLOSED.test(line.text));
  if (last === -1) return null;
  const sentence = paragraphs[title + 1] as Paragraph;
  const words = lines.slice(0, last + 1);
  // The moderator's words alone (`"Off topic."`) do not tell that it was a moderator.
  const reason = [...sentence, ...words];
  return { why: 'Mailman tells that a moderator refused the post of that title', sentence, reason };
}

/** Mailman 3 has a sentence in front of its reasons, and one behind them; in 2.1 all of the text is the list's. */
function byRule(message: Message, paragraphs: readonly Paragraph[]): Refusal | null {
  const sentence = paragraphs[0];
  if (sentence === undefined) return null;
  const framed =
    (message.headers.get('x-mailman-version')?.startsWith('3') ?? false) &&
    paragraphs.length > 2 &&
    /[:：]$/.test(sentence.at(-1)?.text ?? '');
  return {
    why: 'Mailman returns a post under its own subject',
    sentence,
    reason: (framed ? paragraphs.slice(1, -1) : paragraphs).flat(),
  };
}

/** A post that had no subject comes back as `(no subject)`, in the list's language. */
const NO_SUBJECT = /^\(.{1,40}\)$/;

function returnsItsSubject(message: Message): boolean {
  const part = findOriginalPart(message);
  if (part === null || !part.isMessage) return false;
  const subject = message.headers.text('subject')?.trim() ?? '';
  const posted = readOriginal(part, message)?.subject?.trim() ?? '';
  return posted === '' ? NO_SUBJECT.test(subject) : isSameSubject(subject, posted);
}

/** Mailman writes `?` for what the charset of the list does not have. */
function isSameSubject(subject: string, posted: string): boolean {
  const given = Array.from(subject.replace(/\s{1,200}/g, ' '));
  const own = Array.from(posted.replace(/\s{1,200}/g, ' '));
  return given.length === own.length && given.every((char, at) => char === own[at] || char === '?');
}

/** `Your request to the garden@lists.example mailing list`: Mailman 3, and 2.1 in some languages. */
function listInText(message: Message): Found | null {
  const named = listInHeader(message)?.value.toLowerCase();
  for (const { text, part, line } of readParagraphs(message)[0] ?? []) {
    const list = addressesIn(text).find((address) => address.toLowerCase() === named);
    if (list !== undefined) return found(list, 'text', part, line, text);
  }
  return null;
}
