import { addressesIn } from '../extract/address-lines.ts';
import { bareAddress } from '../extract/addresses.ts';
import { type Extraction, type Found, found, inferred } from '../extract/draft.ts';
import {
  listInHeader,
  listOfRole,
  type Paragraph,
  readParagraphs,
  type Refusal,
  refusedPost,
  unfolded,
} from '../extract/list-refusal.ts';
import { findOriginalPart } from '../extract/original.ts';
import { readShape } from '../extract/shape.ts';
import { type Message, once } from '../mime/scan.ts';
import type { Claim, Format } from './format.ts';

/**
 * Sympa lists refuse a post, in the language of the list or of its subscriber. A moderator's refusal (`reject.tt2`) is
 * known by its shape; that of an access rule returned the post until 6.2, which writes delivery reports (RFC 3464)
 * instead, and is known by its sentence.
 */
export const sympa = {
  id: 'sympa',
  maxConfidence: 0.92,

  recognise(message: Message): Claim | null {
    const refusal = refusalOf(message);
    return refusal === null ? null : { confidence: 0.92, why: refusal.why };
  },

  extract(message: Message): Extraction {
    const refusal = refusalOf(message);
    return refusedPost(refusal?.list ?? null, refusal, message);
  },
} satisfies Format;

interface Refused extends Refusal {
  readonly list: Found | null;
}

function refusalOf(message: Message): Refused | null {
  return once(message, readRefusal);
}

function readRefusal(message: Message): Refused | null {
  if (!isBySympa(message) || readShape(message).statusPart) return null;
  const paragraphs = readParagraphs(message);
  return byModerator(message, paragraphs) ?? byAccessRule(message, paragraphs);
}

/** `<sympa.1760425964.4711.92@lists.example>` is how Sympa names all that it writes itself. */
function isBySympa({ headers }: Message): boolean {
  if (/^<sympa\.\d/.test(headers.get('message-id') ?? '')) return true;
  return /\bsympa(?:-request)?@/i.test(headers.get('from') ?? '');
}

/**
 *     Your message for list garden@lists.example has been rejected by the moderator (mia@lists.example).
 *
 *     (Subject of your mail: Bulbs)
 *
 * In all its languages the first names the list, which it is from, and the moderator; the second stands in parentheses.
 */
function byModerator(message: Message, [sentence, subject]: readonly Paragraph[]): Refused | null {
  if (sentence === undefined || subject === undefined || !/^[(（].{1,998}[)）]$/s.test(unfolded(subject)))
    return null;
  const owner = listInHeader(message)?.value ?? bareAddress(message.headers.get('from') ?? '');
  // In Chinese no blank parts an address from the words.
  const named = unfolded(sentence);
  const at = owner === null ? -1 : named.toLowerCase().indexOf(owner.toLowerCase());
  if (owner === null || at === -1 || named.indexOf('@') === named.lastIndexOf('@')) return null;
  return {
    why: 'Sympa tells that a moderator refused the post of that subject',
    list: foundIn(sentence, named.slice(at, at + owner.length)),
    sentence,
    reason: sentence,
  };
}

/** `Your message for list 'x' (attached below) was rejected.`, as the translations of Sympa have it. */
const REFUSED = [
  '(attached below) was rejected',
  '(unten angehängt) wurde zurückgewiesen',
  '(ci-joint) a été rejeté',
  '(ci-joint) a été refusé',
  '(adjunto más abajo)',
  "(allegato sotto) e' stato rifiutato",
  '(allegato sotto) è stato rifiutato',
  '(afegit a sota) ha estat rebutjat',
  '(adxunta máis abaixo)',
  '(estacat çaijós)',
  '(прикреплено ниже) было отвергнуто',
  '(下に添付します) を拒否しました',
] as const;

/** The reason stands between the sentence, whose lines end with a colon, and the one that names the list's owners. */
function byAccessRule(message: Message, paragraphs: readonly Paragraph[]): Refused | null {
  if (findOriginalPart(message) === null) return null;
  const at = paragraphs.findIndex((lines) => {
    const text = unfolded(lines).toLowerCase();
    return REFUSED.some((refused) => text.includes(refused));
  });
  const sentence = paragraphs[at];
  if (sentence === undefined) return null;
  const reason = paragraphs[at + 1];
  return {
    why: 'Sympa returns a post that an access rule of the list refused',
    list: namedList(message, paragraphs, sentence),
    sentence,
    reason: reason === undefined || reason.some((line) => line.text.includes('@')) ? sentence : reason,
  };
}

/** The list's name without its domain; both stand where the owners are named: `garden-request@lists.example`. */
function namedList(message: Message, paragraphs: readonly Paragraph[], sentence: Paragraph): Found | null {
  const text = unfolded(sentence).toLowerCase();
  for (const lines of paragraphs) {
    for (const address of addressesIn(unfolded(lines))) {
      const list = listOfRole(address);
      if (list !== null && text.includes(list.slice(0, list.lastIndexOf('@')).toLowerCase()))
        return inferred(list, 'text', foundIn(lines, address).evidence);
    }
  }
  return listInHeader(message);
}

function foundIn(lines: Paragraph, address: string): Found {
  const line = lines.find((l) => l.text.includes(address)) ?? (lines[0] as Paragraph[number]);
  return found(address, 'text', line.part, line.line, line.text);
}
