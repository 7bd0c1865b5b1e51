import { type Message, once } from '../mime/scan.ts';
import { isAddress } from './addresses.ts';
import { type Found, found } from './draft.ts';
import { readNotice } from './notice.ts';

/** What the notice of a certified mail's receipt says, in words that the rules prescribe (RFC 6109). */
export interface PecNotice {
  readonly addresses: readonly Found[];
  /** Why it was not delivered, where it says. */
  readonly reason: Found | null;
}

/** Null where the prescribed words are not there. */
export function readPecNotice(message: Message): PecNotice | null {
  return once(message, findWords);
}

/** Leads in the addresses (group 1), or ends them. */
const FRAME =
  /(destinato\s{1,3}all['’]\s{0,2}utente|indirizzato\s{1,3}a)(?=[\s:"“«])|(?:non\s{1,3})?(?:è|e['’`])\s{1,3}stato\s/gi;

/** In front of the reason. `un problema di sicurezza NAME` is one itself. */
const REASON_LEAD =
  /^(?:è|e['’`])\s{1,3}stato\s{1,3}rilevato\s{1,3}un\s{1,3}(?:errore[\s:]{0,4}|problema\s{1,3}che\s{1,3}ne\s{1,3}impedisce\s{1,3}l['’]accettazione\s{1,3}a\s{1,3}causa\s{1,3}di[\s:]{1,4})?/i;

/** Behind the reason: the next paragraph, or the next of the prescribed sentences. */
const REASON_END =
  /\n\n|\s(?:il\s{1,3})?messaggio\s{1,3}(?:non\s{1,3})?(?:è|e['’`])\s{1,3}stato\s|\sidentificativo\s|\.\s{1,3}(?:si\s{1,3}ritiene|non\s{1,3}escludendo)\s/i;

const WORD = /[^\s"“”«»<>(),;]{3,320}/g;

const LONGEST_REASON = 4000;

/**
 *     nel messaggio "…" proveniente da "…" e destinato all'utente "bob@example.com"
 *     è stato rilevato un errore 5.1.1 - … - indirizzo non valido.
 *
 * A subject can hold the same words: the last of them with an address count.
 */
function findWords(message: Message): PecNotice | null {
  const { lines } = readNotice(message);
  const text = lines.map((l) => l.text).join('\n');
  let lead = -1;
  let frame: { readonly from: number; readonly to: number } | null = null;
  for (const match of text.matchAll(FRAME)) {
    if (match[1] !== undefined) lead = match.index + match[0].length;
    else if (lead !== -1) {
      if (addressesIn(text.slice(lead, match.index)).length > 0) frame = { from: lead, to: match.index };
      lead = -1;
    }
  }
  if (frame === null) return null;

  let line = 0;
  let start = 0;
  /** Places are asked for from front to back. */
  const foundAt = (value: string, from: number, to: number): Found => {
    for (let next = start; line < lines.length; line++) {
      next = start + (lines[line] as (typeof lines)[number]).text.length + 1;
      if (next > from) break;
      start = next;
    }
    const end = text.indexOf('\n', to);
    const said = text.slice(start, end === -1 ? text.length : end).replaceAll('\n', ' ');
    const { part, line: number } = lines[line] as (typeof lines)[number];
    return found(value, 'text', part, number, said);
  };
  const { from, to } = frame;
  const addresses = addressesIn(text.slice(from, to)).map(([address, at]) =>
    foundAt(address, from + at, from + at + address.length),
  );
  const behind = to + (REASON_LEAD.exec(text.slice(to, to + 400))?.[0].length ?? 0);
  const rest = text.slice(behind, behind + LONGEST_REASON);
  const length = REASON_END.exec(rest)?.index ?? rest.length;
  const reason = rest.slice(0, length).replaceAll('\n', ' ').trim().replace(/\.$/, '').trimEnd();
  return { addresses, reason: reason === '' ? null : foundAt(reason, behind, behind + length) };
}

function addressesIn(text: string): [address: string, at: number][] {
  return [...text.matchAll(WORD)].filter(([word]) => isAddress(word)).map((m) => [m[0], m.index]);
}
